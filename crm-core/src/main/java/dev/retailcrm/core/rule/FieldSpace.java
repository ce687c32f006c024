package dev.retailcrm.core.rule;

import com.google.common.collect.ImmutableList;
import dev.retailcrm.core.access.Right;

/** What fields are about, by how their names begin: which right it takes to ask about them, and what tells that they changed. */
enum FieldSpace {
    /** Of the tenant's own. */
    CUSTOM(Right.SEE_PERSONAL_DATA, FactTopic.Kind.FIELD, "custom."),
    /** Of members. */
    MEMBERSHIP(Right.READ_MEMBERSHIP, FactTopic.Kind.MEMBERSHIP, "member."),
    /** Stages that follow from trade and time. */
    LIFECYCLE(Right.READ_LIFECYCLE, FactTopic.Kind.TRADE, "lifecycle."),
    /** Statistics of trade. */
    TRADE(Right.READ_TRADE, FactTopic.Kind.TRADE, "trade."),
    /** What is counted in accounts. */
    ASSETS(Right.READ_ASSETS, FactTopic.Kind.ASSETS, "points.", "growth.", "stored.", "count."),
    /** Levels. */
    TIERS(Right.READ_ASSETS, FactTopic.Kind.TIERS, "tier."),
    /** Whether she is a customer, which everybody sees who asks anything. */
    STATUS(Right.READ_CUSTOMER, FactTopic.Kind.RECORD, "status"),
    /** All others. */
    RECORD(Right.SEE_PERSONAL_DATA, FactTopic.Kind.RECORD);

    private final Right right;
    private final FactTopic.Kind kind;
    private final ImmutableList<String> prefixes;

    FieldSpace(Right right, FactTopic.Kind kind, String... prefixes) {
        this.right = right;
        this.kind = kind;
        this.prefixes = ImmutableList.copyOf(prefixes);
    }

    static FieldSpace of(String field) {
        for (FieldSpace space : values()) {
            for (String prefix : space.prefixes) {
                if (prefix.endsWith(".") ? field.startsWith(prefix) : field.equals(prefix)) {
                    return space;
                }
            }
        }
        return RECORD;
    }

    Right right() {
        return right;
    }

    /** What tells that a field of it changed. */
    FactTopic topic(String field) {
        return new FactTopic(kind, kind == FactTopic.Kind.FIELD ? field : "");
    }

    /** Whether time alone gives its fields other values. */
    boolean isTimed() {
        return this == LIFECYCLE || this == ASSETS || this == TIERS;
    }
}

package dev.retailcrm.core.rule;

import dev.retailcrm.core.access.Right;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What fields are about, by how their names begin: which right it takes to ask about them, and what tells that they changed. */
enum FieldSpace {
    /** Of the tenant's own. */
    CUSTOM(Right.SEE_PERSONAL_DATA, null, "custom."),
    /** Of members. */
    MEMBERSHIP(Right.READ_MEMBERSHIP, FactTopic.MEMBERSHIP, "member."),
    /** Stages that follow from trade and time. */
    LIFECYCLE(Right.READ_LIFECYCLE, FactTopic.TRADE, "lifecycle."),
    /** Statistics of trade. */
    TRADE(Right.READ_TRADE, FactTopic.TRADE, "trade."),
    /** What is counted in accounts. */
    ASSETS(Right.READ_ASSETS, FactTopic.ASSETS, "points.", "growth.", "stored.", "count."),
    /** Levels. */
    TIERS(Right.READ_ASSETS, FactTopic.TIERS, "tier."),
    /** Whether she is a customer, which everybody sees who asks anything. */
    STATUS(Right.READ_CUSTOMER, FactTopic.RECORD, "status"),
    /** All others. */
    RECORD(Right.SEE_PERSONAL_DATA, FactTopic.RECORD);

    private final Right right;
    private final @Nullable FactTopic topic;
    private final List<String> prefixes;

    FieldSpace(Right right, @Nullable FactTopic topic, String... prefixes) {
        this.right = right;
        this.topic = topic;
        this.prefixes = List.of(prefixes);
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
        return topic == null ? new FactTopic(FactTopic.Kind.FIELD, field) : topic;
    }

    /** Whether time alone gives its fields other values. */
    boolean isTimed() {
        return this == LIFECYCLE || this == ASSETS || this == TIERS;
    }
}

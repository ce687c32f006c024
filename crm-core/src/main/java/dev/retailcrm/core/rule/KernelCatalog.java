package dev.retailcrm.core.rule;

import dev.retailcrm.core.field.CatalogField;
import dev.retailcrm.core.field.FieldAccess;
import dev.retailcrm.core.field.FieldCatalog;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.lifecycle.LifecycleStage;
import dev.retailcrm.core.membership.MembershipStatus;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What rules can ask about customers of every tenant: profile, membership, lifecycle, trade. Immutable. */
final class KernelCatalog implements FieldCatalog {
    /** The day of birth in a leap year of long ago: of many the year is not known. */
    static final String BIRTHDAY = "profile.birthday";

    private static final List<CatalogField> MORE = List.of(
            plain(BIRTHDAY, FieldType.DATE),
            choice("member.status", MembershipStatus.values()),
            plain("member.since", FieldType.INSTANT),
            plain("member.joined", FieldType.INSTANT),
            plain("member.store", FieldType.TEXT),
            plain("member.channel", FieldType.TEXT),
            choice("lifecycle.stage", LifecycleStage.values()));

    private final List<CatalogField> fields;

    KernelCatalog(List<CatalogField> custom) {
        this.fields = FieldCatalog.ofCustomers().and(MORE).and(custom).fields();
    }

    @Override
    public List<CatalogField> fields() {
        return fields;
    }

    /** Statistics are there in every currency and not listed. */
    @Override
    public Optional<CatalogField> find(String name) {
        return FieldCatalog.super.find(name).or(() -> TradeField.of(name).map(TradeField.InCurrency::catalogField));
    }

    /** With orders, their lines, and refunds, in the place of types of behaviour with their names. */
    static RuleCatalog withTrade(RuleCatalog catalog) {
        RuleCatalog all = catalog;
        for (TradeEvent event : TradeEvent.values()) {
            all = all.event(event.type(), event.properties());
        }
        return all;
    }

    private static CatalogField plain(String name, FieldType type) {
        return new CatalogField(name, type, false, FieldAccess.ALL, List.of());
    }

    private static CatalogField choice(String name, Enum<?>[] options) {
        return new CatalogField(
                name,
                FieldType.CHOICE,
                false,
                FieldAccess.ALL,
                Arrays.stream(options)
                        .map(it -> it.name().toLowerCase(Locale.ROOT))
                        .toList());
    }
}

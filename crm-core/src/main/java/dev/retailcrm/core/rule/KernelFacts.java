package dev.retailcrm.core.rule;

import dev.retailcrm.core.customer.BirthDate;
import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.customer.Joining;
import dev.retailcrm.core.customer.Profile;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.lifecycle.LifecycleStage;
import dev.retailcrm.core.lifecycle.StageStep;
import dev.retailcrm.core.membership.Member;
import dev.retailcrm.core.spi.StageSnapshot;
import dev.retailcrm.core.trade.TradeTotal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the kernel keeps of a customer, as facts: for stores. Not thread-safe. */
public final class KernelFacts {
    private static final int LEAP_YEAR = 4;

    private final CustomerFacts.Builder facts;

    /** Gathers facts here. */
    public KernelFacts(CustomerFacts.Builder facts) {
        this.facts = facts;
    }

    /** Who she is. */
    public KernelFacts customer(CustomerStatus status, Profile profile, Joining joining) {
        facts.field("status", choice(status));
        facts.field("profile.kind", choice(profile.kind()));
        profile.gender().ifPresent(gender -> facts.field("profile.gender", choice(gender)));
        profile.birthDate().ifPresent(this::birth);
        profile.language().ifPresent(language -> facts.field("profile.language", FieldValue.text(language)));
        profile.timeZone().ifPresent(zone -> facts.field("profile.time_zone", FieldValue.text(zone.getId())));
        facts.field("joining.at", FieldValue.instant(joining.at()));
        joining.joinedAt().ifPresent(store -> facts.field("joining.store", FieldValue.text(store.value())));
        joining.registeredBy().ifPresent(staff -> facts.field("joining.staff", FieldValue.text(staff.value())));
        return this;
    }

    private void birth(BirthDate birth) {
        birth.date().ifPresent(date -> facts.field("profile.birth_date", FieldValue.date(date)));
        facts.field(KernelCatalog.BIRTHDAY, FieldValue.date(birth.day().atYear(LEAP_YEAR)));
    }

    /** What she is as a member. */
    public KernelFacts member(Member member) {
        facts.field("member.status", choice(member.status()));
        facts.field("member.since", FieldValue.instant(member.since()));
        facts.field("member.joined", FieldValue.instant(member.joinedAt()));
        StoreId store = member.store();
        if (store != null) {
            facts.field("member.store", FieldValue.text(store.value()));
        }
        String channel = member.channel();
        if (channel != null) {
            facts.field("member.channel", FieldValue.text(channel));
        }
        return this;
    }

    /** At which stage she is, and will be if nothing happens. */
    public KernelFacts stage(StageSnapshot booked) {
        List<MarkFact> stages = new ArrayList<>();
        Instant from = booked.since();
        LifecycleStage stage = booked.stage();
        for (StageStep step : booked.steps()) {
            stages.add(new MarkFact(from, step.at(), choice(stage)));
            from = step.at();
            stage = step.stage();
        }
        stages.add(new MarkFact(from, null, choice(stage)));
        facts.field("lifecycle.stage", stages);
        return this;
    }

    /**
     * What her trade comes to.
     *
     * @param fields what is required of it
     * @param totals by currency; of others there is nothing
     */
    public KernelFacts totals(Collection<TradeField.InCurrency> fields, List<TradeTotal> totals) {
        for (TradeField.InCurrency field : fields) {
            Optional<TradeTotal> total = totals.stream()
                    .filter(it -> it.currency().equals(field.currency()))
                    .findFirst();
            field.of(total.orElseGet(() -> TradeTotal.none(field.currency())))
                    .ifPresent(value -> facts.field(field.catalogField().name(), value));
        }
        return this;
    }

    private static FieldValue choice(Enum<?> value) {
        return FieldValue.choice(value.name().toLowerCase(Locale.ROOT));
    }
}

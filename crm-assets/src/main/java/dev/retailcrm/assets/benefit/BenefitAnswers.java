package dev.retailcrm.assets.benefit;

import dev.retailcrm.assets.benefit.BenefitSource.Kind;
import dev.retailcrm.assets.benefit.UsePeriod.Span;
import dev.retailcrm.assets.card.Card;
import dev.retailcrm.assets.card.CardProduct;
import dev.retailcrm.assets.redeem.RedeemItem;
import dev.retailcrm.assets.spi.BenefitPorts;
import dev.retailcrm.core.customer.BirthDate;
import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.CustomerSnapshot;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Works out which benefits a customer has, from what is kept, and what keeps her from using them. For one question within a unit of work. */
final class BenefitAnswers {
    private final TenantId tenant;
    private final BenefitPorts ports;
    private final CustomerSnapshot customer;
    private final ZoneId zone;
    private final Map<String, String> levels;
    private final List<BenefitGrant> grants;
    private final List<Card> cards;
    private final Map<String, CardProduct> products;
    private final Instant at;

    private BenefitAnswers(
            TenantId tenant,
            BenefitPorts ports,
            CustomerSnapshot customer,
            ZoneId zone,
            Map<String, String> levels,
            List<BenefitGrant> grants,
            List<Card> cards,
            Map<String, CardProduct> products,
            Instant at) {
        this.tenant = tenant;
        this.ports = ports;
        this.customer = customer;
        this.zone = customer.profile().timeZone().orElse(zone);
        this.levels = levels;
        this.grants = grants;
        this.cards = cards;
        this.products = products;
        this.at = at;
    }

    /** What is asked for: where she is at an instant. */
    interface Levels {
        Map<String, String> of(CustomerId customer, Collection<String> programs, Instant at);
    }

    /** For a customer, or the one she was merged into; empty if there is none, or she was erased. */
    static Optional<BenefitAnswers> about(
            TenantId tenant,
            BenefitPorts ports,
            CustomerId customer,
            ZoneId zone,
            Collection<Benefit> benefits,
            Map<String, CardProduct> products,
            Levels tiers,
            Instant at) {
        Optional<CustomerSnapshot> found = known(tenant, ports, customer);
        if (found.isEmpty() || found.get().status() == CustomerStatus.ERASED) {
            return Optional.empty();
        }
        CustomerId id = found.get().id();
        Set<String> programs = new TreeSet<>();
        benefits.forEach(it -> it.tiers().forEach(claim -> programs.add(claim.program())));
        return Optional.of(new BenefitAnswers(
                tenant,
                ports,
                found.get(),
                zone,
                programs.isEmpty() ? Map.of() : tiers.of(id, programs, at),
                ports.store().list(tenant, id, BenefitGrant.class, null, BenefitBooks.MAX_HOLDINGS),
                ports.store().list(tenant, id, Card.class, null, BenefitBooks.MAX_HOLDINGS),
                products,
                at));
    }

    private static Optional<CustomerSnapshot> known(TenantId tenant, BenefitPorts ports, CustomerId customer) {
        Optional<CustomerSnapshot> found = ports.customers().find(tenant, customer);
        CustomerId survivor = found.map(CustomerSnapshot::mergedInto).orElse(null);
        return survivor == null ? found : known(tenant, ports, survivor);
    }

    /** A benefit of hers; empty if she does not have it. */
    Optional<CustomerBenefit> of(Benefit benefit, @Nullable StoreId store) {
        List<BenefitSource> sources = sources(benefit);
        if (benefit.retired() || sources.isEmpty()) {
            return Optional.empty();
        }
        Set<BenefitBlock> blocks = EnumSet.noneOf(BenefitBlock.class);
        LocalDate today = at.atZone(zone).toLocalDate();
        addDays(benefit, today, blocks);
        if (!benefit.stores().isEmpty() && (store == null || !benefit.stores().contains(store))) {
            blocks.add(BenefitBlock.OTHER_STORE);
        }
        Span period = period(benefit, blocks);
        Long left = null;
        UseLimit limit = benefit.limit();
        if (limit != null && period != null) {
            long used = ports.store().used(tenant, customer.id(), RedeemItem.benefit(benefit.key()), period);
            left = Math.max(0, limit.times() - used);
            if (left == 0) {
                blocks.add(BenefitBlock.USED_UP);
            }
        }
        return Optional.of(new CustomerBenefit(benefit, sources, new TreeSet<>(blocks), left, period));
    }

    private static void addDays(Benefit benefit, LocalDate today, Set<BenefitBlock> blocks) {
        LocalDate first = benefit.firstDay();
        LocalDate last = benefit.lastDay();
        if (first != null && today.isBefore(first)) {
            blocks.add(BenefitBlock.NOT_YET);
        }
        if (last != null && today.isAfter(last)) {
            blocks.add(BenefitBlock.OVER);
        }
        if (benefit.blockedDays().contains(today) || benefit.blockedWeekdays().contains(today.getDayOfWeek())) {
            blocks.add(BenefitBlock.BLOCKED_DAY);
        }
    }

    private @Nullable Span period(Benefit benefit, Set<BenefitBlock> blocks) {
        BirthdayWindow window = benefit.birthday();
        UseLimit limit = benefit.limit();
        if (window == null) {
            return limit == null ? null : limit.period().around(at, zone);
        }
        Optional<BirthDate> born = customer.profile().birthDate();
        Optional<Span> around = born.flatMap(it -> window.around(it, at, zone));
        if (around.isEmpty()) {
            blocks.add(born.isEmpty() ? BenefitBlock.NO_BIRTH_DATE : BenefitBlock.NO_BIRTHDAY);
        }
        return around.orElse(null);
    }

    private List<BenefitSource> sources(Benefit benefit) {
        List<BenefitSource> sources = new ArrayList<>();
        if (benefit.everybody()) {
            sources.add(new BenefitSource(Kind.EVERYBODY, null, null, null));
        }
        for (TierClaim claim : benefit.tiers()) {
            String level = levels.get(claim.program());
            if (level != null && claim.levels().contains(level)) {
                sources.add(new BenefitSource(Kind.TIER, claim.program() + ":" + level, null, null));
            }
        }
        for (Card card : cards) {
            CardProduct product = products.get(card.product());
            if (product != null && product.benefits().contains(benefit.key()) && card.isGoodAt(at)) {
                sources.add(new BenefitSource(Kind.CARD, card.product(), card.id(), card.until()));
            }
        }
        for (BenefitGrant grant : grants) {
            if (grant.benefit().equals(benefit.key()) && grant.isGoodAt(at)) {
                Kind kind = grant.origin() == BenefitOrigin.CAMPAIGN ? Kind.CAMPAIGN : Kind.HAND;
                sources.add(new BenefitSource(kind, grant.reference(), grant.id(), grant.until()));
            }
        }
        return sources;
    }
}

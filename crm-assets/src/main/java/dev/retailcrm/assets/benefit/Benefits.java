package dev.retailcrm.assets.benefit;

import dev.retailcrm.assets.card.CardProduct;
import dev.retailcrm.assets.definition.BenefitDefinitions;
import dev.retailcrm.assets.definition.Definitions;
import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.spi.BenefitPorts;
import dev.retailcrm.assets.tier.Tiers;
import dev.retailcrm.core.access.Access;
import dev.retailcrm.core.access.Right;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.kernel.TenantId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The benefits of one tenant's customers. A customer has a benefit because everybody does, or by her level, by a card, or because it was granted to her;
 * what follows from level and card is worked out when it is asked for. What has a limit is used by {@link dev.retailcrm.assets.redeem.Redemptions}.
 * Commands join the host's transaction if there is one, are booked once per request key, and commands of one customer wait for one another. The old id
 * of a customer who was merged stands for the one she was merged into. Thread-safe.
 *
 * <p>A question takes one round trip each for benefits, products, customer, grants and cards, those of {@link Tiers#levels}, and one for each limited
 * benefit that she has; a command up to nine without those that open and commit a transaction.
 */
public final class Benefits {
    private final TenantId tenant;
    private final BenefitPorts ports;
    private final BenefitSettings settings;
    private final Tiers tiers;
    private final BenefitBooks books;
    private final Definitions<Benefit> benefits;
    private final Definitions<CardProduct> products;
    private final Access access;

    /**
     * The benefits of a tenant.
     *
     * @param tiers without restrictions: whoever may ask for benefits is told of levels by them
     */
    public Benefits(TenantId tenant, BenefitPorts ports, BenefitSettings settings, Tiers tiers) {
        this(tenant, ports, settings, Check.present(tiers, "tiers"), Access.unrestricted());
    }

    private Benefits(TenantId tenant, BenefitPorts ports, BenefitSettings settings, Tiers tiers, Access access) {
        this.tenant = Check.present(tenant, "tenant");
        this.ports = Check.present(ports, "ports");
        this.settings = Check.present(settings, "settings");
        this.tiers = tiers;
        this.books = new BenefitBooks(tenant, ports, settings);
        this.benefits = BenefitDefinitions.benefits(tenant, ports);
        this.products = BenefitDefinitions.products(tenant, ports);
        this.access = access;
    }

    /** The same benefits, as far as this access permits. */
    public Benefits guardedBy(Access granted) {
        return new Benefits(tenant, ports, settings, tiers, Check.present(granted, "access"));
    }

    /**
     * Makes a benefit, or changes one: with version 0 there must be none of its key, else that version must be the latest. A change is one for everybody
     * who has it.
     *
     * @return it, at the next version
     * @throws CrmException {@link CoreError#VERSION_CONFLICT}; {@link AssetError#TOO_MANY_DEFINITIONS}; {@link CoreError#REQUEST_KEY_REUSED}
     */
    public Benefit define(Benefit benefit, RequestKey key) {
        access.require(Right.DEFINE);
        Check.present(benefit, "benefit");
        return benefits.define(benefit, Check.present(key, "request key"), it -> {});
    }

    /**
     * Takes a benefit out of use: nobody has it any more.
     *
     * @throws CrmException {@link AssetError#UNKNOWN_DEFINITION}; {@link CoreError#REQUEST_KEY_REUSED}
     */
    public Benefit retire(String benefit, RequestKey key) {
        access.require(Right.DEFINE);
        Check.code(benefit, Benefit.MAX_KEY, "key of the benefit");
        return benefits.retire(benefit, key);
    }

    /** A benefit, retired or not; empty if there is none. One round trip. */
    public Optional<Benefit> find(String benefit) {
        access.require(Right.READ_DEFINITIONS);
        Check.code(benefit, Benefit.MAX_KEY, "key of the benefit");
        return Optional.ofNullable(benefits.all().get(benefit));
    }

    /** All benefits by key, retired ones among them. One round trip. */
    public SortedMap<String, Benefit> all() {
        access.require(Right.READ_DEFINITIONS);
        return benefits.all();
    }

    /**
     * Gives a customer a benefit.
     *
     * @param posting with the campaign as reference, if one decided it
     * @return the grant; if it is repeated, as it is by now
     * @throws CrmException {@link AssetError#UNKNOWN_DEFINITION} if the benefit is not in use; {@link AssetError#INVALID_TERM} if the grant would have
     *     ended already; {@link AssetError#TOO_MANY_HOLDINGS}; {@link CoreError#UNKNOWN_CUSTOMER}; {@link CoreError#CUSTOMER_ERASED};
     *     {@link CoreError#REQUEST_KEY_REUSED}
     */
    public BenefitGrant grant(CustomerId customer, GrantOrder order, Posting posting) {
        access.require(Right.BOOK_ASSETS, Check.present(customer, "customer"));
        Check.present(order, "order");
        var content = Fingerprint.of("benefit.grant")
                .and(order.benefit())
                .and(order.origin().name())
                .and(order.from())
                .and(order.until());
        return books.run(customer, posting, content, BenefitGrant.class, draft -> {
            requireInUse(order.benefit());
            Instant from = order.from() == null ? draft.at() : order.from();
            if (order.until() != null && !order.until().isAfter(draft.now())) {
                throw AssetError.INVALID_TERM.because("the grant would have ended already");
            }
            if (order.until() != null && !from.isBefore(order.until())) {
                throw AssetError.INVALID_TERM.because("a grant must end after it begins");
            }
            books.requireRoom(draft.customer(), BenefitGrant.class);
            BenefitGrant grant = new BenefitGrant(
                    draft.newId(),
                    draft.customer(),
                    draft.customer(),
                    order.benefit(),
                    order.origin(),
                    from,
                    order.until(),
                    draft.now(),
                    null,
                    draft.posting().reference());
            return draft.add(grant, BenefitAct.GRANTED, item(order.benefit()), 0, null);
        });
    }

    private Benefit requireInUse(String key) {
        Benefit benefit = benefits.require(key);
        if (benefit.retired()) {
            throw AssetError.UNKNOWN_DEFINITION.with(Map.of("key", key), "the benefit %s is not in use", key);
        }
        return benefit;
    }

    private static String item(String benefit) {
        return "BENEFIT:" + benefit;
    }

    /**
     * Takes a grant away, from now on; nothing is done to what was used of it. One that was taken away before stays so.
     *
     * @throws CrmException {@link AssetError#UNKNOWN_GRANT}; {@link CoreError#UNKNOWN_CUSTOMER}; {@link CoreError#CUSTOMER_ERASED};
     *     {@link CoreError#REQUEST_KEY_REUSED}
     */
    public BenefitGrant revoke(CustomerId customer, BenefitId grant, Posting posting) {
        access.require(Right.BOOK_ASSETS, Check.present(customer, "customer"));
        Check.present(grant, "grant");
        var content = Fingerprint.of("benefit.revoke").and(grant.value());
        return books.run(customer, posting, content, BenefitGrant.class, draft -> {
            BenefitGrant found = ports.store()
                    .find(tenant, draft.customer(), BenefitGrant.class, grant)
                    .orElseThrow(() -> AssetError.UNKNOWN_GRANT.with(
                            Map.of("grant", grant.toString()), "the customer has no grant %s", grant));
            BenefitGrant ended = found.revokedAt() == null ? found.revoked(draft.now()) : found;
            return draft.change(ended, BenefitAct.REVOKED, item(found.benefit()), 0, null);
        });
    }

    /** What was granted to a customer, taken away or not, by id. Two round trips. */
    public Page<BenefitGrant> grants(CustomerId customer, PageRequest page) {
        access.require(Right.READ_ASSETS, Check.present(customer, "customer"));
        long after = Check.present(page, "page").afterNumber(0);
        return Page.of(
                ports.ledger()
                        .unitOfWork()
                        .read(() -> ports.store()
                                .list(
                                        tenant,
                                        books.survivor(customer),
                                        BenefitGrant.class,
                                        after <= 0 ? null : BenefitId.of(after),
                                        page.size() + 1)),
                page.size(),
                last -> Long.toString(last.id().value()));
    }

    /**
     * The benefits a customer has now, by key, each with why she has it and what keeps her from using it in a store; none of who is no customer.
     *
     * @param store where she is; {@code null} if nowhere: then what is good in some stores only is blocked
     */
    public List<CustomerBenefit> of(CustomerId customer, @Nullable StoreId store) {
        return of(customer, store, books.clock().now());
    }

    /**
     * The same at an instant, by what is known now: levels, grants and cards as they were or will be then, limits by what was used in the period of it.
     *
     * @param at from 1970 to 9999
     */
    public List<CustomerBenefit> of(CustomerId customer, @Nullable StoreId store, Instant at) {
        access.require(Right.READ_ASSETS, Check.present(customer, "customer"));
        return answers(customer, store, at, benefits.all().values());
    }

    /** Those of {@link #of} that she can use: for checkouts, which read what each is worth. */
    public List<CustomerBenefit> usable(CustomerId customer, @Nullable StoreId store, Instant at) {
        return of(customer, store, at).stream()
                .filter(CustomerBenefit::isUsable)
                .toList();
    }

    /**
     * One benefit as {@link #of} tells; empty if she does not have it.
     *
     * @throws CrmException {@link AssetError#UNKNOWN_DEFINITION} if there is no such benefit
     */
    public Optional<CustomerBenefit> ask(CustomerId customer, String benefit, @Nullable StoreId store, Instant at) {
        access.require(Right.READ_ASSETS, Check.present(customer, "customer"));
        Check.code(benefit, Benefit.MAX_KEY, "key of the benefit");
        return answers(customer, store, at, List.of(benefits.require(benefit))).stream()
                .findFirst();
    }

    private List<CustomerBenefit> answers(
            CustomerId customer, @Nullable StoreId store, Instant at, Collection<Benefit> asked) {
        Instants.requireStorable(Check.present(at, "instant"));
        Instant when = at.truncatedTo(ChronoUnit.MILLIS);
        return ports.ledger().unitOfWork().read(() -> {
            List<CustomerBenefit> hers = new ArrayList<>();
            BenefitAnswers.about(tenant, ports, customer, settings.zone(), asked, products.all(), tiers::levels, when)
                    .ifPresent(
                            answers -> asked.forEach(it -> answers.of(it, store).ifPresent(hers::add)));
            return hers;
        });
    }

    /** What became of a customer's grants, cards and redemptions, in the order of booking. One round trip. */
    public Page<BenefitEntry> history(CustomerId customer, PageRequest page) {
        access.require(Right.READ_ASSETS, Check.present(customer, "customer"));
        long after = Check.present(page, "page").afterNumber(0);
        return Page.of(
                ports.ledger().unitOfWork().read(() -> ports.store().entries(tenant, customer, after, page.size() + 1)),
                page.size(),
                last -> Long.toString(last.seq()));
    }
}

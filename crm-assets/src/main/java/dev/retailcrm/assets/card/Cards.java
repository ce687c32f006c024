package dev.retailcrm.assets.card;

import dev.retailcrm.assets.benefit.Benefit;
import dev.retailcrm.assets.benefit.BenefitAct;
import dev.retailcrm.assets.benefit.BenefitBooks;
import dev.retailcrm.assets.benefit.BenefitDraft;
import dev.retailcrm.assets.benefit.BenefitId;
import dev.retailcrm.assets.benefit.BenefitSettings;
import dev.retailcrm.assets.definition.BenefitDefinitions;
import dev.retailcrm.assets.definition.Definitions;
import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.ledger.EntryType;
import dev.retailcrm.assets.ledger.Expiry;
import dev.retailcrm.assets.ledger.Grant;
import dev.retailcrm.assets.ledger.Ledger;
import dev.retailcrm.assets.ledger.Lot;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.ledger.Terms;
import dev.retailcrm.assets.spi.BenefitPorts;
import dev.retailcrm.core.access.Access;
import dev.retailcrm.core.access.Right;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * The cards of one tenant's customers. A card is sold by the host: what it was sold for is recorded, and what is to be paid back is told; no payment is
 * made. Uses of count cards are on the ledger, as {@link Asset#count} of the product, those that end first are used first, and they are used by
 * {@link dev.retailcrm.assets.redeem.Redemptions}. Commands join the host's transaction if there is one, are booked once per request key, and commands of
 * one customer wait for one another. The old id of a customer who was merged stands for the one she was merged into. Thread-safe.
 *
 * <p>To issue a count card takes 12 round trips on PostgreSQL and 16 elsewhere, without those that open and commit a transaction; another card takes
 * nine.
 */
public final class Cards {
    private static final Comparator<Card> BY_AGE =
            Comparator.comparing(Card::issuedAt).thenComparing(Card::id);

    private final TenantId tenant;
    private final BenefitPorts ports;
    private final BenefitSettings settings;
    private final BenefitBooks books;
    private final Definitions<CardProduct> products;
    private final Definitions<Benefit> benefits;
    private final Access access;

    /** The cards of a tenant. */
    public Cards(TenantId tenant, BenefitPorts ports, BenefitSettings settings) {
        this(tenant, ports, settings, Access.unrestricted());
    }

    private Cards(TenantId tenant, BenefitPorts ports, BenefitSettings settings, Access access) {
        this.tenant = Check.present(tenant, "tenant");
        this.ports = Check.present(ports, "ports");
        this.settings = Check.present(settings, "settings");
        this.books = new BenefitBooks(tenant, ports, settings);
        this.products = BenefitDefinitions.products(tenant, ports);
        this.benefits = BenefitDefinitions.benefits(tenant, ports);
        this.access = access;
    }

    /** The same cards, as far as this access permits. */
    public Cards guardedBy(Access granted) {
        return new Cards(tenant, ports, settings, Check.present(granted, "access"));
    }

    /**
     * Makes a product, or changes one: with version 0 there must be none of its key, else that version must be the latest. Which benefits it gives changes
     * for cards that were issued too; all else for cards that are issued then.
     *
     * @return it, at the next version
     * @throws CrmException {@link CoreError#VERSION_CONFLICT}; {@link AssetError#UNKNOWN_DEFINITION} if it gives a benefit that is none;
     *     {@link AssetError#TOO_MANY_DEFINITIONS}; {@link CoreError#REQUEST_KEY_REUSED}
     */
    public CardProduct define(CardProduct product, RequestKey key) {
        access.require(Right.DEFINE);
        Check.present(product, "product");
        return products.define(
                product, Check.present(key, "request key"), it -> it.benefits().forEach(benefits::require));
    }

    /**
     * Issues no more cards of a product; those that were issued stay good.
     *
     * @throws CrmException {@link AssetError#UNKNOWN_DEFINITION}; {@link CoreError#REQUEST_KEY_REUSED}
     */
    public CardProduct retire(String product, RequestKey key) {
        access.require(Right.DEFINE);
        Check.code(product, 20, "key of the product");
        return products.retire(product, key);
    }

    /** A product, retired or not; empty if there is none. One round trip. */
    public Optional<CardProduct> product(String product) {
        access.require(Right.READ_DEFINITIONS);
        Check.code(product, 20, "key of the product");
        return Optional.ofNullable(products.all().get(product));
    }

    /** All products by key, retired ones among them. One round trip. */
    public SortedMap<String, CardProduct> products() {
        access.require(Right.READ_DEFINITIONS);
        return products.all();
    }

    /**
     * Issues a card that begins when the posting says.
     *
     * @return the card; if it is repeated, as it is by now
     * @throws CrmException {@link AssetError#UNKNOWN_DEFINITION} if the product is not in use; {@link CoreError#INVALID_VALUE} if a card that is given has a
     *     price; {@link AssetError#WRONG_CURRENCY} if it was sold in another currency than the product's; {@link AssetError#LIMIT_EXCEEDED} if she may
     *     get no more; {@link AssetError#CARD_STATE} if it would have ended already; {@link AssetError#TOO_MANY_HOLDINGS};
     *     {@link CoreError#UNKNOWN_CUSTOMER}; {@link CoreError#CUSTOMER_ERASED}; {@link CoreError#REQUEST_KEY_REUSED}
     */
    public Card issue(CustomerId customer, CardIssue issue, Posting posting) {
        access.require(Right.BOOK_ASSETS, Check.present(customer, "customer"));
        Check.present(issue, "issue");
        var content = content("card.issue", issue);
        return books.run(
                customer,
                posting,
                content,
                Card.class,
                draft -> issued(draft, issue, draft.at(), null, BenefitAct.ISSUED));
    }

    /**
     * Issues a card that goes on where another of the same product ends; from now on if that has ended or has no uses left.
     *
     * @param card the card that is renewed: not one that was given back, or is renewed already
     * @param issue of the same product
     * @return the new card; if it is repeated, as it is by now
     * @throws CrmException as {@link #issue}; {@link AssetError#UNKNOWN_CARD}; {@link AssetError#CARD_STATE} if it cannot be renewed, or has no end
     */
    public Card renew(CustomerId customer, BenefitId card, CardIssue issue, Posting posting) {
        access.require(Right.BOOK_ASSETS, Check.present(customer, "customer"));
        Check.present(card, "card");
        Check.present(issue, "issue");
        var content = content("card.renew", issue).and(card.value());
        return books.run(customer, posting, content, Card.class, draft -> {
            Card before = require(draft.customer(), card);
            boolean renewed = books.holdings(draft.customer(), Card.class).stream()
                    .anyMatch(it -> card.equals(it.renews()) && it.refundedAt() == null);
            if (!before.product().equals(issue.product())) {
                throw CoreError.INVALID_VALUE.because("a card is renewed by one of the same product");
            }
            if (renewed || before.refundedAt() != null) {
                throw state(before, renewed ? "RENEWED" : CardState.REFUNDED.name());
            }
            boolean usedUp = before.uses() > 0 && left(before, draft.now()) == 0;
            Instant end = before.until();
            if (end == null && !usedUp) {
                throw state(before, "WITHOUT_END");
            }
            Instant start = end != null && !usedUp && end.isAfter(draft.at()) ? end : draft.at();
            return issued(draft, issue, start, card, BenefitAct.RENEWED);
        });
    }

    private static Fingerprint content(String command, CardIssue issue) {
        Money price = issue.price();
        return Fingerprint.of(command).and(issue.product()).and(price == null ? null : price.toString());
    }

    private Card issued(BenefitDraft draft, CardIssue issue, Instant from, @Nullable BenefitId renews, BenefitAct act) {
        CardProduct product = products.require(issue.product());
        if (product.retired()) {
            throw AssetError.UNKNOWN_DEFINITION.with(
                    Map.of("key", product.key()), "the product %s is not in use", product.key());
        }
        Money price = price(product, issue);
        List<Card> hers = books.requireRoom(draft.customer(), Card.class);
        long had = hers.stream()
                .filter(it -> it.product().equals(product.key()) && it.refundedAt() == null)
                .count();
        if (product.perCustomer() > 0 && had >= product.perCustomer()) {
            throw AssetError.LIMIT_EXCEEDED.with(
                    Map.of("item", "CARD:" + product.key(), "requested", 1L, "available", 0L, "missing", 1L),
                    "a customer gets at most %d cards of %s",
                    product.perCustomer(),
                    product.key());
        }
        Instant until = product.expiry().endFor(from, settings.zone());
        Card card = new Card(
                draft.newId(),
                draft.customer(),
                draft.customer(),
                product.key(),
                product.version(),
                product.sale(),
                price,
                product.uses(),
                from,
                until,
                draft.now(),
                renews,
                null,
                null);
        if (card.stateAt(draft.now()) == CardState.EXPIRED) {
            throw state(card, CardState.EXPIRED.name());
        }
        if (product.uses() > 0) {
            Grant grant = new Grant(
                    product.uses(), 0, until == null ? Expiry.never() : Expiry.until(until), null, from, price);
            EntryType type = price == null ? EntryType.EARN : EntryType.TOP_UP;
            Posting posting = under(draft, card.grantKey());
            ledger(card).rehearsal().grant(draft.customer(), type, grant, posting);
            draft.then(() -> ledger(card).grant(draft.customer(), type, grant, posting));
        }
        return draft.add(card, act, "CARD:" + product.key(), product.uses(), null);
    }

    private static @Nullable Money price(CardProduct product, CardIssue issue) {
        Money own = product.price();
        Money sold = issue.price();
        if (sold == null) {
            return own;
        }
        if (own == null) {
            throw CoreError.INVALID_VALUE.because("a card that is given has no price");
        }
        if (!own.getCurrencyUnit().equals(sold.getCurrencyUnit())) {
            throw AssetError.WRONG_CURRENCY.because("the product is sold in %s", own.getCurrencyUnit());
        }
        return sold;
    }

    /** The same posting under a key of the library's own. */
    private static Posting under(BenefitDraft draft, RequestKey key) {
        Posting posting = draft.posting();
        return new Posting(key, draft.at(), posting.store(), posting.staff(), posting.reference());
    }

    private Ledger ledger(Card card) {
        return new Ledger(tenant, Asset.count(card.product()), Terms.in(settings.zone()), ports.ledger());
    }

    /**
     * Takes a card back. What is to be paid back is told by {@link Card#refund()}: its price without the used part, which is {@code price × used / uses},
     * or of a card without uses {@code price × days / all days} with every day that has begun, rounded half up to the smallest unit. Nothing of a card
     * without uses or end that has begun.
     *
     * @return the card; if it is repeated, as it is by now
     * @throws CrmException {@link AssetError#UNKNOWN_CARD}; {@link AssetError#CARD_STATE} if it has ended, or was given back;
     *     {@link CoreError#UNKNOWN_CUSTOMER}; {@link CoreError#CUSTOMER_ERASED}; {@link CoreError#REQUEST_KEY_REUSED}
     */
    public Card refund(CustomerId customer, BenefitId card, Posting posting) {
        access.require(Right.BOOK_ASSETS, Check.present(customer, "customer"));
        Check.present(card, "card");
        var content = Fingerprint.of("card.refund").and(card.value());
        return books.run(customer, posting, content, Card.class, draft -> {
            Card found = require(draft.customer(), card);
            CardState state = found.stateAt(draft.now());
            if (state == CardState.REFUNDED || state == CardState.EXPIRED) {
                throw state(found, state.name());
            }
            if (found.uses() > 0) {
                ledger(found).lockWallet(draft.customer());
            }
            long left = left(found, draft.now());
            Card refunded = found.refunded(draft.now(), refund(found, left, draft.now()));
            if (left > 0) {
                Posting back = under(draft, found.refundKey());
                ledger(found).rehearsal().takeBack(draft.customer(), found.grantKey(), left, back);
                draft.then(() -> ledger(found).takeBack(draft.customer(), found.grantKey(), left, back));
            }
            return draft.change(refunded, BenefitAct.REFUNDED, "CARD:" + found.product(), left, null);
        });
    }

    private @Nullable Money refund(Card card, long left, Instant at) {
        Money price = card.price();
        return price == null
                ? null
                : UsedShare.of(card, left, at, settings.zone()).rest(price);
    }

    /**
     * What is left of a card: lots that end with it are those of all cards of its product that do, of which the ones issued first are used first. So it
     * stays right whatever became of the lots when customers were merged and taken apart.
     */
    private long left(Card card, Instant at) {
        if (card.uses() == 0 || card.refundedAt() != null) {
            return 0;
        }
        long all = 0;
        for (Lot lot : ledger(card).reads().lots(card.customer())) {
            if (Objects.equals(lot.expiresAt(), card.until()) && !lot.isExpired(at)) {
                all += lot.remaining();
            }
        }
        for (Card other : books.holdings(card.customer(), Card.class)) {
            boolean same = other.product().equals(card.product()) && Objects.equals(other.until(), card.until());
            if (same && other.refundedAt() == null && BY_AGE.compare(other, card) > 0) {
                all -= other.uses();
            }
        }
        return Math.max(0, Math.min(all, card.uses()));
    }

    private Card require(CustomerId customer, BenefitId card) {
        return ports.store()
                .find(tenant, customer, Card.class, card)
                .orElseThrow(() -> AssetError.UNKNOWN_CARD.with(
                        Map.of("card", card.toString()), "the customer has no card %s", card));
    }

    private static CrmException state(Card card, String state) {
        return AssetError.CARD_STATE.with(
                Map.of("card", card.id().toString(), "state", state), "card %s is %s", card.id(), state);
    }

    /**
     * A card of a customer as it is now; empty if she has no such card. Three round trips, and one for one with uses.
     */
    public Optional<CardStanding> find(CustomerId customer, BenefitId card) {
        access.require(Right.READ_ASSETS, Check.present(customer, "customer"));
        Check.present(card, "card");
        Instant now = books.clock().now();
        return ports.ledger()
                .unitOfWork()
                .read(() -> ports.store()
                        .find(tenant, books.survivor(customer), Card.class, card)
                        .map(found -> {
                            long left = left(found, now);
                            return new CardStanding(
                                    found,
                                    found.stateAt(now),
                                    left,
                                    found.refundedAt() == null ? refund(found, left, now) : found.refund());
                        }));
    }

    /** The cards of a customer, whatever became of them, by id. Two round trips. */
    public Page<Card> of(CustomerId customer, PageRequest page) {
        access.require(Right.READ_ASSETS, Check.present(customer, "customer"));
        long after = Check.present(page, "page").afterNumber(0);
        return Page.of(
                ports.ledger()
                        .unitOfWork()
                        .read(() -> ports.store()
                                .list(
                                        tenant,
                                        books.survivor(customer),
                                        Card.class,
                                        after <= 0 ? null : BenefitId.of(after),
                                        page.size() + 1)),
                page.size(),
                last -> Long.toString(last.id().value()));
    }

    /** How many uses a customer has left on all cards of a product. Round trips as of {@link dev.retailcrm.assets.ledger.LedgerReads#balance}. */
    public long usesLeft(CustomerId customer, String product) {
        access.require(Right.READ_ASSETS, Check.present(customer, "customer"));
        return new Ledger(tenant, Asset.count(product), Terms.in(settings.zone()), ports.ledger())
                .reads()
                .balance(customer, null)
                .available();
    }
}

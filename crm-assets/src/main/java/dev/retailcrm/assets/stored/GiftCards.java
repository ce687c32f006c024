package dev.retailcrm.assets.stored;

import dev.retailcrm.assets.code.CodeHashes;
import dev.retailcrm.assets.code.Guesses;
import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.ledger.Booking;
import dev.retailcrm.assets.ledger.Entry;
import dev.retailcrm.assets.ledger.EntryType;
import dev.retailcrm.assets.ledger.Ledger;
import dev.retailcrm.assets.ledger.OpenWallet;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.ledger.Proviso;
import dev.retailcrm.assets.ledger.SweepProgress;
import dev.retailcrm.assets.ledger.Terms;
import dev.retailcrm.assets.spi.AccountOwners;
import dev.retailcrm.assets.spi.GiftCardChange;
import dev.retailcrm.assets.spi.GiftCardSnapshot;
import dev.retailcrm.assets.spi.GiftCardStore;
import dev.retailcrm.assets.spi.GuessThrottle;
import dev.retailcrm.assets.spi.LedgerPorts;
import dev.retailcrm.core.access.Access;
import dev.retailcrm.core.access.Right;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.CustomerIds;
import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * The gift cards of one tenant in one currency. A card is its own holder: its value is an account of the ledger that the card's id owns,
 * so all laws of the ledger hold for it. What changes a card's state names it by its id, which {@link #find(PresentedCard)} gives; what
 * uses its value is done by whoever presents its code. Thread-safe.
 *
 * <p>Every command is repeatable: the same key and content again books nothing and gets the same answer, where that is a
 * {@link GiftCard} as it is by then. Commands and redemptions of one card wait for one another. They join the host's transaction if
 * there is one.
 *
 * <p>Whatever takes a {@link PresentedCard} costs one round trip for its code, and refuses it as {@link AssetError#UNKNOWN_GIFT_CARD},
 * {@link AssetError#WRONG_CURRENCY}, or {@link AssetError#TOO_MANY_GUESSES} after too many wrong ones of its origin. Any command may be
 * refused as {@link CoreError#REQUEST_KEY_REUSED} or {@link CoreError#INSTANT_OUT_OF_RANGE}, and throws what the unit of work throws.
 */
public final class GiftCards {
    private final TenantId tenant;
    private final Currency currency;
    private final GiftCardStore store;
    private final LedgerPorts ports;
    private final LedgerPorts observed;
    private final Ledger ledger;
    private final StoredValue accounts;
    private final AccountOwners customers;
    private final Instants clock;
    private final CodeLookup codes;
    private final GiftCardIssuing issuing;
    private final Access access;

    private GiftCards(Builder settings, GiftCardStore store, LedgerPorts ports, StoredValue accounts) {
        this.tenant = settings.tenant;
        this.currency = new Currency(settings.currency);
        this.store = store;
        this.customers = ports.owners();
        this.observed = ports;
        this.ports = new LedgerPorts(
                ports.unitOfWork(), ports.requests(), ports.store(), ports.history(), store, ports.clock());
        this.ledger = new Ledger(tenant, Asset.giftCard(settings.currency), settings.terms, this.ports);
        this.accounts = accounts;
        this.clock = new Instants(ports.clock());
        CustomerIds ids = settings.ids == null ? CustomerIds.on(ports.clock()) : settings.ids;
        this.codes = new CodeLookup(
                tenant, store, ports.unitOfWork(), settings.hashes, new Guesses(tenant, settings.throttle, clock));
        this.issuing =
                new GiftCardIssuing(tenant, ledger, store, ports.requests(), ids, settings.hashes, settings.random);
        this.access = Access.unrestricted();
    }

    private GiftCards(GiftCards same, Access access) {
        this.tenant = same.tenant;
        this.currency = same.currency;
        this.store = same.store;
        this.customers = same.customers;
        this.ports = same.ports;
        this.observed = same.observed;
        this.ledger = same.ledger;
        this.accounts = same.accounts;
        this.clock = same.clock;
        this.codes = same.codes;
        this.issuing = same.issuing;
        this.access = access;
    }

    /** The same gift cards, as far as this access permits. */
    public GiftCards guardedBy(Access granted) {
        return new GiftCards(this, Check.present(granted, "access"));
    }

    /**
     * Starts the gift cards of a tenant.
     *
     * @param terms the default expiry, the zone, the cap of one card, and what happens to refunds to expired cards
     */
    public static Builder builder(TenantId tenant, CurrencyUnit currency, Terms terms) {
        return new Builder(tenant, currency, terms);
    }

    /**
     * Makes a batch of cards in one transaction. The request key names the batch and is unique among those of the tenant. A repetition
     * answers with the same cards, but without their codes: only hashes of them are kept. Cards made active carry their value at once.
     * Two round trips and three for every 500 cards; for every 1,000 that are active those of
     * {@link Ledger#grantAll} to new accounts.
     *
     * @throws CrmException {@link AssetError#WRONG_CURRENCY}; {@link AssetError#AMOUNT_OUT_OF_RANGE};
     *     {@link AssetError#CAP_EXCEEDED}; {@link AssetError#INVALID_TERM} if they would expire at once
     */
    public IssuedGiftCards issue(GiftCardIssue issue, Posting posting) {
        access.require(Right.MANAGE_GIFT_CARDS);
        long face = currency.minor(Check.present(issue, "issue").faceValue());
        if (face <= 0 || face > Ledger.MAX_AMOUNT) {
            throw AssetError.AMOUNT_OUT_OF_RANGE.because("a face value must be 1 to %d", Ledger.MAX_AMOUNT);
        }
        long fingerprint = content("GIFT_CARD_ISSUE", posting)
                .and(issue.count())
                .and(face)
                .and(issue.expiry() == null ? null : issue.expiry().toString())
                .and(issue.active() ? 1 : 0)
                .value();
        Instant at = clock.orNow(posting.at());
        return ports.unitOfWork().run(() -> issuing.issue(issue, posting, at, fingerprint));
    }

    /**
     * Gives a card that was issued its value, as it is sold. Three round trips more than a first grant of {@link Ledger}.
     *
     * @throws CrmException {@link AssetError#UNKNOWN_GIFT_CARD}; {@link AssetError#GIFT_CARD_STATE} if it is not
     *     {@link GiftCardState#ISSUED}; {@link AssetError#CAP_EXCEEDED}
     */
    public GiftCard activate(CustomerId card, Posting posting) {
        access.require(Right.MANAGE_GIFT_CARDS);
        Instant at = clock.orNow(Check.present(posting, "posting").at());
        return ports.unitOfWork().run(() -> {
            GiftCardSnapshot before = locked(card);
            GiftCard was = GiftCard.of(before);
            ledger.provided(new Proviso("GIFT_CARD_ACTIVATE", () -> was.requireActivatable(at)))
                    .grant(card, EntryType.TOP_UP, GiftCardIssuing.valueOf(before), posting);
            return was.state() == GiftCardState.ISSUED ? write(was.activate(posting, at)) : was;
        });
    }

    /**
     * Gives a card to a customer: from now on only she can use it. A card that is hers is left as it is. Five round trips.
     *
     * @throws CrmException {@link AssetError#UNKNOWN_GIFT_CARD}; {@link CoreError#UNKNOWN_CUSTOMER};
     *     {@link AssetError#GIFT_CARD_BOUND} if it is somebody else's; {@link AssetError#GIFT_CARD_STATE} if it is blocked or has
     *     expired
     */
    public GiftCard bind(CustomerId card, CustomerId customer, Posting posting) {
        access.require(Right.MANAGE_GIFT_CARDS);
        Check.present(customer, "customer");
        long content = content("GIFT_CARD_BIND", posting).and(customer.value()).value();
        Instant at = clock.orNow(posting.at());
        return change(card, posting, content, it -> {
            if (customers.existing(tenant, List.of(customer)).isEmpty()) {
                throw CoreError.UNKNOWN_CUSTOMER.because("no customer %s", customer);
            }
            return it.bind(customer, posting, at, content);
        });
    }

    /**
     * Keeps a card that was lost or stolen from being used. Its value stays, and refunds to it are still taken. Four round trips.
     *
     * @throws CrmException {@link AssetError#UNKNOWN_GIFT_CARD}; {@link AssetError#GIFT_CARD_STATE} if it is blocked
     */
    public GiftCard block(CustomerId card, Posting posting) {
        access.require(Right.MANAGE_GIFT_CARDS);
        long content = content("GIFT_CARD_BLOCK", posting).value();
        Instant at = clock.orNow(posting.at());
        return change(card, posting, content, it -> it.block(posting, at, content));
    }

    /**
     * Makes a blocked card what it was before. Four round trips.
     *
     * @throws CrmException {@link AssetError#UNKNOWN_GIFT_CARD}; {@link AssetError#GIFT_CARD_STATE} if it is not blocked
     */
    public GiftCard unblock(CustomerId card, Posting posting) {
        access.require(Right.MANAGE_GIFT_CARDS);
        long content = content("GIFT_CARD_UNBLOCK", posting).value();
        Instant at = clock.orNow(posting.at());
        return change(card, posting, content, it -> it.unblock(posting, at, content));
    }

    /**
     * Pays with a card. Beside that for the code, one round trip more than a use of {@link Ledger}.
     *
     * @throws CrmException {@link AssetError#INSUFFICIENT_VALUE}; {@link AssetError#GIFT_CARD_STATE} if it is not active or has
     *     expired; {@link AssetError#GIFT_CARD_BOUND} if it is bound and not presented by her it is bound to
     */
    public GiftCardBooking redeem(PresentedCard presented, Money amount, Posting posting) {
        access.require(Right.USE_GIFT_CARDS);
        return redeem(presented, currency.minor(amount), false, posting);
    }

    /**
     * Pays with as much as there is on a card, up to an amount. Round trips as {@link #redeem}.
     *
     * @throws CrmException as {@link #redeem}; {@link AssetError#INSUFFICIENT_VALUE} if there is nothing on it
     */
    public GiftCardBooking redeemUpTo(PresentedCard presented, Money amount, Posting posting) {
        access.require(Right.USE_GIFT_CARDS);
        return redeem(presented, currency.minor(amount), true, posting);
    }

    /**
     * Gives a redemption back to the card, in whole or part, also to one that is blocked. What goes back to an expired card lapses or
     * gets some days of grace, as the terms say. Round trips as a refund of {@link Ledger} and one more.
     *
     * @param card the {@link GiftCardBooking#card()} of the redemption
     * @param redemption the key of the redemption
     * @throws CrmException {@link AssetError#UNKNOWN_GIFT_CARD}, {@link AssetError#UNKNOWN_BOOKING},
     *     {@link AssetError#NOT_REVERSIBLE}, {@link AssetError#REVERSAL_EXCEEDS_BOOKING}
     */
    public GiftCardBooking refund(CustomerId card, RequestKey redemption, Money amount, Posting posting) {
        access.require(Right.USE_GIFT_CARDS);
        long minor = currency.minor(amount);
        return ports.unitOfWork().run(() -> {
            locked(card);
            return booking(card, ledger.refund(card, redemption, minor, posting));
        });
    }

    /**
     * Moves all that is on a card into a customer's stored value, where it keeps its expiry. The key is booked for both; a refund of it
     * is refused. Beside that for the code, up to two round trips more than a transfer of {@link Ledger}.
     *
     * @return what was booked on the card; the negated amount came into the account
     * @throws CrmException {@link CoreError#UNKNOWN_CUSTOMER}; {@link AssetError#INSUFFICIENT_VALUE} if there is nothing on it;
     *     {@link AssetError#GIFT_CARD_STATE}; {@link AssetError#GIFT_CARD_BOUND} if it is bound to somebody else;
     *     {@link AssetError#CAP_EXCEEDED} by the account
     */
    public GiftCardBooking moveToAccount(PresentedCard presented, CustomerId customer, Posting posting) {
        access.require(Right.USE_GIFT_CARDS);
        access.require(Right.BOOK_ASSETS, customer);
        Instant at = clock.orNow(Check.present(posting, "posting").at());
        CustomerId card = codes.find(presented);
        return ports.unitOfWork().run(() -> {
            observed.prepare(tenant, customer);
            if (customer.compareTo(card) < 0) {
                ports.store().lock(accounts.ledger().account(customer));
            }
            GiftCard found = GiftCard.of(locked(card));
            Booking moved = ledger.provided(new Proviso("GIFT_CARD_MOVE", () -> found.requireUsable(at, customer)))
                    .moveAll(card, accounts.ledger(), customer, posting);
            return booking(card, moved);
        });
    }

    /** The card presented. Two round trips. */
    public GiftCard find(PresentedCard presented) {
        access.require(Right.USE_GIFT_CARDS);
        CustomerId card = codes.find(presented);
        return GiftCard.of(known(ports.unitOfWork().read(() -> store.find(tenant, card))));
    }

    /** The card with this id; empty if there is none in this currency. One round trip. */
    public Optional<GiftCard> find(CustomerId card) {
        access.require(Right.MANAGE_GIFT_CARDS);
        Check.present(card, "gift card");
        return ports.unitOfWork()
                .read(() -> store.find(tenant, card))
                .filter(this::isOurs)
                .map(GiftCard::of);
    }

    /** The card presented and what is on it. Three round trips, as a rule. */
    public GiftCardBalance balance(PresentedCard presented) {
        access.require(Right.USE_GIFT_CARDS);
        return balance(find(presented));
    }

    /**
     * A card and what is on it. Two round trips, as a rule.
     *
     * @throws CrmException {@link AssetError#UNKNOWN_GIFT_CARD}
     */
    public GiftCardBalance balance(CustomerId card) {
        access.require(Right.MANAGE_GIFT_CARDS);
        return balance(find(card).orElseThrow(GiftCards::unknown));
    }

    /** What was booked on a card in the order of booking, in the currency's smallest unit; one round trip a page. */
    public Page<Entry> statement(CustomerId card, PageRequest page) {
        access.require(Right.MANAGE_GIFT_CARDS);
        return ledger.reads().entries(card, null, null, page);
    }

    /**
     * Books what lapsed, one page of cards a call. See {@link Ledger#sweep}.
     *
     * @param after the cursor of the page before; {@code null} to start
     * @param limit 1 to 1,000 cards
     */
    public SweepProgress sweep(@Nullable CustomerId after, int limit) {
        access.require(Right.OPERATE);
        return ledger.sweep(null, after, limit);
    }

    /** The ledger beneath, for sums and flows. */
    public Ledger ledger() {
        return ledger.guardedBy(access);
    }

    CustomerId presented(PresentedCard presented) {
        access.require(Right.USE_GIFT_CARDS);
        return codes.find(presented);
    }

    long open(CustomerId card, @Nullable CustomerId by, OpenWallet wallet, boolean locking, Posting posting) {
        access.require(Right.USE_GIFT_CARDS);
        Instant at = clock.orNow(posting.at());
        GiftCard.of(known(locking ? store.lock(tenant, card) : store.find(tenant, card)))
                .requireUsable(at, by);
        return wallet.open(ledger, posting);
    }

    void lock(CustomerId card) {
        access.require(Right.USE_GIFT_CARDS);
        ports.unitOfWork().run(() -> locked(card));
    }

    private GiftCardBooking redeem(PresentedCard presented, long amount, boolean upTo, Posting posting) {
        Instant at = clock.orNow(Check.present(posting, "posting").at());
        CustomerId card = codes.find(presented);
        CustomerId by = presented.customer();
        return ports.unitOfWork().run(() -> {
            GiftCard found = GiftCard.of(locked(card));
            var proviso = new Proviso("GIFT_CARD_BY " + by, () -> found.requireUsable(at, by));
            return booking(card, ledger.provided(proviso).spend(card, amount, upTo, posting));
        });
    }

    /** Locks, decides and writes. Whether the key is booked is asked only when that fails: it seldom is. */
    private GiftCard change(
            CustomerId id, Posting posting, long fingerprint, Function<GiftCard, GiftCardChange> command) {
        return ports.unitOfWork().run(() -> {
            GiftCard before = GiftCard.of(locked(id));
            GiftCardChange change;
            try {
                change = command.apply(before);
            } catch (CrmException refusal) {
                return repeated(before, posting.key(), fingerprint).orElseThrow(() -> refusal);
            }
            return store.apply(change)
                    ? GiftCard.of(change.after())
                    : repeated(before, posting.key(), fingerprint).orElseThrow(GiftCards::unbooked);
        });
    }

    private GiftCard write(GiftCardChange change) {
        if (!store.apply(change)) {
            throw unbooked();
        }
        return GiftCard.of(change.after());
    }

    private Optional<GiftCard> repeated(GiftCard now, RequestKey key, long fingerprint) {
        Optional<Booked> booked = ports.requests().find(tenant, now.id(), key);
        if (booked.isPresent() && booked.get().fingerprint() != fingerprint) {
            throw CoreError.REQUEST_KEY_REUSED.because("the request key was used before for other content");
        }
        return booked.map(it -> now);
    }

    private GiftCardSnapshot locked(CustomerId card) {
        return known(store.lock(tenant, Check.present(card, "gift card")));
    }

    private GiftCardSnapshot known(Optional<GiftCardSnapshot> found) {
        GiftCardSnapshot card = found.orElseThrow(GiftCards::unknown);
        if (!isOurs(card)) {
            throw AssetError.WRONG_CURRENCY.because(
                    "the gift card is in %s", card.faceValue().getCurrencyUnit());
        }
        return card;
    }

    private boolean isOurs(GiftCardSnapshot card) {
        return card.faceValue().getCurrencyUnit().equals(currency.unit());
    }

    private GiftCardBalance balance(GiftCard card) {
        Money value = MoneyBalance.of(ledger.reads().balance(card.id(), null), currency.unit())
                .available();
        GiftCardState state = card.stateAt(clock.now());
        boolean usedUp = state == GiftCardState.ACTIVE && value.isZero();
        return new GiftCardBalance(card, usedUp ? GiftCardState.USED_UP : state, value);
    }

    private GiftCardBooking booking(CustomerId card, Booking booking) {
        return new GiftCardBooking(card, MoneyBooking.of(booking, currency.unit()));
    }

    private Fingerprint content(String command, Posting posting) {
        return Check.present(posting, "posting").fingerprint(command, ledger.asset());
    }

    private static CrmException unknown() {
        return AssetError.UNKNOWN_GIFT_CARD.because("there is no such gift card");
    }

    private static CrmException unbooked() {
        return CoreError.STORE_FAILED.because("the store names a request as booked and does not find it");
    }

    /** Settings of a tenant's gift cards. Not thread-safe. */
    public static final class Builder {
        private final TenantId tenant;
        private final CurrencyUnit currency;
        private final Terms terms;
        private CodeHashes hashes = CodeHashes.PLAIN;
        private GuessThrottle throttle = new LocalGuessThrottle();
        private RandomGenerator random = new SecureRandom();
        private @Nullable CustomerIds ids;

        private Builder(TenantId tenant, CurrencyUnit currency, Terms terms) {
            this.tenant = Check.present(tenant, "tenant");
            this.currency = Check.present(currency, "currency");
            this.terms = Check.present(terms, "terms");
        }

        /** Where the ids of cards and batches come from. Default: the clock, as a node picked at random. */
        public Builder ids(CustomerIds source) {
            ids = Check.present(source, "ids");
            return this;
        }

        /**
         * A secret of the host, kept outside the database, with which codes are hashed. Without it, whoever steals the database and
         * knows the last four characters of a code has 55 bits left to try. Default: none.
         *
         * @param pepper at least 16 bytes; changing it without naming the one before makes the cards issued so far unusable
         * @param former those used before, with which cards are still found; an empty one for the time without
         */
        public Builder pepper(byte[] pepper, byte[]... former) {
            hashes = CodeHashes.keyed(pepper, former);
            return this;
        }

        /**
         * What slows down guessing. One for all facades of a process, at least: each counts for itself. Default: a
         * {@link LocalGuessThrottle} of this facade's own, 10 wrong codes an origin within 15 minutes.
         */
        public Builder throttle(GuessThrottle guesses) {
            throttle = Check.present(guesses, "throttle");
            return this;
        }

        /** Where codes come from; anything but a cryptographic source is for tests. Default: {@link SecureRandom}. */
        public Builder random(RandomGenerator source) {
            random = Check.present(source, "random");
            return this;
        }

        /**
         * The gift cards kept in this store.
         *
         * @param ports those of the ledgers; its owners are asked for the customers to whom cards are bound
         * @param accounts where the value of cards can be moved to, of the same tenant and currency
         * @throws CrmException {@link AssetError#WRONG_CURRENCY} if the accounts are of another currency
         */
        public GiftCards in(GiftCardStore store, LedgerPorts ports, StoredValue accounts) {
            if (!Check.present(accounts, "accounts").ledger().asset().equals(Asset.storedValue(currency))) {
                throw AssetError.WRONG_CURRENCY.because("gift cards in %s move into stored value in it", currency);
            }
            return new GiftCards(
                    this, Check.present(store, "gift card store"), Check.present(ports, "ports"), accounts);
        }
    }
}

package dev.retailcrm.assets.ledger;

import dev.retailcrm.assets.spi.LedgerPorts;
import dev.retailcrm.assets.spi.LedgerStore;
import dev.retailcrm.core.access.Access;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.ErrorKind;
import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.Survivors;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How every command is booked: lock, settle what time alone has done, decide, write all or nothing. A refusal is only given once it
 * is known that the key was not booked before. An account is opened only after its first command was found to be acceptable.
 */
final class Books {
    final TenantId tenant;
    final Asset asset;
    final Terms terms;
    final LedgerPorts ports;
    final LedgerStore store;
    final Instants clock;
    final Proviso proviso;
    final Access access;

    /** Whether everything is decided and nothing written. */
    final boolean rehearsing;

    /** Works a command out on a draft; returns the number of the entry that answers it, or refuses. */
    interface Decision {
        long on(Draft draft);
    }

    Books(TenantId tenant, Asset asset, Terms terms, LedgerPorts ports, Proviso proviso, Access access) {
        this(tenant, asset, terms, ports, proviso, access, false);
    }

    private Books(
            TenantId tenant,
            Asset asset,
            Terms terms,
            LedgerPorts ports,
            Proviso proviso,
            Access access,
            boolean rehearsing) {
        this.tenant = tenant;
        this.asset = asset;
        this.terms = terms;
        this.ports = ports;
        this.store = ports.store();
        this.clock = new Instants(ports.clock());
        this.proviso = proviso;
        this.access = access;
        this.rehearsing = rehearsing;
    }

    /** The same, which write nothing. */
    Books rehearsing() {
        return new Books(tenant, asset, terms, ports, proviso, access, true);
    }

    AccountId id(CustomerId customer) {
        return new AccountId(tenant, Check.present(customer, "customer"), asset);
    }

    Booking book(CustomerId customer, Posting posting, Fingerprint content, Decision decision) {
        Check.present(customer, "customer");
        Instant at = clock.orNow(posting.at());
        long fingerprint = fingerprint(content);
        return Survivors.follow(customer, current -> book(current, posting, at, fingerprint, decision));
    }

    private Booking book(CustomerId customer, Posting posting, Instant at, long fingerprint, Decision decision) {
        return ports.unitOfWork()
                .run(() -> rehearsing
                        ? written(customer, posting, at, fingerprint, decision)
                        : ports.watching(
                                tenant, customer, () -> written(customer, posting, at, fingerprint, decision)));
    }

    private Booking written(CustomerId customer, Posting posting, Instant at, long fingerprint, Decision decision) {
        LedgerChange change;
        try {
            proviso.check().run();
            Account account = lock(id(customer), at, posting, decision);
            Draft draft = settled(account, at, posting);
            change = draft.change(fingerprint, decision.on(draft));
        } catch (CrmException refusal) {
            return answered(refusal, customer, posting.key(), fingerprint);
        }
        return rehearsing || store.apply(change)
                ? change.booking()
                : answered(keyLost(), customer, posting.key(), fingerprint);
    }

    long fingerprint(Fingerprint content) {
        return (proviso.content() == null ? content : content.and(proviso.content())).value();
    }

    /** The locked account; opened if it is new and the command acceptable. */
    private Account lock(AccountId id, Instant at, Posting posting, Decision decision) {
        Optional<Account> account = store.lock(id);
        if (account.isPresent()) {
            return requireHere(account.get());
        }
        requireUnused(id.customer(), posting.key());
        requireOwner(id.customer());
        Account opened = Account.opened(id, 0);
        decision.on(new Draft(opened, at, posting, terms));
        return rehearsing ? opened : requireHere(store.open(id));
    }

    /** Before an account is opened, so that it is not opened for a command that was booked before. */
    void requireUnused(CustomerId customer, RequestKey key) {
        if (ports.requests().find(tenant, customer, key).isPresent()) {
            throw CoreError.REQUEST_KEY_REUSED.because("the request key was booked elsewhere for this customer");
        }
    }

    /** Locks a wallet, opening this account if it is new. */
    boolean lockWallet(CustomerId customer) {
        ports.prepare(tenant, customer);
        AccountId id = id(customer);
        Account account = store.lock(id).orElseGet(() -> {
            requireOwner(customer);
            return store.open(id);
        });
        requireHere(account);
        return true;
    }

    /** Refuses the account of a customer who was merged into another. */
    static Account requireHere(Account account) {
        if (account.movedTo() != null) {
            throw Survivors.mergedInto(account.id().customer(), account.movedTo());
        }
        return account;
    }

    void requireOwner(CustomerId customer) {
        if (ports.owners().existing(tenant, List.of(customer)).isEmpty()) {
            Optional<CustomerId> survivor = ports.owners().survivor(tenant, customer);
            if (survivor.isPresent()) {
                throw Survivors.mergedInto(customer, survivor.get());
            }
            throw CoreError.UNKNOWN_CUSTOMER.because("no customer %s", customer);
        }
    }

    /** A draft in which everything due is booked. */
    Draft settled(Account account, Instant at, @Nullable Posting posting) {
        Draft draft = new Draft(account, at, posting, terms);
        if (account.isDue(draft.at)) {
            AccountId id = account.id();
            List<Hold> holds = store.openHolds(id);
            Map<Long, List<Movement>> parts = new HashMap<>();
            for (Hold hold : holds) {
                if (!hold.expiresAt().isAfter(draft.at)) {
                    parts.put(hold.no(), store.movements(id, hold.no()));
                }
            }
            draft.settle(store.openLots(id), holds, parts);
        }
        return draft;
    }

    /** The first answer if the key was booked for the same content; else the refusal, or that the key was used for other content. */
    Booking answered(CrmException refusal, CustomerId customer, RequestKey key, long fingerprint) {
        if (!isAboutContent(refusal)) {
            throw refusal;
        }
        Booked booked = ports.requests().find(tenant, customer, key).orElseThrow(() -> refusal);
        if (booked.fingerprint() != fingerprint
                || !LedgerChange.assetOf(booked.answer()).equals(asset.code())) {
            throw CoreError.REQUEST_KEY_REUSED.because("the request key was used before for other content");
        }
        return booking(id(booked.home() == null ? customer : booked.home()), LedgerChange.seqOf(booked.answer()));
    }

    private static boolean isAboutContent(CrmException refusal) {
        return refusal.kind() == ErrorKind.REJECTED
                || refusal.kind() == ErrorKind.INVALID
                || refusal.code() == CoreError.REQUEST_KEY_REUSED;
    }

    static CrmException keyLost() {
        return CoreError.REQUEST_KEY_REUSED.because("the store refused the request key but does not know it");
    }

    /** Whether the key of a command is booked for its customer. */
    boolean isBooked(Draft draft) {
        Posting posting = draft.posting();
        return posting != null
                && ports.requests()
                        .find(tenant, draft.before.id().customer(), posting.key())
                        .isPresent();
    }

    /** An entry and the account it was booked in: that of a merged customer if it was booked before she was merged. */
    record Original(AccountId account, Entry entry) {}

    /** The entry booked under a key, which is to be reversed. */
    Original original(AccountId id, RequestKey key) {
        Check.present(key, "key of the booking");
        Optional<Booked> found = ports.requests()
                .find(tenant, id.customer(), key)
                .filter(booked -> LedgerChange.assetOf(booked.answer()).equals(asset.code()));
        AccountId account = found.map(Booked::home).map(this::id).orElse(id);
        return found.flatMap(booked -> store.entry(account, LedgerChange.seqOf(booked.answer())))
                .map(entry -> new Original(account, entry))
                .orElseThrow(() -> AssetError.UNKNOWN_BOOKING.because("nothing was booked here under key %s", key));
    }

    private Booking booking(AccountId id, long seq) {
        Entry entry = store.entry(id, seq).orElseThrow(Books::keyLost);
        Optional<Hold> hold = Optional.empty();
        if (entry.type() == EntryType.HOLD) {
            hold = store.hold(id, seq)
                    .map(now -> new Hold(now.no(), now.amount(), now.expiresAt(), Hold.State.OPEN, 0, 0));
        } else if (entry.type() == EntryType.CAPTURE || entry.type() == EntryType.RELEASE) {
            hold = store.hold(id, entry.reverses());
        }
        return Booking.of(
                entry,
                entry.type().makesLots() ? store.lotsMadeBy(id, seq) : List.of(),
                store.movements(id, seq),
                entry.type() == EntryType.HOLD ? hold.stream().toList() : List.of(),
                entry.type() == EntryType.HOLD ? List.of() : hold.stream().toList());
    }
}

package dev.retailcrm.assets.ledger;

import dev.retailcrm.assets.ledger.Taking.Pick;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Survivors;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Moves value between two customers, locked in ascending order; from one ledger into another if these differ. */
final class Transfers {
    private static final long ALL = 0;

    private final Books books;
    private final Books into;
    private final Taking taking;

    Transfers(Books books, Books into, Taking taking) {
        this.books = books;
        this.into = into;
        this.taking = taking;
    }

    Booking transfer(CustomerId from, CustomerId to, long amount, Posting posting) {
        var content = posting.fingerprint("TRANSFER", books.asset)
                .and(Check.present(from, "giver").value())
                .and(Check.present(to, "taker").value())
                .and(amount);
        return follow(from, to, amount, posting, books.fingerprint(content));
    }

    Booking moveAll(CustomerId from, CustomerId to, Posting posting) {
        var content = posting.fingerprint("MOVE_ALL", books.asset)
                .and(into.asset.code())
                .and(Check.present(from, "giver").value())
                .and(Check.present(to, "taker").value());
        return follow(from, to, ALL, posting, books.fingerprint(content));
    }

    /** Books it for those the two are by now. */
    private Booking follow(CustomerId from, CustomerId to, long amount, Posting posting, long fingerprint) {
        return Survivors.follow(
                from, giver -> Survivors.follow(to, taker -> book(giver, taker, amount, posting, fingerprint)));
    }

    private Booking book(CustomerId from, CustomerId to, long amount, Posting posting, long fingerprint) {
        AccountId giver = books.id(from);
        AccountId taker = into.id(to);
        if (from.equals(to)) {
            throw AssetError.SAME_ACCOUNT.because("giver and taker are the same customer");
        }
        Instant at = books.clock.orNow(posting.at());
        return books.ports
                .unitOfWork()
                .run(() -> books.ports.watching(
                        books.tenant,
                        from,
                        () -> into.ports.watching(
                                books.tenant, to, () -> written(giver, taker, at, amount, posting, fingerprint))));
    }

    private Booking written(
            AccountId giver, AccountId taker, Instant at, long amount, Posting posting, long fingerprint) {
        CustomerId from = giver.customer();
        CustomerId to = taker.customer();
        LedgerChange out;
        LedgerChange in;
        try {
            books.proviso.check().run();
            boolean giverFirst = from.compareTo(to) < 0;
            Optional<Account> first = books.store.lock(giverFirst ? giver : taker);
            Optional<Account> second = books.store.lock(giverFirst ? taker : giver);
            first.ifPresent(Books::requireHere);
            second.ifPresent(Books::requireHere);
            Optional<Account> taking = giverFirst ? second : first;
            Account giving = (giverFirst ? first : second).orElse(Account.opened(giver, 0));
            if (books.ports.requests().find(books.tenant, to, posting.key()).isPresent()) {
                throw CoreError.REQUEST_KEY_REUSED.because("the request key was booked for the taker");
            }
            Account receiving = taking.orElse(Account.opened(taker, 0));
            if (taking.isEmpty()) {
                into.requireOwner(to);
                books.requireUnused(from, posting.key());
            }
            LedgerChange[] changes = decide(giving, receiving, at, amount, posting, fingerprint);
            if (taking.isEmpty()) {
                changes = decide(giving, Books.requireHere(books.store.open(taker)), at, amount, posting, fingerprint);
            }
            out = changes[0];
            in = changes[1];
        } catch (CrmException refusal) {
            return books.answered(refusal, from, posting.key(), fingerprint);
        }
        if (!books.store.apply(out)) {
            return books.answered(Books.keyLost(), from, posting.key(), fingerprint);
        }
        if (!books.store.apply(in)) {
            throw CoreError.TRANSACTION_LOST.because("the request key was booked for the taker meanwhile");
        }
        return out.booking();
    }

    private LedgerChange[] decide(
            Account giving, Account receiving, Instant at, long amount, Posting posting, long fingerprint) {
        Draft giver = books.settled(giving, at, posting);
        Draft taker = into.settled(receiving, at, posting);
        List<Pick> picks = taking.pick(giver, amount == ALL ? Math.max(1, giver.available()) : amount);
        Grants.requireRoom(taker, Taking.total(picks));
        giver.begin(EntryType.TRANSFER_OUT);
        taker.begin(EntryType.TRANSFER_IN);
        for (Pick pick : picks) {
            long costBefore = giver.lot(pick.lot().no()).costUsed();
            giver.move(pick.lot(), -pick.amount(), 0);
            Lot lot = giver.lot(pick.lot().no());
            Lot.Cost cost = lot.cost();
            taker.open(
                    lot.part(),
                    pick.amount(),
                    lot.availableFrom(),
                    lot.expiresAt(),
                    0,
                    cost == null ? null : new Lot.Cost(cost.currency(), lot.costUsed() - costBefore));
        }
        giver.end(0, false, null);
        taker.end(0, false, null);
        long given = giver.seq();
        long taken = taker.seq();
        taker.lapse();
        return new LedgerChange[] {giver.change(fingerprint, given), taker.change(fingerprint, taken)};
    }
}

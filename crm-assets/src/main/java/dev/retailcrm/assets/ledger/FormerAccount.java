package dev.retailcrm.assets.ledger;

import dev.retailcrm.assets.ledger.Taking.Pick;
import java.util.List;

/**
 * Reverses what was booked for a customer before she was merged: in the account it was booked in, whose lots and entries say how much is
 * left of it, while the value comes from or goes to the survivor's account by a pair of entries. Both wallets are locked. Used once.
 */
final class FormerAccount {
    private final Books books;
    private final Draft survivor;
    private final Draft former;

    FormerAccount(Books books, Draft survivor, AccountId account) {
        this.books = books;
        this.survivor = survivor;
        if (books.isBooked(survivor)) {
            throw Books.keyLost();
        }
        Account locked = books.store.lock(account).orElseThrow(Books::keyLost);
        this.former = books.settled(locked, survivor.at, survivor.posting());
    }

    /** Gives used value back to its own lots, and brings over what they hold then; the entry that brings it. */
    long refund(Books.Decision reversal) {
        reversal.on(former);
        List<Lot> open = former.open();
        List<Movement> given = MergedValue.leave(former, open, 0);
        long answer = MergedValue.arrive(survivor, former, given);
        apply();
        return answer;
    }

    /** Fetches value from the survivor, by the retailer's policy if she has too little, and takes it back; the entry that fetches it. */
    long takeBack(Taking taking, long amount, Books.Decision reversal) {
        taking.loadAll(survivor);
        List<Pick> picks = Taking.first(survivor.usable(), amount);
        long answer = Reversals.take(survivor, EntryType.MERGE_OUT, 0, picks, amount);
        former.begin(EntryType.MERGE_IN);
        former.open(Part.PRINCIPAL, amount, former.at, null, 0, null);
        former.end(0, false, null);
        reversal.on(former);
        apply();
        return answer;
    }

    private void apply() {
        if (!books.rehearsing) {
            books.store.apply(former.change(0, former.seq()).unkeyed());
        }
    }
}

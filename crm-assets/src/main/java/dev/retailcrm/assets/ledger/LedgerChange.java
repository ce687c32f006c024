package dev.retailcrm.assets.ledger;

import dev.retailcrm.core.kernel.RequestKey;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The decision of one command about one account: its next state and everything to be written, all or nothing. Immutable.
 *
 * @param before the account as it was locked
 * @param after the account as it is to be; its {@code eventSeq} is that of {@code event}
 * @param entries one or more, in order
 * @param opened new lots
 * @param changed lots that were there before, as they are to be
 * @param movements in order
 * @param placed new holds
 * @param ended holds that were open before, as they are to be
 * @param slideFrom when not {@code null}, every open lot that slides now expires its days after this instant
 * @param request the key to be booked; {@code null} for a sweep
 * @param event the one event of this command
 */
public record LedgerChange(
        Account before,
        Account after,
        List<Entry> entries,
        List<Lot> opened,
        List<Lot> changed,
        List<Movement> movements,
        List<Hold> placed,
        List<Hold> ended,
        @Nullable Instant slideFrom,
        @Nullable Request request,
        LedgerEvent event) {

    /**
     * A key and what it books.
     *
     * @param fingerprint the hash of the command's content
     * @param answer names the booking, see {@link #answer(Asset, long)}
     */
    public record Request(RequestKey key, long fingerprint, String answer) {}

    /** The same without its key, which is booked elsewhere. */
    LedgerChange unkeyed() {
        return new LedgerChange(
                before, after, entries, opened, changed, movements, placed, ended, slideFrom, null, event);
    }

    /** The same in a wallet whose last event has this number by now. */
    LedgerChange afterEvent(long lastEventSeq) {
        return new LedgerChange(
                before.afterEvent(lastEventSeq),
                after.afterEvent(lastEventSeq + 1),
                entries,
                opened,
                changed,
                movements,
                placed,
                ended,
                slideFrom,
                request,
                event);
    }

    /** The booking that answers the command: the entry, its movements and the hold it placed or ended. */
    public Booking booking() {
        Entry main = entries.get(entries.size() - 1);
        if (request != null) {
            long seq = seqOf(request.answer());
            main = entries.get((int) (seq - entries.get(0).seq()));
        }
        return Booking.of(main, opened, movements, placed, ended);
    }

    static String answer(Asset asset, long seq) {
        return asset.code() + "#" + seq;
    }

    static long seqOf(String answer) {
        return Long.parseLong(answer.substring(answer.lastIndexOf('#') + 1));
    }

    static String assetOf(String answer) {
        int end = answer.lastIndexOf('#');
        return end < 0 ? "" : answer.substring(0, end);
    }
}

package dev.retailcrm.audience.index;

import dev.retailcrm.audience.AudienceError;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.rule.CustomerFacts;
import dev.retailcrm.core.rule.EventFact;
import dev.retailcrm.core.rule.MarkFact;
import java.util.List;
import java.util.Map;
import org.roaringbitmap.RoaringBitmap;

/** All that an index is made of: who is in it, what is known of them, and how much memory that takes. Not thread-safe. */
final class IndexState {
    /** What one customer, field, mark or event more takes at most, but for room that arrays keep in reserve. */
    private static final long ROW = 256;

    private final IndexScope scope;
    private final long builtAt;
    private final IdTable ids;
    private final RoaringBitmap live;
    private final IndexColumns columns;
    private long measured;
    private long since;

    IndexState(IndexScope scope, long builtAt) {
        this(scope, builtAt, new IdTable(), new RoaringBitmap(), new IndexColumns(scope, builtAt));
    }

    IndexState(IndexScope scope, long builtAt, IdTable ids, RoaringBitmap live, IndexColumns columns) {
        this.scope = scope;
        this.builtAt = builtAt;
        this.ids = ids;
        this.live = live;
        this.columns = columns;
    }

    /** Refuses what would not fit, with what arrays keep in reserve, before anything is changed. */
    void reserve(long bytes) {
        if (needed(bytes) > scope.maxBytes()) {
            measured = bytes();
            since = 0;
            if (needed(bytes) > scope.maxBytes()) {
                throw AudienceError.INDEX_TOO_LARGE.with(
                        Map.of("bytes", needed(bytes), "maxBytes", scope.maxBytes()),
                        "the index would take %d bytes, and may take %d",
                        needed(bytes),
                        scope.maxBytes());
            }
        }
        since += bytes;
    }

    private long needed(long more) {
        return measured + (measured >>> 3) + since + more;
    }

    /** What a customer takes at most. */
    long bytesOf(CustomerFacts facts) {
        requireMine(facts);
        var counter = new FactCounter();
        facts.tell(counter);
        return ROW + columns.countBytesEach() + 24L * counter.values() + counter.eventBytes();
    }

    void put(CustomerId customer, CustomerFacts facts) {
        reserve(bytesOf(facts));
        write(customer, facts);
    }

    /** Writes what there is room for. */
    void write(CustomerId customer, CustomerFacts facts) {
        int known = ids.find(customer.value());
        int place = known >= 0 ? known : ids.add(customer.value());
        columns.set(place, facts, builtAt, known >= 0);
        live.add(place);
    }

    /** Whether she was there. */
    boolean remove(CustomerId customer) {
        int place = ids.find(customer.value());
        if (place < 0 || !live.checkedRemove(place)) {
            return false;
        }
        columns.clear(place);
        return true;
    }

    /** Whether she is there. */
    boolean record(CustomerId customer, String type, EventFact event) {
        int place = ids.find(customer.value());
        if (place < 0 || !live.contains(place)) {
            return false;
        }
        if (columns.eventGap(type) != null) {
            throw CoreError.INVALID_VALUE.because("the index does not hold such events");
        }
        reserve(columns.events(type).bytesEach());
        columns.events(type).add(place, event);
        return true;
    }

    private void requireMine(CustomerFacts facts) {
        if (!facts.required().equals(scope.facts())) {
            throw CoreError.INVALID_VALUE.because("the facts were gathered for others than the scope's");
        }
    }

    void seal() {
        ids.trim();
        live.runOptimize();
        columns.seal(ids.size());
        measured = 0;
        since = scope.maxBytes();
        reserve(0);
    }

    IndexScope scope() {
        return scope;
    }

    long builtAt() {
        return builtAt;
    }

    IdTable ids() {
        return ids;
    }

    RoaringBitmap live() {
        return live;
    }

    IndexColumns columns() {
        return columns;
    }

    long bytes() {
        return profileBytes() + columns.eventBytes();
    }

    long profileBytes() {
        return ids.bytes() + live.getLongSizeInBytes() + columns.profileBytes();
    }

    IndexProgress progress() {
        return new IndexProgress(live.getLongCardinality(), columns.eventCount(), measured + since);
    }

    /** Counts what there is of a customer. */
    private final class FactCounter implements CustomerFacts.Reader {
        private long values;
        private long eventBytes;

        @Override
        public void field(int place, FieldValue value) {
            values++;
        }

        @Override
        public void field(int place, List<MarkFact> some) {
            values += some.size();
        }

        @Override
        public void tag(int place, MarkFact mark) {
            values++;
        }

        @Override
        public void audience(int place, MarkFact mark) {
            values++;
        }

        @Override
        public void events(int place, List<EventFact> some) {
            eventBytes += columns.events(place).bytesEach() * some.size();
        }

        long values() {
            return values;
        }

        long eventBytes() {
            return eventBytes;
        }
    }
}

package dev.retailcrm.core.merge;

import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A pair that was found, by the ids of its customers. */
record Proposed(Duplicate pair, CustomerId lower, CustomerId higher) {
    static Proposed of(Duplicate pair) {
        CustomerId a = CustomerId.parse(pair.first());
        CustomerId b = CustomerId.parse(pair.second());
        if (a.equals(b)) {
            throw CoreError.INVALID_VALUE.because("a pair is of two customers");
        }
        return a.compareTo(b) < 0 ? new Proposed(pair, a, b) : new Proposed(pair, b, a);
    }

    static List<CustomerId> customers(List<Proposed> pairs) {
        return List.copyOf(new TreeSet<>(
                pairs.stream().flatMap(it -> Stream.of(it.lower, it.higher)).toList()));
    }

    Review open(Instant at) {
        return Review.of(pair, lower, higher, at);
    }
}

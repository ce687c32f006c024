package dev.retailcrm.core.imports;

import com.google.common.hash.BloomFilter;
import com.google.common.hash.Funnels;
import com.google.common.hash.Hashing;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The keys that a file has in several places. Found by reading it twice, in memory that does not grow with it: first a filter (Bloom 1970)
 * tells which keys it may have seen before, then those are counted. Immutable.
 */
final class Recurring {
    /** Of at most so many keys the filter is right in 999 of 1,000 cases: 18 MB. It needs more memory for those it is wrong about. */
    private static final long EXPECTED = 10_000_000;

    /** The most keys that recur, or that the filter is wrong about. */
    private static final int MAX = 500_000;

    private static final double WRONG = 0.001;
    private static final int BYTES_OF_A_RECORD = 20;

    private final Set<Long> hashes;

    private Recurring(Set<Long> hashes) {
        this.hashes = hashes;
    }

    /** No key. */
    static Recurring none() {
        return new Recurring(Set.of());
    }

    boolean contains(String key) {
        return hashes.contains(hash(key));
    }

    /**
     * Finds them.
     *
     * @param key of a record; {@code null} if it has none
     * @param together whether records of one key that follow one another are in one place
     * @throws CrmException {@link CoreError#INVALID_VALUE} if too many recur
     */
    static Recurring in(
            ImportFile file, Set<String> columns, Function<ImportRecord, @Nullable String> key, boolean together)
            throws IOException {
        Set<Long> suspects = new HashSet<>();
        long size = Files.size(file.path()) / BYTES_OF_A_RECORD;
        BloomFilter<Long> seen =
                BloomFilter.create(Funnels.longFunnel(), Math.max(1_000, Math.min(size, EXPECTED)), WRONG);
        read(file, columns, key, together, hash -> {
            if (!seen.put(hash)) {
                suspects.add(hash);
                if (suspects.size() > MAX) {
                    throw CoreError.INVALID_VALUE.because(
                            "more than %d orders or events of the file are in several places, or it is too long", MAX);
                }
            }
        });
        if (suspects.isEmpty()) {
            return none();
        }
        Map<Long, Integer> places = new HashMap<>();
        read(file, columns, key, together, hash -> {
            if (suspects.contains(hash)) {
                places.merge(hash, 1, Integer::sum);
            }
        });
        suspects.removeIf(hash -> places.getOrDefault(hash, 0) < 2);
        return new Recurring(suspects);
    }

    private static void read(
            ImportFile file,
            Set<String> columns,
            Function<ImportRecord, @Nullable String> key,
            boolean together,
            LongConsumer sight)
            throws IOException {
        String before = null;
        try (RecordReader reader = RecordReader.open(file, columns, ImportProgress.NONE)) {
            for (RecordReader.Next next = reader.next(); next != null; next = reader.next()) {
                String found = next.record() == null ? null : found(next.record(), key);
                if (found != null && !(together && found.equals(before))) {
                    sight.accept(hash(found));
                }
                before = found;
            }
        }
    }

    private static @Nullable String found(ImportRecord record, Function<ImportRecord, @Nullable String> key) {
        try {
            return key.apply(record);
        } catch (CrmException unreadable) {
            return null;
        }
    }

    private static long hash(String key) {
        return Hashing.murmur3_128().hashString(key, StandardCharsets.UTF_8).asLong();
    }
}

package dev.retailcrm.core.merge;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which records share a key. Within a block records stand in the order of their names, so that in a large one neighbours are
 * compared (M. A. Hernández, S. J. Stolfo, "The Merge/Purge Problem for Large Databases", SIGMOD 1995). About 20 bytes a key. Not written
 * to after it was made: thread-safe.
 */
final class Blocks {
    private static final HashFunction HASH = Hashing.murmur3_128();

    private final int limit;
    /** Where the keys of a record start; one more at the end. */
    private final int[] keysOf;
    /** The block of each key. */
    private final int[] blockOf;
    /** Where each key's record stands among the members. */
    private final int[] placeOf;
    /** Where the members of a block start; one more at the end. */
    private final int[] membersOf;
    /** Records, block by block. */
    private final int[] members;

    Blocks(List<PersonRecord> people, DuplicateRules rules) {
        limit = rules.blockLimit();
        keysOf = new int[people.size() + 1];
        long[] hashes = hashes(people, rules.keys());
        long[] distinct = Arrays.stream(hashes).sorted().distinct().toArray();
        blockOf = new int[hashes.length];
        membersOf = new int[distinct.length + 1];
        for (int key = 0; key < hashes.length; key++) {
            blockOf[key] = Arrays.binarySearch(distinct, hashes[key]);
            membersOf[blockOf[key] + 1]++;
        }
        Arrays.parallelPrefix(membersOf, Integer::sum);
        placeOf = new int[hashes.length];
        members = new int[hashes.length];
        seat(people);
    }

    private long[] hashes(List<PersonRecord> people, List<BlockingKey> keys) {
        var found = new KeyHashes();
        for (int person = 0; person < people.size(); person++) {
            keysOf[person] = found.size;
            int start = found.size;
            for (int kind = 0; kind < keys.size(); kind++) {
                int salt = kind;
                keys.get(kind).of(people.get(person), key -> found.add(hash(salt, key), start));
            }
        }
        keysOf[people.size()] = found.size;
        return Arrays.copyOf(found.values, found.size);
    }

    private static long hash(int kind, String key) {
        return HASH.newHasher(2 * key.length() + Integer.BYTES)
                .putInt(kind)
                .putUnencodedChars(key)
                .hash()
                .asLong();
    }

    private void seat(List<PersonRecord> people) {
        int[] next = Arrays.copyOf(membersOf, membersOf.length - 1);
        Comparator<Integer> byName = Comparator.comparing(it -> people.get(it).first(PersonField.FAMILY_NAME));
        IntStream.range(0, people.size())
                .boxed()
                .sorted(byName.thenComparing(it -> people.get(it).first(PersonField.GIVEN_NAME))
                        .thenComparing(it -> people.get(it).first(PersonField.BIRTH_DATE)))
                .forEach(person -> {
                    for (int key = keysOf[person]; key < keysOf[person + 1]; key++) {
                        placeOf[key] = next[blockOf[key]]++;
                        members[placeOf[key]] = person;
                    }
                });
    }

    /** Adds those that share a key with the person and come at or after {@code from}; never the person herself. */
    void partners(int person, int from, Candidates candidates) {
        for (int key = keysOf[person]; key < keysOf[person + 1]; key++) {
            int start = membersOf[blockOf[key]];
            int end = membersOf[blockOf[key] + 1];
            if (end - start > limit) {
                start = Math.max(start, placeOf[key] - limit / 2);
                end = Math.min(end, placeOf[key] + limit / 2 + 1);
            }
            for (int place = start; place < end; place++) {
                int partner = members[place];
                if (partner >= from && partner != person) {
                    candidates.add(partner);
                }
            }
        }
    }

    int largeBlocks() {
        return (int) sizes().filter(size -> size > limit).count();
    }

    int largestBlock() {
        return sizes().max().orElse(0);
    }

    /** Pairs within large blocks that are no neighbours, of any two sets. */
    long skippedPairs() {
        long reach = limit / 2;
        return sizes().filter(size -> size > limit)
                .mapToLong(size -> size * (size - 1L) / 2 - (size * reach - reach * (reach + 1) / 2))
                .sum();
    }

    private IntStream sizes() {
        return IntStream.range(0, membersOf.length - 1).map(block -> membersOf[block + 1] - membersOf[block]);
    }

    /** Hashes of keys, each once for a person. */
    private static final class KeyHashes {
        private long[] values = new long[1024];
        private int size;

        void add(long hash, int start) {
            for (int i = start; i < size; i++) {
                if (values[i] == hash) {
                    return;
                }
            }
            if (size == values.length) {
                values = Arrays.copyOf(values, size * 2);
            }
            values[size++] = hash;
        }
    }
}

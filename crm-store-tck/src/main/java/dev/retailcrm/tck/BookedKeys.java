package dev.retailcrm.tck;

import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The request keys booked for one customer. An open table with the hashes apart, so that telling a new key, which every command does,
 * reads one cache line. Not thread-safe.
 */
final class BookedKeys {
    /** The hash of each key, 0 where there is none. */
    private int[] hashes = new int[8];

    private @Nullable RequestKey[] keys = new RequestKey[8];
    private @Nullable Booked[] booked = new Booked[8];
    private int size;

    boolean contains(RequestKey key) {
        return hashes[slot(key)] != 0;
    }

    @Nullable
    Booked get(RequestKey key) {
        return booked[slot(key)];
    }

    void put(RequestKey key, Booked value) {
        if (2 * size >= hashes.length) {
            grow();
        }
        int slot = slot(key);
        size += hashes[slot] == 0 ? 1 : 0;
        hashes[slot] = hash(key);
        keys[slot] = key;
        booked[slot] = value;
    }

    /** Takes a key out, by building the table anew: it seldom happens. */
    void remove(RequestKey key) {
        BookedKeys rest = new BookedKeys();
        forEach((other, value) -> {
            if (!other.equals(key)) {
                rest.put(other, value);
            }
        });
        become(rest);
    }

    void forEach(BiConsumer<RequestKey, Booked> action) {
        for (int i = 0; i < keys.length; i++) {
            RequestKey key = keys[i];
            Booked value = booked[i];
            if (key != null && value != null) {
                action.accept(key, value);
            }
        }
    }

    private void grow() {
        BookedKeys larger = new BookedKeys();
        larger.hashes = new int[4 * hashes.length];
        larger.keys = new RequestKey[4 * hashes.length];
        larger.booked = new Booked[4 * hashes.length];
        forEach(larger::put);
        become(larger);
    }

    private void become(BookedKeys other) {
        hashes = other.hashes;
        keys = other.keys;
        booked = other.booked;
        size = other.size;
    }

    /** Where the key is, or else the free place where it belongs. */
    private int slot(RequestKey key) {
        int mask = hashes.length - 1;
        int hash = hash(key);
        int slot = hash & mask;
        while (hashes[slot] != 0 && !(hashes[slot] == hash && key.equals(keys[slot]))) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    /** Spreads what texts that differ in a few digits leave close together. Never 0. */
    private static int hash(RequestKey key) {
        int hash = key.value().hashCode() * 0x9E3779B9;
        hash ^= hash >>> 15;
        return hash == 0 ? 1 : hash;
    }
}

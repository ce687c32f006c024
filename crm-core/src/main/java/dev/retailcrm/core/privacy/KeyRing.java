package dev.retailcrm.core.privacy;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;

/**
 * The secrets of a tenant by their versions. The newest is written with, all are read with. To rotate, first give every process a ring
 * that knows the new version but {@link #writingWith writes with} the old, then one that writes with the new, then re-encipher, then take
 * the old one away. Shows nothing in {@link #toString()}. Immutable.
 */
public final class KeyRing {
    /** The bytes of a secret. */
    public static final int SECRET_BYTES = 32;

    private final NavigableMap<Integer, byte[]> secrets;
    private final int newest;

    private KeyRing(NavigableMap<Integer, byte[]> secrets, int newest) {
        this.secrets = secrets;
        this.newest = newest;
    }

    /**
     * A ring of one secret.
     *
     * @param version 1 to 999
     * @param secret {@value #SECRET_BYTES} random bytes, copied; from a key management system or {@code openssl rand 32}
     * @throws CrmException {@link CoreError#INVALID_VALUE} otherwise
     */
    public static KeyRing of(int version, byte[] secret) {
        return new KeyRing(Collections.emptyNavigableMap(), 0).and(version, secret);
    }

    /** The same with one more secret, which is written with if its version is the highest. */
    public KeyRing and(int version, byte[] secret) {
        Check.range(version, 1, 999, "version of the key");
        if (Check.present(secret, "secret").length != SECRET_BYTES) {
            throw CoreError.INVALID_VALUE.because("a secret has %d bytes", SECRET_BYTES);
        }
        if (secrets.containsKey(version)) {
            throw CoreError.INVALID_VALUE.because("the ring has a key of version %d", version);
        }
        NavigableMap<Integer, byte[]> more = new TreeMap<>(secrets);
        more.put(version, secret.clone());
        return new KeyRing(more, more.lastKey());
    }

    /** The same, but written with the secret of this version, though there are newer ones to read with. */
    public KeyRing writingWith(int version) {
        secret(version);
        return new KeyRing(secrets, version);
    }

    /** The version that is written with. */
    public int newest() {
        return newest;
    }

    /** All versions, ascending. */
    public NavigableSet<Integer> versions() {
        return Collections.unmodifiableNavigableSet(secrets.navigableKeySet());
    }

    byte[] secret(int version) {
        byte[] secret = secrets.get(version);
        if (secret == null) {
            throw CoreError.UNREADABLE_DATA.because("the ring has no key of version %d", version);
        }
        return secret;
    }

    @Override
    public String toString() {
        return "KeyRing" + versions();
    }
}

package dev.retailcrm.core.privacy;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys derived from a tenant's secrets, by HKDF-Expand with SHA-256 (RFC 5869, one block): one to wrap data keys, one a field to
 * index by. A secret is random already, so nothing is extracted. Thread-safe.
 */
final class TenantKeys {
    private static final String HMAC = "HmacSHA256";

    private final String tenant;
    private final KeyRing ring;
    private final Map<String, Key> derived = new ConcurrentHashMap<>();

    TenantKeys(String tenant, KeyRing ring) {
        this.tenant = tenant;
        this.ring = ring;
    }

    KeyRing ring() {
        return ring;
    }

    Key wrapping(int version) {
        return key(version, "wrap", "AES");
    }

    byte[] index(int version, String field, String value) {
        return hmac(key(version, "index/" + field, HMAC), value.getBytes(StandardCharsets.UTF_8));
    }

    private Key key(int version, String purpose, String algorithm) {
        byte[] secret = ring.secret(version);
        return derived.computeIfAbsent(version + "/" + purpose, name -> {
            byte[] info = ("retailcrm/" + tenant + "/" + name + "\u0001").getBytes(StandardCharsets.UTF_8);
            return new SecretKeySpec(hmac(new SecretKeySpec(secret, HMAC), info), algorithm);
        });
    }

    private static byte[] hmac(Key key, byte[] message) {
        return Hashing.hmacSha256(key).hashBytes(message).asBytes();
    }
}

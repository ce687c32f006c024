package dev.retailcrm.assets.code;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.TenantId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Turns codes into what they are stored and found by: SHA-256, keyed (HMAC, RFC 2104) if there is a pepper. Thread-safe. */
public final class CodeHashes {
    /** Without a pepper. */
    public static final CodeHashes PLAIN = new CodeHashes(List.of(Hashing.sha256()));

    private static final int SHORTEST_PEPPER = 16;

    /** The one for new codes first. */
    private final List<HashFunction> functions;

    private CodeHashes(List<HashFunction> functions) {
        this.functions = List.copyOf(functions);
    }

    /**
     * With a pepper.
     *
     * @param pepper at least 16 bytes
     * @param former those used before, with which codes are still found; an empty one for the time without
     * @throws CrmException {@link CoreError#INVALID_VALUE} if it is shorter
     */
    public static CodeHashes keyed(byte[] pepper, byte[]... former) {
        if (Check.present(pepper, "pepper").length < SHORTEST_PEPPER) {
            throw CoreError.INVALID_VALUE.because("a pepper has at least %d bytes", SHORTEST_PEPPER);
        }
        return new CodeHashes(Stream.concat(Stream.of(pepper), Stream.of(former))
                .map(CodeHashes::function)
                .toList());
    }

    private static HashFunction function(byte[] pepper) {
        return pepper.length == 0 ? Hashing.sha256() : Hashing.hmacSha256(pepper);
    }

    /**
     * What a new code is stored by: 64 hexadecimal digits.
     *
     * @param kind what the code stands for
     */
    public String newest(String kind, TenantId tenant, String code) {
        return hash(functions.get(0), kind, tenant, code);
    }

    /** All that a code may have been stored by. */
    public List<String> all(String kind, TenantId tenant, String code) {
        return functions.stream().map(it -> hash(it, kind, tenant, code)).toList();
    }

    private static String hash(HashFunction function, String kind, TenantId tenant, String code) {
        return function.hashString(kind + "/" + tenant + "/" + code, StandardCharsets.UTF_8)
                .toString();
    }
}

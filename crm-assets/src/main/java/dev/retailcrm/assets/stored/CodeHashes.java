package dev.retailcrm.assets.stored;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.TenantId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Turns codes into what they are stored and found by: SHA-256, keyed (HMAC, RFC 2104) if there is a pepper. Thread-safe. */
final class CodeHashes {
    static final CodeHashes PLAIN = new CodeHashes(List.of(Hashing.sha256()));

    private static final int SHORTEST_PEPPER = 16;

    /** The one for new codes first. */
    private final List<HashFunction> functions;

    private CodeHashes(List<HashFunction> functions) {
        this.functions = List.copyOf(functions);
    }

    static CodeHashes keyed(byte[] pepper, byte[]... former) {
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

    /** What a new code is stored by. */
    String newest(TenantId tenant, GiftCardCode code) {
        return hash(functions.get(0), tenant, code);
    }

    /** All that a code may have been stored by. */
    List<String> all(TenantId tenant, GiftCardCode code) {
        return functions.stream().map(it -> hash(it, tenant, code)).toList();
    }

    private static String hash(HashFunction function, TenantId tenant, GiftCardCode code) {
        return function.hashString("gift-card/" + tenant + "/" + code.characters(), StandardCharsets.US_ASCII)
                .toString();
    }
}

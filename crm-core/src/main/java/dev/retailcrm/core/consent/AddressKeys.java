package dev.retailcrm.core.consent;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.AddressTokens;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * Hides addresses by HMAC-SHA-256 (RFC 2104, FIPS 180-4) with keys that the host keeps outside the database: phone numbers are few
 * enough to be tried one by one by whoever holds a key. Thread-safe.
 */
public final class AddressKeys implements AddressTokens {
    private static final int SHORTEST_KEY = 16;

    private final List<HashFunction> functions;

    private AddressKeys(List<HashFunction> functions) {
        this.functions = List.copyOf(functions);
    }

    /**
     * These keys.
     *
     * @param key what new tokens are made with, 16 bytes or more
     * @param former keys that older tokens were made with; who leaves one out forgets bounces and refusals of single addresses
     * @throws CrmException {@link CoreError#INVALID_VALUE} if a key is missing or shorter
     */
    public static AddressKeys of(byte[] key, byte[]... former) {
        return new AddressKeys(Stream.concat(Stream.of(Check.present(key, "address key")), Stream.of(former))
                .map(AddressKeys::function)
                .toList());
    }

    private static HashFunction function(byte[] key) {
        if (Check.present(key, "address key").length < SHORTEST_KEY) {
            throw CoreError.INVALID_VALUE.because("an address key has at least %d bytes", SHORTEST_KEY);
        }
        return Hashing.hmacSha256(key);
    }

    @Override
    public List<String> tokens(TenantId tenant, Identity address) {
        String hidden = "address/" + tenant + "/" + address.kind() + "/" + address.system() + "/" + address.value();
        return functions.stream()
                .map(it -> it.hashString(hidden, StandardCharsets.UTF_8).toString())
                .toList();
    }
}

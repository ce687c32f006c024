package dev.retailcrm.tink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.prf.PrfConfig;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.spi.FieldCipher;
import dev.retailcrm.tck.FieldCipherContract;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

class TinkCipherTest extends FieldCipherContract {
    private final KeysetHandle wrapping;
    private final KeysetHandle indexing;

    TinkCipherTest() throws GeneralSecurityException {
        AeadConfig.register();
        PrfConfig.register();
        wrapping = both("AES256_GCM");
        indexing = both("HMAC_SHA256_PRF");
    }

    /** Keys 1 and 2, of which the second is written with. */
    private static KeysetHandle both(String template) throws GeneralSecurityException {
        return KeysetHandle.newBuilder()
                .addEntry(KeysetHandle.generateEntryFromParametersName(template).withFixedId(1))
                .addEntry(KeysetHandle.generateEntryFromParametersName(template)
                        .withFixedId(2)
                        .makePrimary())
                .build();
    }

    private static KeysetHandle only(KeysetHandle keys, int index) throws GeneralSecurityException {
        KeysetHandle.Builder rest = KeysetHandle.newBuilder(keys);
        rest.getAt(index).makePrimary();
        return rest.deleteAt(1 - index).build();
    }

    private static FieldCipher cipher(KeysetHandle wrapping, KeysetHandle indexing) {
        try {
            TinkKeys keys = TinkKeys.of(wrapping, indexing);
            return TinkCipher.with(tenant -> keys);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private FieldCipher only(int index) {
        try {
            return cipher(only(wrapping, index), only(indexing, index));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    protected FieldCipher old() {
        return only(0);
    }

    @Override
    protected FieldCipher rotated() {
        return cipher(wrapping, indexing);
    }

    @Override
    protected FieldCipher retired() {
        return only(1);
    }

    @Test
    void keys_are_rotated_while_customers_are_kept_and_found() throws GeneralSecurityException {
        var database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:tink;DB_CLOSE_DELAY=-1");
        var out = new ByteArrayOutputStream();

        Rotation.run(database, new PrintStream(out, true, StandardCharsets.UTF_8));

        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("found with both keys: true", "renewed: 1", "found with the new key alone: true");
    }

    @Test
    void ids_that_name_no_token_are_refused() throws GeneralSecurityException {
        KeysetHandle random = KeysetHandle.newBuilder()
                .addEntry(KeysetHandle.generateEntryFromParametersName("HMAC_SHA256_PRF")
                        .withFixedId(1_000)
                        .makePrimary())
                .build();
        assertThatThrownBy(() -> TinkKeys.of(wrapping, random))
                .isInstanceOfSatisfying(
                        CrmException.class, e -> assertThat(e.code()).isEqualTo(CoreError.INVALID_VALUE));
        assertThat(TinkKeys.of(wrapping, indexing)).hasToString("TinkKeys[1, 2]");
    }
}

package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.privacy.AesGcmCipher;
import dev.retailcrm.core.privacy.KeyRing;
import dev.retailcrm.core.spi.FieldCipher;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AesGcmCipherTest extends FieldCipherContract {
    private static final KeyRing OLD = KeyRing.of(1, secret(1));
    private static final KeyRing BOTH = OLD.and(2, secret(2));
    private static final KeyRing NEW = KeyRing.of(2, secret(2));

    @Override
    protected FieldCipher old() {
        return AesGcmCipher.with(tenant -> OLD);
    }

    @Override
    protected FieldCipher rotated() {
        return AesGcmCipher.with(tenant -> BOTH);
    }

    @Override
    protected FieldCipher retired() {
        return AesGcmCipher.with(tenant -> NEW);
    }

    @Test
    void writes_with_the_old_key_until_it_is_told_otherwise() {
        var cautious = AesGcmCipher.with(tenant -> BOTH.writingWith(1));

        assertThat(cautious.index(TenantId.of("acme"), "PHONE", "+8613812345678"))
                .isEqualTo(old().index(TenantId.of("acme"), "PHONE", "+8613812345678"));
        assertThat(cautious.candidates(TenantId.of("acme"), "PHONE", "+8613812345678"))
                .extracting(it -> it.version())
                .containsExactly(1, 2);
    }

    @Test
    void rings_refuse_short_secrets_and_doubled_versions_and_show_nothing() {
        refused(() -> KeyRing.of(1, new byte[31]));
        refused(() -> KeyRing.of(0, secret(1)));
        refused(() -> OLD.and(1, secret(2)));
        assertThat(BOTH).hasToString("KeyRing[1, 2]");
    }

    @Test
    void a_ring_keeps_a_copy_of_its_secret() {
        byte[] secret = secret(1);
        var before = AesGcmCipher.with(tenant -> OLD).index(TenantId.of("acme"), "f", "v");
        KeyRing ring = KeyRing.of(1, secret);
        Arrays.fill(secret, (byte) 9);

        assertThat(AesGcmCipher.with(tenant -> ring).index(TenantId.of("acme"), "f", "v"))
                .isEqualTo(before);
    }

    private static void refused(Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        CrmException.class, e -> assertThat(e.code()).isEqualTo(CoreError.INVALID_VALUE));
    }

    private static byte[] secret(int fill) {
        byte[] secret = new byte[KeyRing.SECRET_BYTES];
        Arrays.fill(secret, (byte) fill);
        return secret;
    }
}

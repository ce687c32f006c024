package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.BlindIndex;
import dev.retailcrm.core.spi.FieldCipher;
import dev.retailcrm.core.spi.FieldContext;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The rules of {@link FieldCipher}. */
public abstract class FieldCipherContract {
    private static final TenantId ACME = TenantId.of("acme");
    private static final TenantId ZENITH = TenantId.of("zenith");
    private static final CustomerId ANN = CustomerId.of(1);
    private static final CustomerId BOB = CustomerId.of(2);
    private static final FieldContext NAME = new FieldContext(ACME, ANN, "crm_customer.personal");
    private static final String TEXT = "Ann Lee of the river";

    /** A contract. */
    protected FieldCipherContract() {}

    /** A cipher whose tenants acme and zenith have a key of version 1, which is written with. */
    protected abstract FieldCipher old();

    /** A cipher of which the tenants have that key and a newer one, of version 2, which is written with. */
    protected abstract FieldCipher rotated();

    /** A cipher of which the tenants have the key of version 2 only. */
    protected abstract FieldCipher retired();

    @Test
    public final void fc_1_a_sealed_value_opens_as_it_was() {
        byte[] key = old().newKey(ACME, ANN);
        for (int length : new int[] {0, 1, 15, 16, 17, 65_536}) {
            byte[] clear = new byte[length];
            assertThat(old().open(NAME, key, old().seal(NAME, key, clear))).isEqualTo(clear);
        }
    }

    @Test
    public final void fc_1_it_opens_nowhere_else() {
        byte[] key = old().newKey(ACME, ANN);
        byte[] sealed = old().seal(NAME, key, clear());

        unreadable(() -> old().open(new FieldContext(ACME, ANN, "crm_customer.other"), key, sealed));
        unreadable(() -> old().open(new FieldContext(ACME, BOB, NAME.field()), key, sealed));
        unreadable(() -> old().open(new FieldContext(ZENITH, ANN, NAME.field()), key, sealed));
        unreadable(() -> old().open(NAME, old().newKey(ACME, ANN), sealed));
        unreadable(() -> old().open(NAME, old().newKey(ACME, BOB), sealed));
        unreadable(() -> old().open(NAME, new byte[0], sealed));
        unreadable(() -> old().open(NAME, key, new byte[0]));
    }

    @Test
    public final void fc_1_a_change_of_any_bit_is_noticed() {
        byte[] key = old().newKey(ACME, ANN);
        byte[] sealed = old().seal(NAME, key, clear());

        for (int bit = 0; bit < 8 * sealed.length; bit++) {
            byte[] altered = flipped(sealed, bit);
            unreadable(() -> old().open(NAME, key, altered));
        }
        for (int bit = 0; bit < 8 * key.length; bit++) {
            byte[] altered = flipped(key, bit);
            unreadable(() -> old().open(NAME, altered, sealed));
        }
    }

    @Test
    public final void fc_2_no_two_keys_are_alike() {
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            byte[] key = old().newKey(ACME, ANN);
            assertThat(key).hasSizeLessThanOrEqualTo(120);
            keys.add(HexFormat.of().formatHex(key));
        }
        assertThat(keys).hasSize(1_000);
    }

    @Test
    public final void fc_3_a_key_wrapped_anew_opens_what_was_sealed_before() {
        byte[] key = old().newKey(ACME, ANN);
        byte[] sealed = old().seal(NAME, key, clear());

        byte[] rewrapped = rotated().rewrap(ACME, ANN, key);

        assertThat(rotated().open(NAME, key, sealed)).isEqualTo(clear());
        assertThat(retired().open(NAME, rewrapped, sealed)).isEqualTo(clear());
        unreadable(() -> retired().open(NAME, key, sealed));
        unreadable(() -> old().open(NAME, rewrapped, sealed));
        assertThat(rotated().rewrap(ACME, ANN, rewrapped)).isEqualTo(rewrapped);
        unreadable(() -> rotated().rewrap(ACME, BOB, key));
    }

    @Test
    public final void fc_4_a_value_sealed_twice_looks_different_and_shows_nothing() {
        byte[] key = old().newKey(ACME, ANN);
        byte[] first = old().seal(NAME, key, clear());
        byte[] second = old().seal(NAME, key, clear());

        assertThat(first).isNotEqualTo(second);
        assertThat(HexFormat.of().formatHex(first))
                .doesNotContain(HexFormat.of().formatHex(clear()));
        assertThat(HexFormat.of().formatHex(second))
                .doesNotContain(HexFormat.of().formatHex(clear()));
    }

    @Test
    public final void fc_6_a_sealed_value_is_told_from_text() {
        byte[] key = old().newKey(ACME, ANN);
        assertThat(old().seal(NAME, key, clear())[0]).isBetween((byte) 0, (byte) 31);
    }

    @Test
    public final void fc_5_equal_values_of_a_tenant_and_field_have_equal_tokens_and_others_have_others() {
        String phone = "+8613812345678";
        BlindIndex token = old().index(ACME, "PHONE", phone);

        assertThat(old().index(ACME, "PHONE", phone)).isEqualTo(token);
        assertThat(Set.of(
                        token.token(),
                        old().index(ZENITH, "PHONE", phone).token(),
                        old().index(ACME, "EMAIL", phone).token(),
                        old().index(ACME, "PHONE", "+8613812345679").token(),
                        rotated().index(ACME, "PHONE", phone).token()))
                .hasSize(5)
                .noneMatch(it -> it.contains("13812345678"));
    }

    @Test
    public final void fc_5_the_candidates_are_the_tokens_of_all_keys_the_newest_first() {
        String phone = "+8613812345678";

        assertThat(rotated().candidates(ACME, "PHONE", phone))
                .containsExactly(rotated().index(ACME, "PHONE", phone), old().index(ACME, "PHONE", phone));
        assertThat(old().candidates(ACME, "PHONE", phone)).containsExactly(old().index(ACME, "PHONE", phone));
    }

    private static byte[] clear() {
        return TEXT.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        byte[] copy = bytes.clone();
        copy[bit / 8] ^= (byte) (1 << (bit % 8));
        return copy;
    }

    private static void unreadable(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CrmException.class, e -> assertThat(e.code()).isEqualTo(CoreError.UNREADABLE_DATA));
    }
}

package dev.retailcrm.core.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.TenantId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class AddressKeysTest {
    private static final TenantId ACME = TenantId.of("acme");
    private static final Identity PHONE = Identity.phone("+8613812345678");
    private static final byte[] KEY = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NEXT = "fedcba9876543210".getBytes(StandardCharsets.US_ASCII);

    @Test
    void an_address_has_one_token_however_it_is_written() {
        List<String> token = AddressKeys.of(KEY).tokens(ACME, PHONE);

        assertThat(AddressKeys.of(KEY).tokens(ACME, Identity.phone("138 1234 5678", "CN")))
                .isEqualTo(token)
                .hasSize(1);
        assertThat(token.get(0)).matches("[0-9a-f]{64}").doesNotContain("13812345678");
    }

    @Test
    void other_addresses_tenants_and_keys_have_other_tokens() {
        String token = AddressKeys.of(KEY).tokens(ACME, PHONE).get(0);

        assertThat(AddressKeys.of(KEY).tokens(ACME, Identity.phone("+8613812345679")))
                .doesNotContain(token);
        assertThat(AddressKeys.of(KEY).tokens(TenantId.of("zenith"), PHONE)).doesNotContain(token);
        assertThat(AddressKeys.of(NEXT).tokens(ACME, PHONE)).doesNotContain(token);
    }

    @Test
    void the_newest_key_comes_first_and_former_ones_follow() {
        assertThat(AddressKeys.of(NEXT, KEY).tokens(ACME, PHONE))
                .containsExactly(
                        AddressKeys.of(NEXT).tokens(ACME, PHONE).get(0),
                        AddressKeys.of(KEY).tokens(ACME, PHONE).get(0));
    }

    @Test
    void a_short_key_is_refused() {
        assertThatThrownBy(() -> AddressKeys.of(new byte[15])).isInstanceOf(CrmException.class);
        assertThatThrownBy(() -> AddressKeys.of(KEY, new byte[0])).isInstanceOf(CrmException.class);
    }
}

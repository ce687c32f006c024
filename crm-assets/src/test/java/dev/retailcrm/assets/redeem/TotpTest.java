package dev.retailcrm.assets.redeem;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the values of RFC 6238, appendix B, for SHA-256. */
class TotpTest {
    private static final byte[] SECRET = "12345678901234567890123456789012".getBytes(StandardCharsets.US_ASCII);

    @ParameterizedTest
    @CsvSource({
        "59, 46119246",
        "1111111109, 68084774",
        "1111111111, 67062674",
        "1234567890, 91819424",
        "2000000000, 90698825",
        "20000000000, 77737706"
    })
    void gives_the_passwords_of_the_rfc(long second, String password) {
        assertThat(Totp.code(SECRET, Totp.step(second * 1000), new byte[0])).isEqualTo(password);
        assertThat(Totp.code(SECRET, Totp.step(second * 1000), new byte[] {1})).isNotEqualTo(password);
    }
}

package dev.retailcrm.jdbc;

import dev.retailcrm.core.privacy.AesGcmCipher;
import dev.retailcrm.core.privacy.KeyRing;
import dev.retailcrm.core.spi.FieldCipher;
import dev.retailcrm.tck.CrmFixture;
import dev.retailcrm.tck.LastFourContract;
import org.junit.jupiter.api.Nested;

/** The last four of phones and cards, by blind indexes under a ring of two keys. */
class SealedLastFourTest {
    private static final KeyRing RING = KeyRing.of(1, new byte[32]).and(2, new byte[32]);
    private static final FieldCipher CIPHER = AesGcmCipher.with(tenant -> RING);

    @Nested
    class OnH2 extends LastFourContract {
        @Override
        protected CrmFixture fixture() {
            return JdbcFixture.on(JdbcFixture.Kind.H2, CIPHER);
        }
    }

    @Nested
    class OnPostgres extends LastFourContract {
        @Override
        protected CrmFixture fixture() {
            return JdbcFixture.on(JdbcFixture.Kind.POSTGRESQL, CIPHER);
        }
    }

    @Nested
    class OnMariaDb extends LastFourContract {
        @Override
        protected CrmFixture fixture() {
            return JdbcFixture.on(JdbcFixture.Kind.MARIADB, CIPHER);
        }
    }
}

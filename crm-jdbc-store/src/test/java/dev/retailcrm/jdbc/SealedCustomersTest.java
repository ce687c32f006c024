package dev.retailcrm.jdbc;

import dev.retailcrm.core.privacy.AesGcmCipher;
import dev.retailcrm.core.privacy.KeyRing;
import dev.retailcrm.core.spi.FieldCipher;
import dev.retailcrm.tck.CrmFixture;
import dev.retailcrm.tck.CustomerStoreContract;
import org.junit.jupiter.api.Nested;

/** The rules of customer stores where personal data is enciphered, under a ring of two keys. */
class SealedCustomersTest {
    private static final KeyRing RING = KeyRing.of(1, new byte[32]).and(2, new byte[32]);
    private static final FieldCipher CIPHER = AesGcmCipher.with(tenant -> RING);

    @Nested
    class OnH2 extends CustomerStoreContract {
        @Override
        protected CrmFixture fixture() {
            return JdbcFixture.on(JdbcFixture.Kind.H2, CIPHER);
        }
    }

    @Nested
    class OnPostgres extends CustomerStoreContract {
        @Override
        protected CrmFixture fixture() {
            return JdbcFixture.on(JdbcFixture.Kind.POSTGRESQL, CIPHER);
        }
    }

    @Nested
    class OnMariaDb extends CustomerStoreContract {
        @Override
        protected CrmFixture fixture() {
            return JdbcFixture.on(JdbcFixture.Kind.MARIADB, CIPHER);
        }
    }
}

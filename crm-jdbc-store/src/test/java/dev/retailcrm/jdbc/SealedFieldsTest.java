package dev.retailcrm.jdbc;

import dev.retailcrm.core.privacy.AesGcmCipher;
import dev.retailcrm.core.privacy.KeyRing;
import dev.retailcrm.core.spi.FieldCipher;
import dev.retailcrm.tck.CrmFixture;
import dev.retailcrm.tck.CustomFieldsContract;
import dev.retailcrm.tck.FieldStoreContract;
import org.junit.jupiter.api.Nested;

/** The rules of custom fields where personal data is enciphered, under a ring of two keys. */
class SealedFieldsTest {
    private static final KeyRing RING = KeyRing.of(1, new byte[32]).and(2, new byte[32]);
    private static final FieldCipher CIPHER = AesGcmCipher.with(tenant -> RING);

    @Nested
    class StoreOnPostgres extends FieldStoreContract {
        @Override
        protected CrmFixture fixture() {
            return JdbcFixture.on(JdbcFixture.Kind.POSTGRESQL, CIPHER);
        }
    }

    @Nested
    class OnH2 extends CustomFieldsContract {
        @Override
        protected CrmFixture fixture() {
            return JdbcFixture.on(JdbcFixture.Kind.H2, CIPHER);
        }
    }

    @Nested
    class OnMariaDb extends CustomFieldsContract {
        @Override
        protected CrmFixture fixture() {
            return JdbcFixture.on(JdbcFixture.Kind.MARIADB, CIPHER);
        }
    }
}

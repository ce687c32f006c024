package dev.retailcrm.jdbc;

import dev.retailcrm.core.privacy.AesGcmCipher;
import dev.retailcrm.core.privacy.KeyRing;
import dev.retailcrm.core.spi.FieldCipher;
import dev.retailcrm.tck.CrmFixture;
import dev.retailcrm.tck.SyncStoreContract;
import dev.retailcrm.tck.TagSyncContract;
import org.junit.jupiter.api.Nested;

/** The rules of synchronisation where references are enciphered, under a ring of two keys. */
class SealedSyncTest {
    private static final KeyRing RING = KeyRing.of(1, new byte[32]).and(2, new byte[32]);
    private static final FieldCipher CIPHER = AesGcmCipher.with(tenant -> RING);

    @Nested
    class StoreOnPostgres extends SyncStoreContract {
        @Override
        protected CrmFixture fixture() {
            return JdbcFixture.on(JdbcFixture.Kind.POSTGRESQL, CIPHER);
        }
    }

    @Nested
    class StoreOnMariaDb extends SyncStoreContract {
        @Override
        protected CrmFixture fixture() {
            return JdbcFixture.on(JdbcFixture.Kind.MARIADB, CIPHER);
        }
    }

    @Nested
    class StoreOnH2 extends SyncStoreContract {
        @Override
        protected CrmFixture fixture() {
            return JdbcFixture.on(JdbcFixture.Kind.H2, CIPHER);
        }
    }

    @Nested
    class OnH2 extends TagSyncContract {
        @Override
        protected CrmFixture fixture() {
            return JdbcFixture.on(JdbcFixture.Kind.H2, CIPHER);
        }
    }
}

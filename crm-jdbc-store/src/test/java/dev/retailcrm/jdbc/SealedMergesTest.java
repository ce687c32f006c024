package dev.retailcrm.jdbc;

import dev.retailcrm.core.privacy.AesGcmCipher;
import dev.retailcrm.core.privacy.KeyRing;
import dev.retailcrm.core.spi.FieldCipher;
import dev.retailcrm.tck.CrmFixture;
import dev.retailcrm.tck.MergeContract;
import org.junit.jupiter.api.Nested;

/** Merges where personal data is enciphered: what moves is enciphered anew for the survivor. */
class SealedMergesTest {
    private static final KeyRing RING = KeyRing.of(1, new byte[32]);
    private static final FieldCipher CIPHER = AesGcmCipher.with(tenant -> RING);

    @Nested
    class OnH2 extends MergeContract {
        @Override
        protected CrmFixture fixture() {
            return JdbcFixture.on(JdbcFixture.Kind.H2, CIPHER);
        }
    }

    @Nested
    class OnPostgres extends MergeContract {
        @Override
        protected CrmFixture fixture() {
            return JdbcFixture.on(JdbcFixture.Kind.POSTGRESQL, CIPHER);
        }
    }

    @Nested
    class OnMariaDb extends MergeContract {
        @Override
        protected CrmFixture fixture() {
            return JdbcFixture.on(JdbcFixture.Kind.MARIADB, CIPHER);
        }
    }
}

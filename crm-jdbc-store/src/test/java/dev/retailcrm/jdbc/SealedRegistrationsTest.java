package dev.retailcrm.jdbc;

import dev.retailcrm.core.privacy.AesGcmCipher;
import dev.retailcrm.core.privacy.KeyRing;
import dev.retailcrm.tck.CrmFixture;
import dev.retailcrm.tck.RegistrationBatchContract;

/** Many registrations at once where personal data is enciphered, under a ring of two keys. */
class SealedRegistrationsTest extends RegistrationBatchContract {
    private static final KeyRing RING = KeyRing.of(1, new byte[32]).and(2, new byte[32]);

    @Override
    protected CrmFixture fixture() {
        return JdbcFixture.on(JdbcFixture.Kind.POSTGRESQL, AesGcmCipher.with(tenant -> RING));
    }
}

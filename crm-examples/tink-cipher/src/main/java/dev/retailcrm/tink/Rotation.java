package dev.retailcrm.tink;

import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.prf.PrfConfig;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.jdbc.CrmSchema;
import dev.retailcrm.jdbc.JdbcCrm;
import dev.retailcrm.jdbc.JdbcTenant;
import java.io.PrintStream;
import java.security.GeneralSecurityException;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** Rotates the keys of a tenant while its customers are kept and found, and takes the old ones away. */
public final class Rotation {
    private static final String PHONE = "+8613812345678";

    private Rotation() {}

    /** Runs on a database in memory; no arguments. */
    public static void main(String[] args) throws GeneralSecurityException {
        var database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:rotation;DB_CLOSE_DELAY=-1");
        run(database, System.out);
    }

    static void run(DataSource database, PrintStream out) throws GeneralSecurityException {
        AeadConfig.register();
        PrfConfig.register();
        CrmSchema.on(database).migrate();
        KeysetHandle wrapping = first("AES256_GCM");
        KeysetHandle indexing = first("HMAC_SHA256_PRF");
        var ann = shop(database, wrapping, indexing)
                .customers()
                .register(Registration.of("Ann").phone(PHONE).key("ann"));

        KeysetHandle wrappingBoth = second(wrapping, "AES256_GCM");
        KeysetHandle indexingBoth = second(indexing, "HMAC_SHA256_PRF");
        var both = shop(database, wrappingBoth, indexingBoth);
        out.println(
                "found with both keys: " + both.customers().findByPhone(PHONE).isPresent());
        out.println("renewed: " + both.customers().renew(null, 100).renewed());

        var alone = shop(database, without(wrappingBoth), without(indexingBoth));
        out.println("found with the new key alone: "
                + alone.customers().findByPhone(PHONE).filter(ann::equals).isPresent());
    }

    private static JdbcTenant shop(DataSource database, KeysetHandle wrapping, KeysetHandle indexing)
            throws GeneralSecurityException {
        TinkKeys keys = TinkKeys.of(wrapping, indexing);
        return JdbcCrm.builder(database)
                .cipher(TinkCipher.with(tenant -> keys))
                .build()
                .tenant("shop");
    }

    private static KeysetHandle first(String template) throws GeneralSecurityException {
        return KeysetHandle.newBuilder()
                .addEntry(KeysetHandle.generateEntryFromParametersName(template)
                        .withFixedId(1)
                        .makePrimary())
                .build();
    }

    /** With a key of id 2 that is written with. */
    private static KeysetHandle second(KeysetHandle keys, String template) throws GeneralSecurityException {
        return KeysetHandle.newBuilder(keys)
                .addEntry(KeysetHandle.generateEntryFromParametersName(template)
                        .withFixedId(2)
                        .makePrimary())
                .build();
    }

    /** Without the key of id 1. */
    private static KeysetHandle without(KeysetHandle keys) throws GeneralSecurityException {
        return KeysetHandle.newBuilder(keys).deleteAt(0).build();
    }
}

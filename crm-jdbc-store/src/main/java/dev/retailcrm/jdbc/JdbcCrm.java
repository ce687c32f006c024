package dev.retailcrm.jdbc;

import dev.retailcrm.core.access.RolePolicy;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerIds;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.AccessPolicy;
import dev.retailcrm.core.spi.CustomerOwners;
import dev.retailcrm.core.spi.FieldCipher;
import dev.retailcrm.core.spi.UnitOfWork;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The customer kernel on a host's database: {@code JdbcCrm.on(dataSource).tenant("acme").points()}. It starts no threads and keeps
 * no connection. Thread-safe; make one and keep it.
 *
 * <p>A command joins the host's transaction if the {@link DataSource} hands out a connection with autocommit off, which is how
 * Spring's {@code TransactionAwareDataSourceProxy} and application servers show one; else it opens and commits its own. For a
 * transaction on a connection in the host's own hands there is {@link #with(Connection)}.
 */
public final class JdbcCrm {
    private final Wiring wiring;
    private final UnitOfWork unitOfWork;
    private final AccessPolicy accessPolicy;

    private JdbcCrm(Wiring wiring, UnitOfWork unitOfWork) {
        this.wiring = wiring;
        this.unitOfWork = unitOfWork;
        this.accessPolicy = wiring.accessPolicy(unitOfWork);
    }

    /** The kernel on this database with defaults; see {@link Builder#build()} for what is refused. */
    public static JdbcCrm on(DataSource dataSource) {
        return builder(dataSource).build();
    }

    /** Starts with the defaults. */
    public static Builder builder(DataSource dataSource) {
        return new Builder(Check.present(dataSource, "data source"));
    }

    /** The facades of one tenant. */
    public JdbcTenant tenant(String tenant) {
        return tenant(TenantId.of(tenant));
    }

    /** The facades of one tenant. */
    public JdbcTenant tenant(TenantId tenant) {
        return new JdbcTenant(Check.present(tenant, "tenant"), wiring, unitOfWork, accessPolicy);
    }

    /** To run several commands as one: they all commit or none does. */
    public UnitOfWork unitOfWork() {
        return unitOfWork;
    }

    /**
     * The same kernel inside the transaction of this connection, which the host commits or rolls back. For one transaction on one
     * thread: after its end call this again.
     *
     * @throws CrmException {@link CoreError#CONNECTION_UNSUITABLE} if the connection is in autocommit mode
     */
    public JdbcCrm with(Connection connection) {
        try {
            if (Check.present(connection, "connection").getAutoCommit()) {
                throw CoreError.CONNECTION_UNSUITABLE.because(
                        "the connection is in autocommit mode: there is no transaction to join");
            }
        } catch (SQLException e) {
            throw CoreError.STORE_FAILED.causedBy(e, "the connection failed: SQL state %s", e.getSQLState());
        }
        return new JdbcCrm(wiring, new HostUnitOfWork(wiring.work(), wiring.session(connection)));
    }

    /** Commands on a host's connection: join it, whatever the data source says. */
    private record HostUnitOfWork(JdbcUnitOfWork work, Session session) implements UnitOfWork {
        @Override
        public <T> T run(Supplier<T> command) {
            return work.on(session, command, true);
        }

        @Override
        public <T> T read(Supplier<T> query) {
            return work.on(session, query, false);
        }
    }

    /** Settings of a kernel. Not thread-safe. */
    public static final class Builder {
        private final DataSource dataSource;
        private InstantSource clock = Clock.systemUTC();
        private ZoneId zone = ZoneOffset.UTC;
        private @Nullable String region;
        private @Nullable Integer node;
        private @Nullable FieldCipher cipher;
        private Function<CustomerOwners, AccessPolicy> accessPolicy = owners -> RolePolicy.none();

        private Builder(DataSource dataSource) {
            this.dataSource = dataSource;
        }

        /** What dates commands that are not dated. Default: the system's clock. */
        public Builder clock(InstantSource instants) {
            clock = Check.present(instants, "clock");
            return this;
        }

        /** The retailer's zone, in which calendar expiry ends. Default: UTC. */
        public Builder zone(ZoneId retailers) {
            zone = Check.present(retailers, "zone");
            return this;
        }

        /** The region phone numbers without country code are dialled in, such as {@code CN}. Default: none, so they are refused. */
        public Builder region(String code) {
            region = Check.present(code, "region");
            return this;
        }

        /**
         * What enciphers names, addresses, remarks and identities before they are stored, such as
         * {@code AesGcmCipher.with(tenant -> ring)}. Records written before are read too, and enciphered as they change. Default: none.
         */
        public Builder cipher(FieldCipher fields) {
            cipher = Check.present(fields, "cipher");
            return this;
        }

        /** What principals may do, see {@code as} of a tenant. Default: {@link RolePolicy#none()}, nothing. */
        public Builder accessPolicy(AccessPolicy policy) {
            Check.present(policy, "access policy");
            return accessPolicy(owners -> policy);
        }

        /**
         * The same, made from who looks after customers by the tenants' own {@code ownership()}:
         * {@code accessPolicy(owners -> RolePolicy.builder(owners)…build())}. Made anew for each {@link #with(Connection)}.
         */
        public Builder accessPolicy(Function<CustomerOwners, AccessPolicy> policy) {
            accessPolicy = Check.present(policy, "access policy");
            return this;
        }

        /** The number of this process, 0 to 1,023, different for each that registers customers. Default: at random. */
        public Builder node(int number) {
            node = number;
            return this;
        }

        /**
         * The kernel.
         *
         * @throws CrmException {@link CoreError#SCHEMA_MISMATCH} if the tables are absent or of another version;
         *     {@link CoreError#CONNECTION_UNSUITABLE} if the data source's connections start with autocommit off outside any
         *     transaction (nobody would commit), or the database is none of H2, PostgreSQL and MariaDB;
         *     {@link CoreError#STORE_FAILED} if it does not answer
         */
        public JdbcCrm build() {
            Wiring wiring = wiring();
            return new JdbcCrm(wiring, wiring.work());
        }

        /** The stores behind it. */
        Wiring wiring() {
            Settings settings;
            Turns turns;
            try (Connection connection = dataSource.getConnection()) {
                settings = Settings.of(connection);
                turns = Turns.on(connection, settings.engine());
                if (!connection.getAutoCommit()) {
                    throw CoreError.CONNECTION_UNSUITABLE.because(
                            "the data source's connections start with autocommit off: nobody would commit");
                }
            } catch (SQLException e) {
                throw CoreError.STORE_FAILED.causedBy(e, "no connection: SQL state %s", e.getSQLState());
            }
            CrmSchema.on(dataSource).check();
            CustomerIds ids = node == null ? CustomerIds.on(clock) : CustomerIds.on(clock, node);
            return Wiring.of(dataSource, settings, turns, clock, zone, region, ids, cipher, accessPolicy);
        }
    }
}

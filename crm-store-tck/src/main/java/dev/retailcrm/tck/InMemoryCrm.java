package dev.retailcrm.tck;

import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.Ledger;
import dev.retailcrm.assets.ledger.Terms;
import dev.retailcrm.assets.points.Points;
import dev.retailcrm.assets.spi.GuessThrottle;
import dev.retailcrm.assets.spi.LedgerPorts;
import dev.retailcrm.assets.stored.GiftCards;
import dev.retailcrm.assets.stored.LocalGuessThrottle;
import dev.retailcrm.assets.stored.StoredValue;
import dev.retailcrm.core.customer.Customers;
import dev.retailcrm.core.event.EventListener;
import dev.retailcrm.core.event.EventRelay;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CustomerIds;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.UnitOfWork;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.joda.money.CurrencyUnit;
import org.jspecify.annotations.Nullable;

/**
 * The whole library wired to memory, for tests, demos and evaluation; what is written is gone with the process. Thread-safe.
 *
 * <pre>{@code
 * var crm = InMemoryCrm.on(clock);
 * Customer ann = crm.tenant("acme").customers().register(Registration.of("Ann").key("reg/1"));
 * crm.tenant("acme").points().earn(ann.id(), 100, Posting.key("S01/till-3/000812/earn"));
 * }</pre>
 */
public final class InMemoryCrm {
    private final InMemoryDatabase database;
    private final LedgerPorts ledgerPorts;
    private final InstantSource clock;
    private final CustomerIds ids;
    private final @Nullable String region;
    private final Map<Asset, Terms> terms;
    private final ZoneId zone;
    private final GuessThrottle guesses = new LocalGuessThrottle();

    private InMemoryCrm(Builder settings) {
        this.clock = settings.clock;
        this.database = new InMemoryDatabase(settings.lockWait);
        this.ledgerPorts = database.ledgerPorts(clock);
        this.ids = CustomerIds.on(clock);
        this.region = settings.region;
        this.zone = settings.zone;
        this.terms = Map.copyOf(settings.terms);
    }

    /** An empty one on this clock, with all defaults of {@link #builder}. */
    public static InMemoryCrm on(InstantSource clock) {
        return builder(clock).build();
    }

    /** Starts one that differs from the defaults. */
    public static Builder builder(InstantSource clock) {
        return new Builder(clock);
    }

    /** What belongs to a tenant, such as {@code acme}. */
    public Tenant tenant(String tenant) {
        return tenant(TenantId.of(tenant));
    }

    /** What belongs to a tenant. */
    public Tenant tenant(TenantId tenant) {
        return new Tenant(Check.present(tenant, "tenant"));
    }

    /** Its transactions: what is done in {@code run} is committed together. */
    public UnitOfWork unitOfWork() {
        return database.unitOfWork();
    }

    /** Where it is kept. */
    public InMemoryDatabase database() {
        return database;
    }

    /** The facades of one tenant. Each call makes a new one; they share everything. Thread-safe. */
    public final class Tenant {
        private final TenantId tenant;

        private Tenant(TenantId tenant) {
            this.tenant = tenant;
        }

        /** Its customers. */
        public Customers customers() {
            Customers.Builder builder = Customers.builder(tenant, clock).ids(ids);
            return (region == null ? builder : builder.region(region))
                    .in(database.customers(), database.requests(), database.unitOfWork());
        }

        /** The points of its program {@code standard}. */
        public Points points() {
            return points("standard");
        }

        /** The points of one of its programs. */
        public Points points(String program) {
            return new Points(ledger(Asset.points(program)));
        }

        /** Its stored value in a currency. */
        public StoredValue storedValue(CurrencyUnit currency) {
            return new StoredValue(ledger(Asset.storedValue(currency)));
        }

        /** Its gift cards in a currency. */
        public GiftCards giftCards(CurrencyUnit currency) {
            return GiftCards.builder(tenant, currency, termsOf(Asset.giftCard(currency)))
                    .ids(ids)
                    .throttle(guesses)
                    .in(database.giftCards(), ledgerPorts, storedValue(currency));
        }

        /** The ledger of an asset. */
        public Ledger ledger(Asset asset) {
            return new Ledger(tenant, asset, termsOf(asset), ledgerPorts);
        }

        private Terms termsOf(Asset asset) {
            return terms.getOrDefault(asset, Terms.in(zone));
        }

        /** A relay of its events to a listener; the host drains it. */
        public EventRelay events(EventListener listener) {
            return EventRelay.builder(tenant, database.outbox(), database.unitOfWork(), clock)
                    .to(listener);
        }
    }

    /** Settings. Not thread-safe. */
    public static final class Builder {
        private final InstantSource clock;
        private Duration lockWait = InMemoryDatabase.DEFAULT_LOCK_WAIT;
        private ZoneId zone = ZoneOffset.UTC;
        private final Map<Asset, Terms> terms = new HashMap<>();
        private @Nullable String region;

        private Builder(InstantSource clock) {
            this.clock = Check.present(clock, "clock");
        }

        /** How long a lock is waited for. Default: 5 seconds. */
        public Builder lockWait(Duration wait) {
            lockWait = Check.present(wait, "lock wait");
            return this;
        }

        /** The retailer's zone, in which calendar rules are counted. Default: UTC. */
        public Builder zone(ZoneId retailers) {
            zone = Check.present(retailers, "zone");
            return this;
        }

        /** The terms of an asset. Default: {@link Terms#in} the retailer's zone. */
        public Builder terms(Asset asset, Terms rules) {
            terms.put(Check.present(asset, "asset"), Check.present(rules, "terms"));
            return this;
        }

        /** The region in which phone numbers without a country code are read. Default: none, so that they are refused. */
        public Builder region(String code) {
            region = Check.present(code, "region");
            return this;
        }

        /** The library, with nothing in it. */
        public InMemoryCrm build() {
            return new InMemoryCrm(this);
        }
    }
}

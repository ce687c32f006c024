package dev.retailcrm.assets.redeem;

import dev.retailcrm.assets.definition.Definitions;
import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.spi.BenefitPorts;
import dev.retailcrm.core.access.Access;
import dev.retailcrm.core.access.Right;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import java.util.Optional;
import java.util.SortedMap;

/** The goods that one tenant offers for points; customers get them by {@link Redemptions}. Thread-safe. Commands are booked once per request key. */
public final class Exchanges {
    private final TenantId tenant;
    private final BenefitPorts ports;
    private final Definitions<ExchangeOffer> offers;
    private final Access access;

    /** The offers of a tenant. */
    public Exchanges(TenantId tenant, BenefitPorts ports) {
        this(tenant, ports, Access.unrestricted());
    }

    private Exchanges(TenantId tenant, BenefitPorts ports, Access access) {
        this.tenant = Check.present(tenant, "tenant");
        this.ports = Check.present(ports, "ports");
        this.offers = ExchangeOffer.definitions(tenant, ports);
        this.access = access;
    }

    /** The same offers, as far as this access permits. */
    public Exchanges guardedBy(Access granted) {
        return new Exchanges(tenant, ports, Check.present(granted, "access"));
    }

    /**
     * Makes an offer, or changes one: with version 0 there must be none of its key, else that version must be the latest. More goods are a larger stock;
     * with one smaller than what is taken, nothing is left.
     *
     * @return it, at the next version
     * @throws CrmException {@link CoreError#VERSION_CONFLICT}; {@link AssetError#TOO_MANY_DEFINITIONS}; {@link CoreError#REQUEST_KEY_REUSED}
     */
    public ExchangeOffer define(ExchangeOffer offer, RequestKey key) {
        access.require(Right.DEFINE);
        Check.present(offer, "offer");
        return offers.define(offer, Check.present(key, "request key"), it -> {});
    }

    /**
     * Takes an offer out of use.
     *
     * @throws CrmException {@link AssetError#UNKNOWN_DEFINITION}; {@link CoreError#REQUEST_KEY_REUSED}
     */
    public ExchangeOffer retire(String offer, RequestKey key) {
        access.require(Right.DEFINE);
        Check.code(offer, RedeemItem.MAX_KEY, "key of the offer");
        return offers.retire(offer, key);
    }

    /** An offer, retired or not; empty if there is none. One round trip. */
    public Optional<ExchangeOffer> find(String offer) {
        access.require(Right.READ_DEFINITIONS);
        Check.code(offer, RedeemItem.MAX_KEY, "key of the offer");
        return Optional.ofNullable(offers.all().get(offer));
    }

    /** All offers by key, retired ones among them. One round trip. */
    public SortedMap<String, ExchangeOffer> all() {
        access.require(Right.READ_DEFINITIONS);
        return offers.all();
    }

    /**
     * How many pieces of an offer are in stock; {@link Long#MAX_VALUE} for any number. Two round trips.
     *
     * @throws CrmException {@link AssetError#UNKNOWN_DEFINITION}
     */
    public long left(String offer) {
        access.require(Right.READ_DEFINITIONS);
        Check.code(offer, RedeemItem.MAX_KEY, "key of the offer");
        return ports.ledger().unitOfWork().read(() -> {
            ExchangeOffer found = offers.require(offer);
            return found.stock() == 0
                    ? Long.MAX_VALUE
                    : Math.max(0, found.stock() - ports.store().taken(tenant, offer));
        });
    }
}

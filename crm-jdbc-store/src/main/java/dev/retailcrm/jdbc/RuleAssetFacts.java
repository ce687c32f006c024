package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_ACCOUNT;
import static dev.retailcrm.jdbc.schema.tables.CrmHold.CRM_HOLD;
import static dev.retailcrm.jdbc.schema.tables.CrmLot.CRM_LOT;
import static dev.retailcrm.jdbc.schema.tables.CrmMovement.CRM_MOVEMENT;

import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.Hold;
import dev.retailcrm.assets.ledger.Lot;
import dev.retailcrm.assets.ledger.Movement;
import dev.retailcrm.assets.ledger.Part;
import dev.retailcrm.assets.rule.AccountState;
import dev.retailcrm.assets.rule.AssetFacts;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.rule.CustomerFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** What is in accounts, as facts. Not thread-safe. */
final class RuleAssetFacts {
    private final Session session;
    private final TenantId tenant;
    private final AssetFacts wanted;
    private final Map<Owned, Found> accounts = new HashMap<>();

    /** Whose account of what. */
    private record Owned(Long customer, String asset) {}

    /** An account as far as it was read. */
    private static final class Found {
        private final long debt;
        private final @Nullable Instant activeAt;
        private final List<Lot> lots = new ArrayList<>();
        private final Map<Long, Hold> holds = new TreeMap<>();
        private final Map<Long, List<Movement>> reserved = new HashMap<>();

        Found(long debt, @Nullable Instant activeAt) {
            this.debt = debt;
            this.activeAt = activeAt;
        }

        AccountState state() {
            return new AccountState(debt, activeAt, lots, List.copyOf(holds.values()), reserved);
        }
    }

    RuleAssetFacts(Session session, TenantId tenant, AssetFacts wanted) {
        this.session = session;
        this.tenant = tenant;
        this.wanted = wanted;
    }

    void read(Map<Long, CustomerFacts.Builder> customers) {
        Set<Asset> assets = wanted.assets();
        if (assets.isEmpty()) {
            return;
        }
        List<String> codes = assets.stream().map(Asset::code).toList();
        boolean held = accounts(customers.keySet(), codes);
        if (!accounts.isEmpty()) {
            lots(customers.keySet(), codes);
        }
        if (held) {
            holds(customers.keySet(), codes);
        }
        customers.forEach((customer, facts) -> wanted.add(facts, asset -> {
            Found account = accounts.get(new Owned(customer, asset.code()));
            return account == null ? AccountState.NONE : account.state();
        }));
    }

    /** Whether anything is held. */
    private boolean accounts(Collection<Long> ids, List<String> assets) {
        var a = CRM_ACCOUNT;
        boolean held = false;
        for (Record row : session.fetchFresh(session.dsl()
                .select(a.CUSTOMER_ID, a.ASSET, a.HELD, a.DEBT, a.ACTIVE_MS)
                .from(a)
                .where(a.TENANT_ID.eq(tenant.value()))
                .and(a.CUSTOMER_ID.in(ids))
                .and(a.ASSET.in(assets)))) {
            accounts.put(
                    new Owned(row.get(a.CUSTOMER_ID), row.get(a.ASSET)),
                    new Found(row.get(a.DEBT), instant(row.get(a.ACTIVE_MS))));
            held |= row.get(a.HELD) > 0;
        }
        return held;
    }

    private void lots(Collection<Long> ids, List<String> assets) {
        var l = CRM_LOT;
        session.fetchFresh(session.dsl()
                        .select(
                                l.CUSTOMER_ID,
                                l.ASSET,
                                l.LOT_NO,
                                l.PART,
                                l.GRANTED,
                                l.REMAINING,
                                l.HELD,
                                l.AVAILABLE_MS,
                                l.EXPIRES_MS,
                                l.SLIDE_DAYS)
                        .from(l)
                        .where(l.TENANT_ID.eq(tenant.value()))
                        .and(l.CUSTOMER_ID.in(ids))
                        .and(l.ASSET.in(assets))
                        .and(l.OPEN_UNTIL_MS.isNotNull()))
                .forEach(row -> {
                    Found account = accounts.get(new Owned(row.value1(), row.value2()));
                    if (account != null) {
                        account.lots.add(new Lot(
                                row.value3(),
                                Part.valueOf(row.value4()),
                                row.value5(),
                                row.value6(),
                                row.value7(),
                                Instant.ofEpochMilli(row.value8()),
                                instant(row.value9()),
                                row.value10(),
                                null));
                    }
                });
    }

    private void holds(Collection<Long> ids, List<String> assets) {
        var h = CRM_HOLD;
        var m = CRM_MOVEMENT;
        session.fetchFresh(session.dsl()
                        .select(
                                h.CUSTOMER_ID,
                                h.ASSET,
                                h.HOLD_NO,
                                h.AMOUNT,
                                h.EXPIRES_MS,
                                m.LOT_NO,
                                m.PART,
                                m.DELTA,
                                m.HELD_DELTA,
                                m.COST_MINOR)
                        .from(h)
                        .join(m)
                        .on(RuleAssets.reserves(h, m))
                        .where(h.TENANT_ID.eq(tenant.value()))
                        .and(h.CUSTOMER_ID.in(ids))
                        .and(h.ASSET.in(assets))
                        .and(h.OPEN_UNTIL_MS.isNotNull())
                        .orderBy(h.CUSTOMER_ID, h.ASSET, m.SEQ, m.LINE))
                .forEach(row -> {
                    Found account = accounts.get(new Owned(row.value1(), row.value2()));
                    if (account != null) {
                        long no = row.value3();
                        account.holds.put(
                                no,
                                new Hold(no, row.value4(), Instant.ofEpochMilli(row.value5()), Hold.State.OPEN, 0, 0));
                        account.reserved
                                .computeIfAbsent(no, first -> new ArrayList<>())
                                .add(new Movement(
                                        no,
                                        row.value6(),
                                        Part.valueOf(row.value7()),
                                        row.value8(),
                                        row.value9(),
                                        row.value10()));
                    }
                });
    }

    private static @Nullable Instant instant(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}

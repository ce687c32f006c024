package dev.retailcrm.assets.ledger;

import dev.retailcrm.assets.spi.LedgerPorts;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.privacy.Erased;
import dev.retailcrm.core.privacy.ErasureObstacle;
import dev.retailcrm.core.privacy.ErasureStep;
import dev.retailcrm.core.privacy.ExportLists;
import dev.retailcrm.core.privacy.ExportRow;
import dev.retailcrm.core.privacy.Ties;
import dev.retailcrm.core.spi.PrivacyParticipant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Accounts, their entries, open lots and holds are exported, without the staff who booked them. The ledger is kept when its customer is
 * erased, but for the reasons that operators wrote, which are emptied. Stored value, holds and debts stand against it, as they are booked:
 * what has lapsed does so until a sweep books that. Thread-safe.
 */
public final class LedgerPrivacy implements PrivacyParticipant {
    private static final String NAME = "ledger";

    private final LedgerPorts ports;

    /** For all ledgers on these ports. */
    public LedgerPrivacy(LedgerPorts ports) {
        this.ports = ports;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Page<ExportRow> export(TenantId tenant, CustomerId customer, PageRequest page) {
        List<AccountId> accounts = ports.store().assets(tenant, customer).stream()
                .map(asset -> new AccountId(tenant, customer, asset))
                .toList();
        List<Function<PageRequest, Page<ExportRow>>> lists = new ArrayList<>();
        lists.add(ExportLists.whole(() -> accounts(tenant, customer)));
        accounts.forEach(account -> lists.add(entries -> entries(account, entries)));
        accounts.forEach(account -> lists.add(ExportLists.whole(() -> lots(account))));
        accounts.forEach(account -> lists.add(ExportLists.whole(() -> holds(account))));
        return ExportLists.page(page, lists);
    }

    private List<ExportRow> accounts(TenantId tenant, CustomerId customer) {
        return ports.history().accounts(tenant, List.of(customer)).getOrDefault(customer, List.of()).stream()
                .map(account -> ExportRow.of("accounts")
                        .and("asset", account.id().asset().code())
                        .and("balance", account.posted())
                        .and("held", account.held())
                        .and("debt", account.debt())
                        .and("pending", account.pending())
                        .and("asOf", account.asOf()))
                .toList();
    }

    private Page<ExportRow> entries(AccountId account, PageRequest page) {
        return Page.of(
                        ports.history()
                                .entries(account, page.afterNumber(0), Instant.EPOCH, Instants.LAST, page.size() + 1),
                        page.size(),
                        last -> Long.toString(last.seq()))
                .map(entry -> row(account.asset(), entry));
    }

    private static ExportRow row(Asset asset, Entry entry) {
        return ExportRow.of("entries")
                .and("asset", asset.code())
                .and("number", entry.seq())
                .and("type", entry.type())
                .and("amount", entry.amount())
                .and("balance", entry.balanceAfter())
                .and("at", entry.at())
                .and("occurredAt", entry.occurredAt())
                .and("reverses", entry.reverses() == 0 ? null : entry.reverses())
                .and("reference", entry.reference())
                .and("reason", entry.reason())
                .and("store", entry.store());
    }

    private List<ExportRow> lots(AccountId account) {
        return ports.store().openLots(account).stream()
                .map(lot -> ExportRow.of("lots")
                        .and("asset", account.asset().code())
                        .and("number", lot.no())
                        .and("part", lot.part())
                        .and("granted", lot.granted())
                        .and("remaining", lot.remaining())
                        .and("availableFrom", lot.availableFrom())
                        .and("expiresAt", lot.expiresAt()))
                .toList();
    }

    private List<ExportRow> holds(AccountId account) {
        return ports.store().openHolds(account).stream()
                .map(hold -> ExportRow.of("holds")
                        .and("asset", account.asset().code())
                        .and("number", hold.no())
                        .and("amount", hold.amount())
                        .and("expiresAt", hold.expiresAt()))
                .toList();
    }

    @Override
    public Erased erase(ErasureStep step, int limit) {
        int emptied = ports.store().forgetReasons(step.tenant(), step.customer(), limit);
        return Erased.of(emptied, limit);
    }

    @Override
    public Map<CustomerId, Ties> ties(TenantId tenant, Collection<CustomerId> customers, Instant at) {
        Map<CustomerId, Ties> ties = new HashMap<>();
        ports.history().accounts(tenant, customers).forEach((customer, accounts) -> ties.put(customer, ties(accounts)));
        return ties;
    }

    private static Ties ties(List<Account> accounts) {
        Instant latest = accounts.stream()
                .map(Account::activeAt)
                .filter(Objects::nonNull)
                .max(Instant::compareTo)
                .orElse(null);
        List<ErasureObstacle> obstacles = new ArrayList<>();
        for (Account account : accounts) {
            Asset asset = account.id().asset();
            if (asset.kind() == AssetKind.STORED_VALUE && account.posted() - account.held() > 0) {
                obstacles.add(new ErasureObstacle(NAME, "VALUE", asset.code()));
            }
            if (account.held() > 0) {
                obstacles.add(new ErasureObstacle(NAME, "HOLD", asset.code()));
            }
            if (account.debt() > 0) {
                obstacles.add(new ErasureObstacle(NAME, "DEBT", asset.code()));
            }
        }
        return new Ties(latest, obstacles);
    }
}

package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.assets.ledger.Account;
import dev.retailcrm.assets.ledger.AccountId;
import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.EntryType;
import dev.retailcrm.assets.ledger.LedgerChange;
import dev.retailcrm.assets.ledger.Lot;
import dev.retailcrm.assets.spi.LedgerStore;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.OutboxStore.Claim;
import dev.retailcrm.core.spi.OutboxStore.Claimed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** Writes changes straight to the ledger store, for the contracts of the ports that write or read them. */
abstract class LedgerPortContract extends StoreContract {
    static final Asset POINTS = Asset.points("standard");
    static final Asset CLUB = Asset.points("club");
    static final Instant T1 = T0.plus(Duration.ofDays(1));
    static final Instant T2 = T0.plus(Duration.ofDays(2));

    final AccountId ann = new AccountId(ACME, nobody(), POINTS);

    final LedgerStore ledger() {
        return crm().ledger();
    }

    interface Decision {
        LedgerChange on(Account account);
    }

    /** Opens the account if need be and books what is decided. */
    final LedgerChange apply(AccountId id, Decision decision) {
        return committed(() -> {
            LedgerChange change = decision.on(ledger().open(id));
            assertThat(ledger().apply(change)).as("booked").isTrue();
            return change;
        });
    }

    final LedgerChange earned(AccountId id, String key, LotSpec... lots) {
        return apply(id, account -> ChangeDraft.earn(account, key, T0, lots));
    }

    static LedgerChange hold(Account account, String key, Lot lot, long amount, Instant until) {
        return ChangeDraft.on(account, key, T0)
                .entry(EntryType.HOLD, 0)
                .move(lot, -amount, amount)
                .place(amount, until)
                .change();
    }

    final Lot now(AccountId id, Lot lot) {
        return ledger().lots(id, List.of(lot.no())).get(0);
    }

    final Account locked(AccountId id) {
        return committed(() -> ledger().lock(id).orElseThrow());
    }

    final List<Claimed> claimed(TenantId tenant) {
        return committed(() -> crm().outbox().claim(tenant, new Claim(null, 1000, T2, T2.plusSeconds(1))));
    }

    /** Accounts of new customers, in ascending order. */
    static List<AccountId> accounts(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new AccountId(ACME, nobody(), POINTS))
                .toList();
    }
}

package dev.retailcrm.tck;

import dev.retailcrm.assets.ledger.Account;
import dev.retailcrm.assets.ledger.AccountId;
import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.AssetKind;
import dev.retailcrm.assets.ledger.EntryType;
import dev.retailcrm.assets.ledger.Expiry;
import dev.retailcrm.assets.ledger.Grant;
import dev.retailcrm.assets.ledger.Hold;
import dev.retailcrm.assets.ledger.Ledger;
import dev.retailcrm.assets.ledger.Lot;
import dev.retailcrm.assets.ledger.Movement;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.rule.AccountState;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.joda.money.CurrencyUnit;

/** Accounts of customers at random, around the instants of which rules are asked: lots that lapse and wait, holds, debts. Not thread-safe. */
final class RuleAccounts {
    static final List<Asset> ASSETS = List.of(
            Asset.points("standard"),
            Asset.growth("club"),
            Asset.storedValue(CurrencyUnit.of("CNY")),
            Asset.storedValue(CurrencyUnit.of("USD")));

    private static final int HOURS = 200;

    private final Random random;
    private int keys;

    RuleAccounts(Random random) {
        this.random = random;
    }

    /** Books some of what a customer may do, in the order of time; what is refused is not booked. */
    void use(CustomerId customer, Function<Asset, Ledger> ledgers) {
        for (Asset asset : ASSETS) {
            if (random.nextInt(3) > 0) {
                Ledger ledger = ledgers.apply(asset);
                List<RequestKey> given = new ArrayList<>();
                Instant around = RulePopulation.INSTANTS.get(random.nextInt(RulePopulation.INSTANTS.size()));
                List<Instant> times = Stream.generate(() -> near(around))
                        .limit(random.nextInt(7))
                        .sorted()
                        .toList();
                for (Instant at : times) {
                    try {
                        book(ledger, customer, given, at);
                    } catch (CrmException refusal) {
                        // more than she has
                    }
                }
            }
        }
    }

    private void book(Ledger ledger, CustomerId customer, List<RequestKey> given, Instant at) {
        RequestKey key = RequestKey.of("rule/" + customer + "/" + ++keys);
        Posting posting = Posting.key(key).at(at);
        int amount = 1 + random.nextInt(3);
        switch (random.nextInt(given.isEmpty() ? 1 : 7)) {
            case 0, 1, 2 -> {
                boolean money = ledger.asset().kind() == AssetKind.STORED_VALUE;
                ledger.grant(customer, money ? EntryType.TOP_UP : EntryType.EARN, grant(amount, at), posting);
                given.add(key);
            }
            case 3 -> ledger.spend(customer, amount, random.nextBoolean(), posting);
            case 4, 5 -> ledger.hold(customer, amount, Duration.ofMinutes(1L + random.nextInt(60 * HOURS)), posting);
            default -> ledger.takeBack(customer, given.get(random.nextInt(given.size())), 1, posting);
        }
    }

    private Grant grant(int amount, Instant at) {
        Grant grant = Grant.of(amount).bonus(random.nextInt(2));
        grant = switch (random.nextInt(4)) {
            case 0 -> grant.expiring(Expiry.days(random.nextInt(60)));
            case 1 -> grant.expiring(Expiry.until(at.plus(random.nextInt(HOURS), ChronoUnit.HOURS)));
            case 2 -> grant.expiring(Expiry.sliding(1 + random.nextInt(20)));
            default -> grant;
        };
        return random.nextInt(3) == 0 ? grant.availableFrom(at.plus(random.nextInt(HOURS), ChronoUnit.HOURS)) : grant;
    }

    /** Within a few days, often on a round hour. */
    private Instant near(Instant around) {
        Instant at = around.plusMillis(random.nextInt(7 * 86_400_000) - 6 * 86_400_000L);
        return random.nextBoolean() ? at.truncatedTo(ChronoUnit.HOURS) : at;
    }

    /**
     * What remains of a lot.
     *
     * @param amount with what holds have freed by then
     */
    record Left(Lot lot, long amount) {}

    /** What remains of lots at an instant, by what the ledger shows: what a hold frees pays the debt first. */
    static List<Left> rests(Ledger ledger, CustomerId customer, Instant at) {
        var reads = ledger.reads();
        Map<Long, Long> freed = new HashMap<>();
        long debt = reads.account(customer).map(Account::debt).orElse(0L);
        for (Hold hold : reads.holds(customer)) {
            for (Movement part :
                    hold.expiresAt().isAfter(at) ? List.<Movement>of() : reads.movements(customer, hold.no())) {
                long paid = Math.min(debt, part.heldDelta());
                debt -= paid;
                freed.merge(part.lotNo(), part.heldDelta() - paid, Long::sum);
            }
        }
        return reads.lots(customer).stream()
                .map(lot -> new Left(lot, lot.remaining() + freed.getOrDefault(lot.no(), 0L)))
                .toList();
    }

    /** The accounts of a customer as they are kept. */
    static Map<Asset, AccountState> states(CrmFixture crm, Function<Asset, AccountId> accounts) {
        Map<Asset, AccountState> states = new HashMap<>();
        for (Asset asset : ASSETS) {
            AccountId id = accounts.apply(asset);
            crm.ledgerHistory().find(id).ifPresent(head -> {
                List<Hold> holds = crm.ledger().openHolds(id);
                Map<Long, List<Movement>> reserved = new HashMap<>();
                holds.forEach(hold -> reserved.put(hold.no(), crm.ledger().movements(id, hold.no())));
                states.put(
                        asset,
                        new AccountState(
                                head.debt(), head.activeAt(), crm.ledger().openLots(id), holds, reserved));
            });
        }
        return states;
    }
}

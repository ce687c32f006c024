package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.assets.ledger.Balance;
import dev.retailcrm.assets.ledger.Expiry;
import dev.retailcrm.assets.ledger.Grant;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.ledger.ShortfallPolicy;
import dev.retailcrm.assets.points.Points;
import dev.retailcrm.core.consent.ContactReason;
import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.ErrorKind;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.merge.Merge;
import dev.retailcrm.core.merge.MergeConflict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Laws of merges over random sequences of bookings, orders, words of consent, merges and their ends; the seed is in the message. */
public abstract class MergeLawsContract extends MergeFacade {
    private static final int CUSTOMERS = 4;
    private static final int STEPS = 40;

    /** How many sequences are tried. */
    protected abstract int sequences();

    /** A contract. */
    protected MergeLawsContract() {}

    private Random random = new Random(0);
    private List<CustomerId> all = List.of();
    private Map<CustomerId, CustomerId> mergedInto = Map.of();
    private List<RequestKey> earned = List.of();
    private List<RequestKey> spent = List.of();
    private List<String> story = List.of();

    @Test
    public final void totals_stay_and_nobody_is_contacted_who_refused() {
        for (int seed = 1; seed <= sequences(); seed++) {
            random = new Random(seed);
            all = new ArrayList<>();
            mergedInto = new HashMap<>();
            earned = new ArrayList<>();
            spent = new ArrayList<>();
            for (int i = 0; i < CUSTOMERS; i++) {
                all.add(register(Registration.of("C" + i).identity(Identity.external("law", seed + "-" + i))));
            }
            story = new ArrayList<>(List.of("seed " + seed));
            for (int step = 0; step < STEPS; step++) {
                story.add(step());
                pass(Duration.ofHours(1));
            }
            assertExplained();
        }
    }

    private String step() {
        CustomerId customer = all.get(random.nextInt(CUSTOMERS));
        int amount = 1 + random.nextInt(100);
        try {
            return switch (random.nextInt(10)) {
                case 0, 1 -> {
                    RequestKey key = key();
                    points().earn(
                                    customer,
                                    Grant.of(amount).expiring(Expiry.days(1 + random.nextInt(3))),
                                    Posting.key(key));
                    earned.add(key);
                    yield "earn " + customer + " " + amount;
                }
                case 2 -> {
                    RequestKey key = key();
                    points().spend(customer, amount, Posting.key(key));
                    spent.add(key);
                    yield "spend " + customer + " " + amount;
                }
                case 3 -> {
                    points().refund(customer, any(spent), amount, Posting.key(key()));
                    yield "refund " + customer + " " + amount;
                }
                case 4 -> {
                    owing().takeBack(customer, any(earned), amount, Posting.key(key()));
                    yield "take back " + customer + " " + amount;
                }
                case 5 -> {
                    trade().record(order(
                            customer, key().value().replace('/', '-'), "2026-02-01T10:00:00", tea("1.00")));
                    yield "order " + customer;
                }
                case 6 -> {
                    if (random.nextBoolean()) {
                        consents().optIn(customer, MARKETING, hers(key()));
                    } else {
                        consents().withdraw(customer, MARKETING, hers(key()));
                    }
                    yield "consent " + customer + " " + reason(customer);
                }
                case 7, 8 -> merged(customer, all.get(random.nextInt(CUSTOMERS)));
                default -> unmerged(customer);
            };
        } catch (CrmException refusal) {
            assertThat(refusal.kind()).as(refusal.getMessage()).isNotIn(ErrorKind.STORAGE, ErrorKind.OUTCOME_UNKNOWN);
            return "refused " + refusal.getMessage();
        }
    }

    private Points owing() {
        return points(terms().onShortfall(ShortfallPolicy.DEBT));
    }

    private RequestKey any(List<RequestKey> keys) {
        return keys.isEmpty() ? key() : keys.get(random.nextInt(keys.size()));
    }

    private String merged(CustomerId one, CustomerId other) {
        CustomerId survivor = current(one);
        CustomerId merged = current(other);
        Totals before = totals();
        boolean refused = reason(survivor) == ContactReason.WITHDRAWN || reason(merged) == ContactReason.WITHDRAWN;
        merge(one, other);
        mergedInto.put(merged, survivor);
        assertThat(totals()).as("merge %s into %s: %s", merged, survivor, story).isEqualTo(before);
        assertThat(refused && reason(survivor).allows())
                .as("contact after a refusal of one: %s", story)
                .isFalse();
        return "merge " + merged + " into " + survivor;
    }

    private String unmerged(CustomerId merged) {
        Totals before = totals();
        Merge ended = merges().unmerge(merged, key());
        mergedInto.remove(merged);
        assertThat(totals()).as("unmerge %s: %s", merged, story).isEqualTo(before);
        return "unmerge " + merged
                + ended.conflicts().stream().map(MergeConflict::reason).toList();
    }

    private CustomerId current(CustomerId customer) {
        CustomerId survivor = mergedInto.get(customer);
        return survivor == null ? customer : current(survivor);
    }

    /** What all customers who are not merged have together. */
    private record Totals(long points, long orders) {}

    private Totals totals() {
        long points = 0;
        long orders = 0;
        for (CustomerId customer : all) {
            if (!mergedInto.containsKey(customer)) {
                Balance balance = points().balance(customer);
                points += balance.available() + balance.pending() + balance.held() - balance.debt();
                orders += trade().statistics(customer, CNY).orders();
            }
        }
        return new Totals(points, orders);
    }

    private void assertExplained() {
        Pages.all(100, page -> points().ledger().reads().sums(page))
                .forEach(it -> assertThat(it.agree()).as("%s in %s", it, story).isTrue());
    }
}

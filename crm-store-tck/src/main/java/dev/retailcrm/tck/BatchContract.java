package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.assets.ledger.AccountSums;
import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.ledger.Award;
import dev.retailcrm.assets.ledger.Balance;
import dev.retailcrm.assets.ledger.EntryType;
import dev.retailcrm.assets.ledger.Expiry;
import dev.retailcrm.assets.ledger.Grant;
import dev.retailcrm.assets.ledger.Outcome;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.ledger.Terms;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.OutboxStore.Claim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What giving to many does, in exact numbers, whatever the store and however the list is cut. */
public abstract class BatchContract extends FacadeContract {
    /** A contract. */
    protected BatchContract() {}

    @Test
    public final void the_result_is_the_same_for_chunks_of_1_7_50_and_500() {
        Set<List<String>> results = new LinkedHashSet<>();
        for (int chunk : List.of(1, 7, 50, 500)) {
            TenantId tenant = TenantId.of("chunk-" + chunk);
            results.add(grantInChunks(tenant, chunk));
        }

        assertThat(results).hasSize(1);
        assertThat(results.iterator().next()).contains("5: refused CAP_EXCEEDED", "7: refused UNKNOWN_CUSTOMER");
    }

    /** Gives to 60 customers with repeats, unknown ones and refusals; describes what came of it without naming anybody. */
    private List<String> grantInChunks(TenantId tenant, int chunk) {
        Terms terms = terms().cappedAt(1000).expiring(Expiry.days(30));
        List<CustomerId> customers = customers(tenant, 60);
        points(tenant, terms).earn(customers.get(3), Grant.of(70).expiring(Expiry.days(1)), Posting.key("before"));
        points(tenant, terms).earn(customers.get(9), 7, Posting.key("a9"));
        crm().clock().set(T0.plus(Duration.ofDays(2)));
        List<Award> awards = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            CustomerId customer = i == 7 ? nobody() : customers.get(i * 13 % 60);
            long amount = i == 5 ? 1001 : 1 + i;
            awards.add(new Award(customer, Grant.of(amount).bonus(i % 3), Posting.key("a" + (i == 50 ? 49 : i))));
        }
        awards.add(new Award(customers.get(9), Grant.of(7), Posting.key("a9")));
        awards.add(new Award(customers.get(9), Grant.of(8), Posting.key("a9")));

        List<Outcome> outcomes = points(tenant, terms).ledger().grantAll(EntryType.EARN, awards, chunk);

        List<String> result = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            assertThat(outcomes.get(i).customer()).isEqualTo(awards.get(i).customer());
            result.add(i + ": " + text(outcomes.get(i)));
        }
        customers.forEach(customer -> result.add(points(tenant, terms).balance(customer) + " "
                + points(tenant, terms)
                        .account(customer)
                        .map(account -> account.lots())
                        .orElse(List.of())));
        List<AccountSums> sums = points(tenant, terms)
                .ledger()
                .reads()
                .sums(PageRequest.first(100))
                .items();
        assertThat(sums).allMatch(AccountSums::agree);
        result.add("events " + events(tenant));
        crm().clock().set(T0);
        return result;
    }

    private static String text(Outcome outcome) {
        CrmException refusal = outcome.refusal();
        return refusal == null
                ? "booked " + outcome.booking()
                : "refused " + refusal.code().name();
    }

    private long events(TenantId tenant) {
        return committed(() -> crm().outbox()
                        .claim(
                                tenant,
                                new Claim(null, 10_000, T0.plus(DAY.multipliedBy(3)), T0.plus(DAY.multipliedBy(4)))))
                .stream()
                .filter(claimed -> claimed.event().source().equals("wallet"))
                .count();
    }

    @Test
    public final void a_repetition_books_what_is_missing_and_answers_the_rest() {
        List<CustomerId> customers = customers(ACME, 20);
        List<Award> awards = customers.stream()
                .map(customer -> new Award(customer, Grant.of(10), by("birthday")))
                .toList();
        List<Outcome> first = points().earnAll(awards.subList(0, 12));

        List<Outcome> second = points().earnAll(awards);

        assertThat(second.subList(0, 12)).isEqualTo(first);
        assertThat(second).allMatch(Outcome::isBooked);
        assertThat(customers).allMatch(customer -> points().balance(customer).equals(new Balance(10, 0, 0, 0)));
        List<String> before = crm().dump();
        assertThat(points().earnAll(awards)).isEqualTo(second);
        assertThat(crm().dump()).isEqualTo(before);
    }

    @Test
    public final void one_award_refused_does_not_refuse_the_others() {
        List<CustomerId> customers = customers(ACME, 3);
        points().earn(customers.get(2), 1, by("k"));
        List<Award> awards = List.of(
                new Award(customers.get(0), Grant.of(10), by("k")),
                new Award(nobody(), Grant.of(10), by("k")),
                new Award(customers.get(1), Grant.of(501), by("k")),
                new Award(customers.get(2), Grant.of(10), by("k")),
                new Award(customers.get(2), Grant.of(10), by("k2").at(T0.plus(Duration.ofDays(9)))),
                new Award(customers.get(2), Grant.of(10), by("k3")));

        List<Outcome> outcomes = points(terms().cappedAt(500)).ledger().grantAll(EntryType.EARN, awards, 500);

        assertThat(outcomes)
                .extracting(outcome -> {
                    CrmException refusal = outcome.refusal();
                    return refusal == null ? "booked" : refusal.code().name();
                })
                .containsExactly(
                        "booked",
                        CoreError.UNKNOWN_CUSTOMER.name(),
                        AssetError.CAP_EXCEEDED.name(),
                        CoreError.REQUEST_KEY_REUSED.name(),
                        CoreError.INSTANT_OUT_OF_RANGE.name(),
                        "booked");
        assertThat(points().balance(customers.get(1))).isEqualTo(Balance.ZERO);
        assertThat(points().account(customers.get(1)))
                .as("no account for a refusal")
                .isEmpty();
    }

    @Test
    public final void a_batch_joins_the_hosts_transaction() {
        List<CustomerId> customers = customers(ACME, 5);
        List<Award> awards = customers.stream()
                .map(customer -> new Award(customer, Grant.of(10), by("k")))
                .toList();
        List<String> before = crm().dump();

        rolledBack(() -> assertThat(points().ledger().grantAll(EntryType.EARN, awards, 2))
                .allMatch(Outcome::isBooked));

        assertThat(crm().dump()).isEqualTo(before);
    }

    @Test
    public final void batches_that_overlap_at_the_same_time_book_each_award_once() {
        List<CustomerId> customers = customers(ACME, 40);

        List<Race.Attempt<List<Outcome>>> attempts = Race.of(
                4,
                thread -> points().ledger()
                        .grantAll(
                                EntryType.EARN,
                                IntStream.range(0, 40)
                                        .map(i -> thread % 2 == 0 ? i : 39 - i)
                                        .mapToObj(i -> new Award(customers.get(i), Grant.of(10), by("k")))
                                        .toList(),
                                7));

        assertThat(attempts).allSatisfy(attempt -> assertThat(attempt.orFail()).allMatch(Outcome::isBooked));
        assertThat(customers).allMatch(customer -> points().balance(customer).available() == 10);
        assertThat(events(ACME)).isEqualTo(40);
    }

    private List<CustomerId> customers(TenantId tenant, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> crm().newCustomer(tenant))
                .toList();
    }
}

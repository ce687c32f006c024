package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.assets.ledger.Account;
import dev.retailcrm.assets.ledger.AccountId;
import dev.retailcrm.assets.ledger.LedgerChange;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.RequestStore;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The rules of {@link RequestStore}; keys are booked through the ledger store. */
public abstract class RequestStoreContract extends LedgerPortContract {
    /** A contract. */
    protected RequestStoreContract() {}

    private Optional<Booked> find(TenantId tenant, CustomerId customer, String key) {
        return crm().requests().find(tenant, customer, RequestKey.of(key));
    }

    private static Booked of(LedgerChange change) {
        LedgerChange.Request request = change.request();
        if (request == null) {
            throw new AssertionError("no key");
        }
        return new Booked(request.fingerprint(), request.answer());
    }

    @Test
    public final void rs_1_what_was_booked_under_a_key_is_found() {
        LedgerChange change = earned(ann, "k", LotSpec.of(100));

        assertThat(find(ACME, ann.customer(), "k")).contains(of(change));
        assertThat(find(ACME, ann.customer(), "other")).isEmpty();
    }

    @Test
    public final void rs_6_many_keys_are_found_each_for_its_customer() {
        LedgerChange hers = earned(ann, "k", LotSpec.of(100));
        Map<RequestKey, CustomerId> keys = new HashMap<>();
        keys.put(RequestKey.of("K"), ann.customer());
        keys.put(RequestKey.of("k"), ann.customer());
        IntStream.range(0, 250).forEach(i -> keys.put(RequestKey.of("absent" + i), ann.customer()));

        assertThat(crm().requests().findAll(ACME, keys)).isEqualTo(Map.of(RequestKey.of("k"), of(hers)));
        assertThat(crm().requests().findAll(ACME, Map.of(RequestKey.of("k"), nobody())))
                .isEmpty();
        assertThat(crm().requests().findAll(ZENITH, keys)).isEmpty();
    }

    @Test
    public final void rs_1_every_fingerprint_is_kept_whole() {
        for (long fingerprint : List.of(Long.MIN_VALUE, -1L, 0L, Long.MAX_VALUE)) {
            String key = "f" + fingerprint;
            apply(ann, account -> {
                LedgerChange change = ChangeDraft.earn(account, key, T0, LotSpec.of(1));
                return with(change, new LedgerChange.Request(RequestKey.of(key), fingerprint, "a".repeat(80)));
            });

            assertThat(find(ACME, ann.customer(), key)).contains(new Booked(fingerprint, "a".repeat(80)));
        }
    }

    private static LedgerChange with(LedgerChange change, LedgerChange.Request request) {
        return new LedgerChange(
                change.before(),
                change.after(),
                change.entries(),
                change.opened(),
                change.changed(),
                change.movements(),
                change.placed(),
                change.ended(),
                change.slideFrom(),
                request,
                change.event());
    }

    @Test
    public final void rs_1_a_key_booked_earlier_in_this_transaction_is_found() {
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            LedgerChange change = ChangeDraft.earn(ledger().open(ann), "k", T0, LotSpec.of(100));
            ledger().apply(change);

            assertThat(find(ACME, ann.customer(), "k")).contains(of(change));
            assertThat(Race.result(race.start(() -> find(ACME, ann.customer(), "k"))))
                    .isEmpty();
            host.rollback();
            assertThat(find(ACME, ann.customer(), "k")).isEmpty();
        }
    }

    @Test
    public final void rs_1_who_waited_for_the_lock_finds_what_the_holder_booked() {
        earned(ann, "k1", LotSpec.of(1));
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            Account account = ledger().lock(ann).orElseThrow();
            Future<Optional<Booked>> second = race.start(() -> committed(() -> {
                find(ACME, ann.customer(), "k2");
                ledger().lock(ann);
                return find(ACME, ann.customer(), "k2");
            }));
            assertThat(Race.waits(second)).as("the second waits").isTrue();

            LedgerChange change = ChangeDraft.earn(account, "k2", T0, LotSpec.of(100));
            ledger().apply(change);
            host.commit();

            assertThat(Race.result(second)).contains(of(change));
        }
    }

    @Test
    public final void rs_2_keys_compare_byte_for_byte() {
        earned(ann, "K1", LotSpec.of(1));

        for (String other : List.of("k1", "K1 ", " K1", "K1  ", "K", "K11", "K%", "K_")) {
            assertThat(find(ACME, ann.customer(), other)).as("'%s'", other).isEmpty();
        }
        assertThat(find(ACME, ann.customer(), "K1")).isPresent();
    }

    @Test
    public final void rs_2_a_key_of_full_length_is_found() {
        String longest = "x".repeat(RequestKey.MAX_LENGTH - 1);
        earned(ann, longest + "1", LotSpec.of(1));

        assertThat(find(ACME, ann.customer(), longest + "1")).isPresent();
        assertThat(find(ACME, ann.customer(), longest + "2")).isEmpty();
    }

    @Test
    public final void rs_3_keys_of_others_are_not_found() {
        earned(ann, "k", LotSpec.of(1));
        earned(new AccountId(ZENITH, nobody(), POINTS), "z", LotSpec.of(1));

        assertThat(find(ACME, nobody(), "k")).isEmpty();
        assertThat(find(ZENITH, ann.customer(), "k")).isEmpty();
        assertThat(find(ACME, ann.customer(), "z")).isEmpty();
    }
}

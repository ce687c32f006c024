package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.assets.spi.Definition;
import dev.retailcrm.assets.spi.DefinitionKind;
import dev.retailcrm.assets.spi.DefinitionStore;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The numbered rules of {@link DefinitionStore}. */
public abstract class DefinitionStoreContract extends StoreContract {
    private static final DefinitionKind EARNING = DefinitionKind.EARNING;
    private static final RequestKey KEY = RequestKey.of("k");
    private static final Booked BOOKED = new Booked(7, "1");
    private static final Definition FIRST = of("b", 1, false, "{\"a\":\"" + BadValues.RARE + "\"}");

    /** A contract. */
    protected DefinitionStoreContract() {}

    private static Definition of(String key, long version, boolean retired, String json) {
        return new Definition(EARNING, key, version, retired, json);
    }

    private DefinitionStore store() {
        return crm().definitions();
    }

    private void define(TenantId tenant, Definition definition, RequestKey key) {
        commit(() -> {
            store().lock(tenant, definition.kind());
            store().define(tenant, definition, key, BOOKED);
        });
    }

    private List<Definition> all(TenantId tenant, DefinitionKind kind) {
        return crm().unitOfWork().read(() -> store().all(tenant, kind)).items();
    }

    @Test
    public final void de_1_nothing_of_another_tenant_or_kind_is_found_or_changed() {
        define(ACME, FIRST, KEY);
        define(ZENITH, of("b", 1, false, "{}"), KEY);

        assertThat(all(ACME, EARNING)).containsExactly(FIRST);
        assertThat(all(ACME, DefinitionKind.TIER)).isEmpty();
        assertThat(all(ZENITH, EARNING)).containsExactly(of("b", 1, false, "{}"));
        assertThat(committed(() -> store().booked(ACME, DefinitionKind.TIER, KEY)))
                .isEmpty();
        assertThat(committed(() -> store().version(ACME, DefinitionKind.TIER, "b", 1)))
                .isEmpty();
        assertThat(committed(() -> store().lock(ACME, DefinitionKind.TIER).items()))
                .isEmpty();
    }

    @Test
    public final void de_2_what_was_rolled_back_is_not_found() {
        define(ACME, FIRST, KEY);
        rolledBack(() -> {
            store().lock(ACME, EARNING);
            store().define(ACME, of("b", 2, false, "{}"), RequestKey.of("l"), BOOKED);
            assertThat(store().all(ACME, EARNING).items()).containsExactly(of("b", 2, false, "{}"));
        });

        assertThat(all(ACME, EARNING)).containsExactly(FIRST);
        assertThat(committed(() -> store().booked(ACME, EARNING, RequestKey.of("l"))))
                .isEmpty();
    }

    @Test
    public final void de_3_the_latest_versions_are_found_by_ascending_key() {
        assertThat(all(ACME, EARNING)).isEmpty();
        define(ACME, FIRST, KEY);
        define(ACME, of("a", 1, false, "{}"), RequestKey.of("l"));
        define(ACME, of("b", 2, true, "{\"c\":1}"), RequestKey.of("m"));

        assertThat(all(ACME, EARNING)).containsExactly(of("a", 1, false, "{}"), of("b", 2, true, "{\"c\":1}"));
    }

    @Test
    public final void de_4_whoever_defines_waits_for_whoever_holds_the_definitions_and_readers_do_not() {
        define(ACME, FIRST, KEY);
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            store().lock(ACME, EARNING);
            Future<List<Definition>> second =
                    race.start(() -> committed(() -> store().lock(ACME, EARNING).items()));
            assertThat(Race.waits(second)).isTrue();
            assertThat(Race.result(race.start(() -> all(ACME, EARNING)))).containsExactly(FIRST);

            store().define(ACME, of("b", 2, false, "{}"), RequestKey.of("l"), BOOKED);
            host.commit();

            assertThat(Race.result(second)).containsExactly(of("b", 2, false, "{}"));
        }
    }

    @Test
    public final void de_5_a_key_is_known_for_ever_and_byte_for_byte() {
        define(ACME, FIRST, RequestKey.of("K1"));

        assertThat(committed(() -> store().booked(ACME, EARNING, RequestKey.of("K1"))))
                .contains(BOOKED);
        assertThat(committed(() -> store().booked(ACME, EARNING, RequestKey.of("k1"))))
                .isEmpty();
        assertThat(committed(() -> store().booked(ACME, EARNING, RequestKey.of("K1 "))))
                .isEmpty();
    }

    @Test
    public final void de_6_everything_is_kept_as_it_was_given() {
        Definition large = of("large", 1, false, "{\"x\":\"" + "y".repeat(500_000) + "\"}");
        define(ACME, large, KEY);

        assertThat(all(ACME, EARNING)).containsExactly(large);
    }

    @Test
    public final void de_7_every_version_stays() {
        define(ACME, FIRST, KEY);
        define(ACME, of("b", 2, true, "{}"), RequestKey.of("l"));

        assertThat(committed(() -> store().version(ACME, EARNING, "b", 1))).contains(FIRST);
        assertThat(committed(() -> store().version(ACME, EARNING, "b", 2))).contains(of("b", 2, true, "{}"));
        assertThat(committed(() -> store().version(ACME, EARNING, "b", 3))).isEmpty();
    }
}

package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retailcrm.core.access.Right;
import dev.retailcrm.core.consent.ConsentProof;
import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.privacy.Erased;
import dev.retailcrm.core.privacy.Erasure;
import dev.retailcrm.core.privacy.Erasure.State;
import dev.retailcrm.core.privacy.ErasureObstacle;
import dev.retailcrm.core.privacy.ErasureProgress;
import dev.retailcrm.core.privacy.ErasureStep;
import dev.retailcrm.core.privacy.ExportRow;
import dev.retailcrm.core.privacy.Privacy;
import dev.retailcrm.core.privacy.Ties;
import dev.retailcrm.core.spi.ErasurePolicy;
import dev.retailcrm.core.spi.PrivacyParticipant;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What {@link Privacy} exports and erases, whatever the store. */
public abstract class PrivacyContract extends PrivacyFacade {
    private static final String EVES_PHONE = "+8613800138000";
    private static final List<String> PARTS = List.of(
            "\"customer\":{\"profile\":[{",
            "\"identities\":[{",
            "\"history\":[{",
            "\"fields\":{\"values\":[{",
            "\"consent\":{\"proofs\":[{",
            "\"behavior\":{\"events\":[{",
            "\"visitors\":[{",
            "\"trade\":{\"orders\":[{",
            "\"refunds\":[{",
            "\"ledger\":{\"accounts\":[{",
            "\"entries\":[{",
            "\"lots\":[{",
            "\"gift-cards\":{\"cards\":[{",
            "\"ownership\":{\"entries\":[{",
            "\"membership\":{\"membership\":[{",
            "\"lifecycle\":{\"stage\":[{",
            "\"merge\":{\"merges\":[{",
            "\"access\":{\"shown\":[{");

    /** A contract. */
    protected PrivacyContract() {}

    private CustomerId eve() {
        return somebody(EVE, EVES_PHONE);
    }

    private CustomerId bob() {
        return somebody("Blackbird Bob", "+8613900139000");
    }

    // --- export

    @Test
    public final void pp_1_an_export_holds_what_every_feature_keeps_and_nothing_of_anybody_else() {
        CustomerId bob = bob();
        CustomerId eve = eve();
        CustomerId again = somebody(EVE + " again", "+8613800138001");
        merge(eve, again);
        boundCard(eve);
        topUp(eve);

        String json = export(again);

        assertThat(json).contains(PARTS);
        assertThat(json)
                .startsWith(
                        "{\"format\":\"retailcrm.customer-export\",\"version\":1,\"tenant\":\"acme\",\"customer\":\""
                                + eve)
                .endsWith("}]}")
                .contains("\"id\":\"" + eve + "\"", "\"id\":\"" + again + "\"")
                .contains(
                        EVES_PHONE, EVE + " II", "1 Street of Canary Eve", "remark of Canary Eve", "club of Canary Eve")
                .contains("searched canary-eve", "sorry, Canary Eve", "scan/canary-eve", "\"sku\":\"pears\"")
                .contains("canary-eve-again@example.com");
        assertThat(json.toLowerCase(Locale.ROOT))
                .doesNotContain("blackbird", "13900139000", bob.toString().toLowerCase(Locale.ROOT))
                .doesNotContain("\"kim\"", "\"lee\"", "\"head\"");
        assertThat(export(bob)).contains("Blackbird Bob").doesNotContain("Canary", "canary", "138001380");
    }

    @Test
    public final void pp_1_pages_of_an_export_hold_every_row_once() {
        CustomerId eve = register(Registration.of(EVE));
        events(eve, 1_201);
        String json = export(eve);

        assertThat(json.split("\"id\":\"many-", -1)).hasSize(1_202);
        assertThat(privacy().export(eve, OutputStream.nullOutputStream())).isGreaterThan(1_201);
    }

    @Test
    public final void an_export_needs_its_right_and_is_recorded() {
        CustomerId eve = register(Registration.of(EVE));
        var out = new ByteArrayOutputStream();
        refused(
                CoreError.ACCESS_DENIED,
                () -> privacy()
                        .guardedBy(access(Right.SEE_PERSONAL_DATA, Right.ERASE_CUSTOMER))
                        .export(eve, out));
        assertThat(out.size()).isZero();

        privacy().guardedBy(access(Right.EXPORT_CUSTOMER)).export(eve, out);

        assertThat(crm().accessLog().of(ACME, eve, null, 9)).singleElement().satisfies(entry -> {
            assertThat(entry.right()).isEqualTo(Right.EXPORT_CUSTOMER);
            assertThat(entry.staff()).isEqualTo(StaffId.of("lee"));
            assertThat(entry.purpose()).isEqualTo("request 4711");
        });
        refused(CoreError.UNKNOWN_CUSTOMER, () -> privacy().export(nobody(), out));
    }

    @Test
    public final void an_export_that_breaks_off_is_told_and_is_no_whole_document() {
        CustomerId eve = register(Registration.of(EVE));
        events(eve, 1_000);
        var written = new ByteArrayOutputStream();
        var full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                if (written.size() == 20_000) {
                    throw new IOException("disk full");
                }
                written.write(b);
            }
        };

        assertThatThrownBy(() -> privacy().export(eve, full)).isInstanceOf(UncheckedIOException.class);
        assertThat(written.toString(StandardCharsets.UTF_8)).doesNotEndWith("]}");
    }

    // --- erasure

    @Test
    public final void pp_2_nothing_that_names_her_is_left_in_any_row() {
        CustomerId bob = bob();
        CustomerId eve = eve();
        CustomerId again = somebody(EVE + " again", "+8613800138001");
        merge(eve, again);
        assertThat(rowsWith("canary")).hasSizeGreaterThan(10);
        assertThat(rowsWith("searched canary-eve")).isNotEmpty();
        assertThat(rowsWith("sorry, canary")).isNotEmpty();
        List<String> bobs = rowsWith("blackbird");
        String exported = export(bob);

        Erasure erasure = privacy().as(Actor.staff(StaffId.of("kim"))).erase(again, key());

        assertThat(erasure.state()).isEqualTo(State.ERASED);
        assertThat(erasure.customer()).isEqualTo(eve);
        assertThat(erasure.rows()).containsKeys("behavior", "consent", "ledger").doesNotContainKey("trade");
        assertThat(privacy().erasure(again)).contains(erasure);
        assertThat(rowsWith("canary")).isEmpty();
        assertThat(rowsWith("1380013800")).isEmpty();
        assertThat(rowsWith("blackbird")).isEqualTo(bobs);
        assertThat(export(bob)).isEqualTo(exported);
        assertThat(export(eve)).doesNotContain("Canary", "canary", "1380013800").contains("\"state\":\"ERASED\"");
    }

    @Test
    public final void what_is_kept_still_adds_up() {
        CustomerId eve = eve();
        List<String> trade = kept(eve);
        List<ConsentProof> proofs =
                consents().history(eve, PageRequest.first(9)).items();

        privacy().erase(eve, key());

        assertThat(points().balance(eve).available()).isEqualTo(105);
        assertThat(points().ledger()
                        .reads()
                        .entries(eve, null, null, PageRequest.first(9))
                        .items())
                .hasSize(2)
                .allSatisfy(entry -> assertThat(entry.reason()).isNull());
        assertThat(kept(eve)).isEqualTo(trade);
        assertThat(consents().history(eve, PageRequest.first(9)).items())
                .singleElement()
                .satisfies(proof -> {
                    assertThat(proof.act()).isEqualTo(proofs.get(0).act());
                    assertThat(proof.occurredAt()).isEqualTo(proofs.get(0).occurredAt());
                    assertThat(proof.scope().purpose())
                            .isEqualTo(proofs.get(0).scope().purpose());
                    assertThat(proof.scope().address()).isEqualTo("erased");
                    assertThat(proof.provenance().evidence()).isNull();
                });
        assertThat(behavior().statistics(eve)).isEmpty();
    }

    @Test
    public final void pp_3_an_erasure_can_be_repeated_and_is_for_ever() {
        CustomerId eve = eve();
        RequestKey key = key();
        repeatable(() -> privacy().erase(eve, key));
        repeatable(() -> privacy().erase(eve, RequestKey.of("asked again")));

        refused(CoreError.CUSTOMER_ERASED, () -> behavior().record(BehaviorFacade.view(eve, "late", T0)));
        Identity phone = Identity.phone(EVES_PHONE);
        CustomerId anew = register(Registration.of("Eve").identity(phone));
        assertThat(customers().findBy(phone).orElseThrow().id()).isEqualTo(anew);
        refused(CoreError.UNKNOWN_CUSTOMER, () -> privacy().erase(nobody(), key()));
    }

    @Test
    public final void a_key_of_another_command_is_refused() {
        CustomerId eve = register(Registration.of(EVE));
        RequestKey used = key();
        customers().addIdentity(eve, Identity.memberCard("c"), used);

        refused(CoreError.REQUEST_KEY_REUSED, () -> privacy().erase(eve, used));
    }

    @Test
    public final void pp_3_an_erasure_of_much_goes_on_after_a_failure() {
        CustomerId eve = register(Registration.of(EVE));
        int many = events(eve, 2_000) + Privacy.CHUNK;
        for (int i = 0; i < Privacy.CHUNK; i += 1_000) {
            int from = i;
            behavior()
                    .recordAll(IntStream.range(from, from + 1_000)
                            .mapToObj(n -> BehaviorFacade.view(eve, "more-" + n, T0))
                            .toList());
        }
        var host = new HostRows();
        host.isBroken = true;
        host.kept.put(eve, "eve's");

        RequestKey key = key();
        assertThatThrownBy(() -> privacy(host).erase(eve, key)).hasMessage("the host's table is gone");
        Erasure half = privacy(host).erasure(eve).orElseThrow();
        assertThat(half.state()).isEqualTo(State.ERASING);
        assertThat(half.rows()).containsEntry("behavior", (long) Privacy.CHUNK);
        assertThat(customers().find(eve).orElseThrow().status()).isEqualTo(CustomerStatus.ERASED);

        host.isBroken = false;
        assertThat(privacy(host).proceed(null, 10)).isEqualTo(new ErasureProgress(1, 1, 0, null));
        assertThat(privacy(host).erasure(eve).orElseThrow().rows())
                .containsEntry("behavior", (long) many)
                .containsEntry("host", 1L);
        assertThat(behavior().statistics(eve)).isEmpty();
        assertThat(privacy(host).proceed(null, 10)).isEqualTo(new ErasureProgress(0, 0, 0, null));
    }

    @Test
    public final void in_a_hosts_transaction_all_is_erased_or_nothing() {
        CustomerId eve = eve();
        List<String> before = crm().dump();
        rolledBack(() -> assertThat(privacy().erase(eve, key()).isComplete()).isTrue());
        assertThat(crm().dump()).isEqualTo(before);
    }

    // --- what stands against it

    @Test
    public final void it_waits_for_value_and_holds_and_she_is_restricted_meanwhile() {
        CustomerId eve = eve();
        topUp(eve);
        CustomerId card = boundCard(eve);
        var obstacles = new ErasureObstacle[] {
            new ErasureObstacle("ledger", "VALUE", "stored:CNY"),
            new ErasureObstacle("gift-cards", "VALUE", card.toString())
        };
        RequestKey key = key();

        Erasure waiting = repeatable(() -> privacy().erase(eve, key));

        assertThat(waiting.state()).isEqualTo(State.REQUESTED);
        assertThat(waiting.obstacles()).containsExactlyInAnyOrder(obstacles);
        assertThat(customers().find(eve).orElseThrow().status()).isEqualTo(CustomerStatus.RESTRICTED);
        assertThat(privacy().proceed(null, 10)).isEqualTo(new ErasureProgress(1, 0, 1, null));

        stored().spend(eve, yuan("20.00"), by("spent"));
        assertThat(privacy().erase(eve, key()).obstacles()).containsExactly(obstacles[1]);
        assertThat(privacy().under(ErasurePolicy.immediate()).proceed(null, 10).erased())
                .isOne();
        assertThat(rowsWith("canary")).isEmpty();
    }

    @Test
    public final void to_lift_her_restriction_withdraws_it() {
        CustomerId eve = eve();
        topUp(eve);
        privacy().erase(eve, key());
        customers().changeStatus(eve, CustomerStatus.ACTIVE, key());
        stored().spend(eve, yuan("20.00"), by("spent"));

        assertThat(privacy().proceed(null, 10)).isEqualTo(new ErasureProgress(1, 0, 0, null));
        assertThat(privacy().erasure(eve).orElseThrow().state()).isEqualTo(State.WITHDRAWN);
        assertThat(customers().find(eve).orElseThrow().name()).isPresent();
        assertThat(privacy().erase(eve, key()).isComplete()).isTrue();
    }

    @Test
    public final void a_host_adds_obstacles_of_its_own() {
        CustomerId eve = register(Registration.of(EVE));
        var warranty = new ErasureObstacle("host", "WARRANTY", "until:2027-01-01");
        var asked = new ArrayList<CustomerId>();
        var waits = privacy().under((tenant, customer, ties) -> {
            asked.add(customer);
            return List.of(warranty);
        });

        assertThat(waits.erase(eve, key()).obstacles()).containsExactly(warranty);
        assertThat(asked).containsExactly(eve);
        assertThat(privacy().proceed(null, 10).erased()).isOne();
    }

    @Test
    public final void open_erasures_are_paged_by_key() {
        List<CustomerId> waiting = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            CustomerId one = register(Registration.of("N" + i));
            topUp(one);
            privacy().erase(one, key());
            waiting.add(one);
        }
        waiting.sort(null);

        ErasureProgress first = privacy().proceed(null, 3);
        assertThat(first).isEqualTo(new ErasureProgress(3, 0, 3, waiting.get(2)));
        assertThat(privacy().proceed(first.cursor(), 3)).isEqualTo(new ErasureProgress(2, 0, 2, null));
    }

    // --- hosts

    @Test
    public final void rows_of_a_host_are_exported_and_erased() {
        CustomerId eve = register(Registration.of(EVE));
        var host = new HostRows();
        host.kept.put(eve, "wants a call");
        var out = new ByteArrayOutputStream();

        privacy(host).export(eve, out);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("\"host\":{\"notes\":[{\"text\":\"wants a call\"}]}");
        assertThat(privacy(host).erase(eve, key()).rows()).containsEntry("host", 1L);
        assertThat(host.kept).isEmpty();
        refused(CoreError.INVALID_VALUE, () -> privacy(host, new HostRows()));
    }

    /** What a host keeps beside. */
    private static final class HostRows implements PrivacyParticipant {
        private final Map<CustomerId, String> kept = new HashMap<>();
        private boolean isBroken;

        @Override
        public String name() {
            return "host";
        }

        @Override
        public Page<ExportRow> export(TenantId tenant, CustomerId customer, PageRequest page) {
            return new Page<>(
                    kept.containsKey(customer)
                            ? List.of(ExportRow.of("notes").and("text", kept.get(customer)))
                            : List.of(),
                    null);
        }

        @Override
        public Erased erase(ErasureStep step, int limit) {
            if (isBroken) {
                throw new IllegalStateException("the host's table is gone");
            }
            return new Erased(kept.remove(step.customer()) == null ? 0 : 1, true);
        }

        @Override
        public Map<CustomerId, Ties> ties(TenantId tenant, Collection<CustomerId> customers, Instant at) {
            return Map.of();
        }
    }
}

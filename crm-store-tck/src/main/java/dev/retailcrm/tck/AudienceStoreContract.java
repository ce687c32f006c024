package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.audience.AudienceCatalog;
import dev.retailcrm.audience.AudienceRule;
import dev.retailcrm.audience.AudienceTemplate;
import dev.retailcrm.audience.AudienceText;
import dev.retailcrm.audience.AudienceVersion;
import dev.retailcrm.audience.TemplateParameter;
import dev.retailcrm.audience.spi.AudienceDefinitionChange;
import dev.retailcrm.audience.spi.AudienceItem;
import dev.retailcrm.audience.spi.AudienceStore;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.rule.Rule;
import dev.retailcrm.core.rule.Rules;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The numbered rules of {@link AudienceStore}. */
public abstract class AudienceStoreContract extends StoreContract {
    private static final Actor KIM =
            Actor.staff(StaffId.of("kim")).at(StoreId.of("S01")).via("web");
    private static final RequestKey KEY = RequestKey.of("define/1");

    /** A contract. */
    protected AudienceStoreContract() {}

    private AudienceStore store() {
        return crm().audiences();
    }

    private static AudienceRule audience(String key, long version) {
        AudienceRule made = AudienceRule.scheduled(
                        key, "人群 😀", Rule.of(Rules.field("status").exists()), Duration.ofHours(6))
                .ownedBy(StaffId.of("lee"))
                .describedAs("Every \"6\" hours")
                .limitedTo(7);
        return new AudienceRule(
                key,
                made.name(),
                made.kind(),
                made.status(),
                made.rule(),
                made.every(),
                new TreeSet<>(List.of("other", "Other")),
                made.limit(),
                made.owner(),
                made.description(),
                3,
                version);
    }

    private static AudienceItem item(AudienceRule audience) {
        return new AudienceItem(
                AudienceItem.Kind.AUDIENCE, audience.key(), audience.version(), AudienceText.of(audience));
    }

    private static AudienceDefinitionChange change(RequestKey key, AudienceItem... items) {
        return new AudienceDefinitionChange(ACME, List.of(items), List.of(), key, new Booked(5, "answer"), T0, KIM);
    }

    private void define(AudienceDefinitionChange change) {
        commit(() -> {
            store().lockDefinitions(change.tenant());
            store().define(change);
        });
    }

    @Test
    public final void ad_1_nothing_of_another_tenant_is_found() {
        define(change(KEY, item(audience("vip", 1))));
        commit(() -> {
            assertThat(store().catalog(ZENITH).items()).isEmpty();
            assertThat(store().lockDefinitions(ZENITH).items()).isEmpty();
            assertThat(store().booked(ZENITH, KEY)).isEmpty();
            assertThat(store().versions(ZENITH, "vip", 0, 9)).isEmpty();
        });
    }

    @Test
    public final void ad_2_and_ad_6_what_is_rolled_back_leaves_nothing() {
        define(change(KEY, item(audience("vip", 1))));
        rolledBack(() -> {
            store().lockDefinitions(ACME);
            store().define(change(RequestKey.of("define/2"), item(audience("vip", 2)), item(audience("new", 1))));
            assertThat(store().catalog(ACME).audiences()).containsOnlyKeys("new", "vip");
            assertThat(store().versions(ACME, "vip", 0, 9)).hasSize(2);
        });
        commit(() -> {
            assertThat(store().catalog(ACME).audiences().values()).containsExactly(audience("vip", 1));
            assertThat(store().versions(ACME, "vip", 0, 9)).hasSize(1);
            assertThat(store().booked(ACME, RequestKey.of("define/2"))).isEmpty();
        });
    }

    @Test
    public final void ad_3_what_is_defined_is_found_at_once() {
        assertThat(committed(() -> store().catalog(ACME)).items()).isEmpty();
        define(change(KEY, item(audience("vip", 1))));
        assertThat(committed(() -> store().catalog(ACME)).audiences()).containsOnlyKeys("vip");
        define(change(RequestKey.of("define/2"), item(audience("vip", 2))));
        assertThat(committed(() -> store().catalog(ACME)).audiences().values()).containsExactly(audience("vip", 2));
    }

    @Test
    public final void ad_4_who_locks_waits_and_sees_what_was_left() {
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            store().lockDefinitions(ACME);
            store().define(change(KEY, item(audience("vip", 1))));
            Future<AudienceCatalog> other = race.start(() -> committed(() -> store().lockDefinitions(ACME)));
            assertThat(Race.waits(other)).as("who locks waits").isTrue();
            host.commit();
            assertThat(Race.result(other).audiences()).containsOnlyKeys("vip");
        }
    }

    @Test
    public final void ad_5_keys_are_told_apart_byte_for_byte() {
        define(change(KEY));
        commit(() -> {
            assertThat(store().booked(ACME, KEY)).contains(new Booked(5, "answer"));
            assertThat(store().booked(ACME, RequestKey.of("DEFINE/1"))).isEmpty();
        });
    }

    @Test
    public final void ad_7_everything_is_kept_as_it_was_given() {
        var template = new AudienceTemplate(
                "t",
                "Template",
                "Text",
                List.of(new TemplateParameter(
                        "least",
                        "Least",
                        FieldType.LONG,
                        FieldValue.number(5),
                        FieldValue.number(1),
                        FieldValue.number(9),
                        List.of())),
                "{\"version\":1,\"rule\":{\"field\":\"a\",\"op\":\"ge\",\"value\":{\"parameter\":\"least\"}}}",
                2);
        var kept = new AudienceItem(AudienceItem.Kind.TEMPLATE, "t", 2, AudienceText.of(template));
        define(change(KEY, kept, item(audience("vip", 1)), item(audience("VIP", 1))));
        commit(() -> {
            assertThat(store().catalog(ACME).templates()).containsEntry("t", template);
            assertThat(store().catalog(ACME).audiences())
                    .containsEntry("vip", audience("vip", 1))
                    .containsEntry("VIP", audience("VIP", 1));
        });
        define(new AudienceDefinitionChange(
                ACME, List.of(), List.of(kept), RequestKey.of("define/2"), new Booked(6, ""), T0, KIM));
        assertThat(committed(() -> store().catalog(ACME)).templates()).isEmpty();
    }

    @Test
    public final void ad_8_versions_come_in_order() {
        for (int version = 1; version <= 3; version++) {
            define(change(RequestKey.of("define/" + version), item(audience("vip", version))));
        }
        commit(() -> {
            assertThat(store().versions(ACME, "vip", 0, 2))
                    .containsExactly(
                            new AudienceVersion(audience("vip", 1), T0, KIM),
                            new AudienceVersion(audience("vip", 2), T0, KIM));
            assertThat(store().versions(ACME, "vip", 2, 9))
                    .containsExactly(new AudienceVersion(audience("vip", 3), T0, KIM));
            assertThat(store().versions(ACME, "none", 0, 9)).isEmpty();
        });
    }
}

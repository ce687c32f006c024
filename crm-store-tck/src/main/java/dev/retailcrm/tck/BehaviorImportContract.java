package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.core.behavior.BehaviorEvent;
import dev.retailcrm.core.behavior.BehaviorId;
import dev.retailcrm.core.behavior.BehaviorType;
import dev.retailcrm.core.behavior.Properties;
import dev.retailcrm.core.behavior.Property;
import dev.retailcrm.core.behavior.PropertyKind;
import dev.retailcrm.core.behavior.RecordedEvent;
import dev.retailcrm.core.behavior.TimelineQuery;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.imports.BehaviorMapping;
import dev.retailcrm.core.imports.CustomerColumn;
import dev.retailcrm.core.imports.ImportFile;
import dev.retailcrm.core.imports.ImportProgress;
import dev.retailcrm.core.imports.ImportRun;
import dev.retailcrm.core.imports.Imports;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link Imports} does with behaviour, whatever the store. */
public abstract class BehaviorImportContract extends ImportFacade {
    private static final BehaviorType VISIT = BehaviorType.of("store.visited")
            .with(Property.text("sku", 40))
            .with(Property.of("seconds", PropertyKind.NUMBER))
            .with(Property.of("rate", PropertyKind.DECIMAL))
            .with(Property.of("price", PropertyKind.MONEY))
            .with(Property.of("until", PropertyKind.INSTANT))
            .with(Property.of("day", PropertyKind.DATE))
            .with(Property.of("bought", PropertyKind.BOOLEAN));

    private static final BehaviorMapping BY_PHONE = BehaviorMapping.of(CustomerColumn.phone("mobile"))
            .identified("app", "id")
            .type("type")
            .occurredAt("at")
            .channel("via")
            .store("shop")
            .text("sku", "sku")
            .number("seconds", "secs")
            .decimal("rate", "rate")
            .money("price", "price", CNY)
            .instant("until", "until")
            .date("day", "day")
            .flag("bought", "bought", Set.of("y"));

    private static final BehaviorMapping BY_ID = BehaviorMapping.of(CustomerColumn.id("/who"))
            .identified("web", "id")
            .typeAlways("store.visited")
            .occurredAt("at")
            .properties("/props");

    /** A contract. */
    protected BehaviorImportContract() {}

    /** Defines the type of most events. */
    @BeforeEach
    public final void define() {
        behavior().define(VISIT);
        behavior().define(BehaviorType.of("gone").retire());
        behavior().define(BehaviorType.of("brief").keptFor(1));
    }

    private List<RecordedEvent> timeline(CustomerId customer) {
        return Pages.all(100, page -> behavior().timeline(TimelineQuery.of(customer), page));
    }

    @Test
    public final void events_are_mapped_by_column_and_what_is_refused_is_told() {
        CustomerId kim = inChina()
                .register(Registration.of("Kim").phone("13800138000").key("kim"))
                .id();
        ImportFile file = ImportFile.csv(written(
                "events.csv",
                "mobile,id,type,at,via,shop,sku,secs,rate,price,until,day,bought\n",
                "138 0013 8000,1,store.visited,2026-02-28T23:30:00,app,S01,tea,90,0.50,59.00,2026-02-28,2026-02-28,y\n",
                "+8613800138000,2,store.visited,2026-02-28T23:30:00Z,,,,,,,,,\n",
                "13900139000,3,store.visited,2026-02-28,,,,,,,,,\n",
                "13800138000,4,unknown,2026-02-28,,,,,,,,,\n",
                "13800138000,5,gone,2026-02-28,,,,,,,,,\n",
                "13800138000,6,brief,2026-01-01,,,,,,,,,\n",
                "13800138000,7,store.visited,yesterday,,,,,,,,,\n",
                "13800138000,8,store.visited,2026-02-28,,,,many,,,,,\n",
                "13800138000,9,store.visited,2026-02-28,,,,,,1.005,,,\n",
                "13800138000,10,store.visited,2026-02-28,,,%s,,,,,,\n".formatted("t".repeat(41)),
                "13800138000,1,store.visited,2026-02-28,,,,,,,,,\n",
                "13800138000,,store.visited,2026-02-28,,,,,,,,,\n",
                "13800138000,2,store.visited,2026-02-28T23:30:00Z,,,,,,,,,\n",
                "13800138000,11,store.visited,9999-02-28,,,,,,,,,\n"));

        List<String> rejects = imported("events", run -> imports().behaviors(file, BY_PHONE, run));

        assertThat(rejects)
                .containsExactly(
                        "4 mobile CRM-CORE-102",
                        "5 type CRM-CORE-421",
                        "6 type CRM-CORE-422",
                        "7 at CRM-CORE-425",
                        "8 at CRM-CORE-001",
                        "9 secs CRM-CORE-001",
                        "10 price CRM-CORE-001",
                        "11  CRM-CORE-424",
                        "12 id CRM-CORE-101",
                        "13 id CRM-CORE-001",
                        "15 at " + CoreError.INSTANT_OUT_OF_RANGE.id());
        assertThat(timeline(kim)).hasSize(2);
        assertThat(timeline(kim).get(1).properties())
                .isEqualTo(Properties.none()
                        .text("sku", "tea")
                        .number("seconds", 90)
                        .decimal("rate", new BigDecimal("0.5"))
                        .money("price", yuan("59.00"))
                        .instant("until", local("2026-02-28T00:00:00"))
                        .date("day", LocalDate.of(2026, 2, 28))
                        .flag("bought", true));
    }

    @Test
    public final void an_object_holds_the_properties_and_an_old_id_stands_for_the_survivor() {
        CustomerId bob = crm().newCustomer(ACME);
        merge(ann, bob);
        ImportFile file = ImportFile.jsonLines(written(
                "events.jsonl",
                json(bob, 1, "{'sku':'tea','price':{'currency':'CNY','minor':5900},'rate':0.50}"),
                json(ann, 2, "null"),
                json(ann, 3, "[]"),
                json(ann, 4, "{'sku':7}"),
                json(ann, 5, "{'other':7}"),
                json(CustomerId.of(7), 6, "{}"),
                json(ann, 1, "{'sku':'tea','price':{'currency':'CNY','minor':5900},'rate':0.5}")));

        List<String> rejects = imported("objects", run -> imports().behaviors(file, BY_ID, run));

        assertThat(rejects)
                .containsExactly("3 /props CRM-CORE-001", "4  CRM-CORE-424", "5  CRM-CORE-424", "6 /who CRM-CORE-102");
        assertThat(timeline(ann)).extracting(it -> it.id().value()).containsExactlyInAnyOrder("1", "2");
    }

    private static String json(CustomerId who, int id, String properties) {
        return "{'who':'%s','id':%d,'at':'2026-02-28','props':%s}%n"
                .formatted(who, id, properties)
                .replace('\'', '"');
    }

    @Test
    public final void a_dry_run_knows_what_it_was_told_in_chunks_before_and_a_stopped_run_goes_on() {
        ImportFile file = ImportFile.jsonLines(written(
                "many.jsonl",
                IntStream.range(0, 11_000)
                        .mapToObj(i -> json(
                                ann, i == 9_000 || i == 10_500 ? 1 : i, "{'seconds':" + (i == 9_000 ? 1 : i % 7) + "}"))
                        .toArray(String[]::new)));
        behavior()
                .record(BehaviorEvent.of(ann, "store.visited", BehaviorId.of("web", "5"), local("2026-02-28T00:00:00"))
                        .with(Properties.none().number("seconds", 5)));

        assertThat(imported("many", run -> imports().behaviors(file, BY_ID, run)))
                .containsExactly("10501 id CRM-CORE-101");

        Path whole = folder.resolve("many-rejects.csv");
        ImportProgress again =
                imports().behaviors(file, BY_ID, ImportRun.of("many").rejectsTo(folder.resolve("many-again.csv")));
        assertThat(again.repeated()).isEqualTo(10_999);
        assertThat(stopped("many", run -> imports().behaviors(file, BY_ID, run)))
                .containsExactly(read(whole), again.toString());
    }

    @Test
    public final void events_without_ids_are_known_by_their_content() {
        var mapping = BehaviorMapping.of(CustomerColumn.id("who"))
                .identifiedByContent("old")
                .type("type")
                .occurredAt("at");
        String line = ann + ",store.visited,2026-02-28\n";
        String dayBefore = ann + ",store.visited,2026-02-27\n";
        ImportFile file = ImportFile.csv(written("old.csv", "who,type,at\n", line, line, dayBefore));

        assertThat(imported("old", run -> imports().behaviors(file, mapping, run)))
                .isEmpty();

        assertThat(timeline(ann)).hasSize(2);
    }

    @Test
    public final void errors_in_a_mapping_are_told_before_anything_is_read() {
        ImportFile csv = ImportFile.csv(written("some.csv", "who,id,at\n"));
        var bare = BehaviorMapping.of(CustomerColumn.id("who"));

        for (BehaviorMapping wrong : List.of(
                bare,
                BY_ID,
                bare.typeAlways("store.visited").occurredAt("at"),
                bare.identified("web", "id").occurredAt("at"),
                bare.identified("web", "key").typeAlways("store.visited").occurredAt("at"))) {
            refused(CoreError.INVALID_VALUE, () -> imports().behaviors(csv, wrong, ImportRun.of("wrong")));
        }
        refused(
                CoreError.INVALID_VALUE,
                () -> behavior()
                        .rehearsal(id -> true)
                        .recordAll(List.of(
                                BehaviorFacade.view(BehaviorFacade.BROWSER, "1", local("2026-02-28T00:00:00")))));
    }
}

package dev.retailcrm.assets.tier;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.retailcrm.assets.definition.DefinitionReader;
import dev.retailcrm.assets.ledger.Calendar;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Programs of tiers, and where customers stand in them, as JSON; equal ones have equal texts. Stateless. */
public final class TierText {
    private static final int MAX_STANDINGS = 1_000;
    private static final int MAX_FILE = 1_048_576;

    private TierText() {}

    static String of(TierProgram program) {
        ObjectNode json = DefinitionReader.newObject().put("key", program.key());
        json.putObject("measure")
                .put("kind", program.measure().kind().name())
                .put("unit", program.measure().unit());
        json.putObject("period")
                .put("form", program.period().form().name())
                .put("count", program.period().count())
                .put("unit", program.period().unit().name());
        ArrayNode levels = json.putArray("levels");
        for (TierLevel level : program.levels()) {
            ObjectNode one = levels.addObject()
                    .put("key", level.key())
                    .put("name", level.name())
                    .put("threshold", level.threshold());
            ArrayNode gifts = one.putArray("gifts");
            level.gifts().forEach(gifts::add);
        }
        json.put("from", program.from().toString());
        json.putObject("valid")
                .put("count", program.valid().count())
                .put("unit", program.valid().unit().name())
                .put("toEndOf", program.valid().toEndOf().name());
        return DefinitionReader.text(json.put("graceDays", program.graceDays())
                .put("downgrade", program.downgrade().name())
                .put("retired", program.retired())
                .put("version", program.version()));
    }

    static TierProgram program(String text) {
        return DefinitionReader.read(
                text,
                TierProgram.MAX_BYTES,
                json -> new TierProgram(
                        json.text("key"),
                        json.object(
                                "measure",
                                it -> new TierMeasure(
                                        it.choice("kind", TierMeasure.Kind.class, null), it.text("unit"))),
                        json.has("period")
                                ? json.object(
                                        "period",
                                        it -> new TierPeriod(
                                                it.choice("form", TierPeriod.Form.class, null),
                                                it.integer("count", 0),
                                                it.choice("unit", Calendar.class, Calendar.DAY)))
                                : TierPeriod.ever(),
                        json.objects("levels", TierProgram.MAX_LEVELS, TierText::level),
                        json.textAs("from", LocalDate::parse, LocalDate.EPOCH),
                        json.has("valid")
                                ? json.object("valid", TierText::valid)
                                : TierProgram.Validity.of(1, Calendar.YEAR),
                        json.integer("graceDays", 0),
                        json.choice("downgrade", Downgrade.class, Downgrade.TO_QUALIFIED),
                        json.flag("retired", false),
                        json.number("version", 0)));
    }

    private static TierLevel level(DefinitionReader json) {
        String key = json.text("key");
        String name = json.textOrNull("name");
        return new TierLevel(
                key,
                name == null ? key : name,
                json.number("threshold", 0),
                json.texts("gifts", TierProgram.MAX_LEVELS));
    }

    private static TierProgram.Validity valid(DefinitionReader json) {
        return new TierProgram.Validity(
                json.integer("count", 1),
                json.choice("unit", Calendar.class, Calendar.YEAR),
                json.choice("toEndOf", Calendar.class, Calendar.DAY));
    }

    /** Where a customer stands in programs. */
    public static String of(Collection<TierStanding> standings) {
        ObjectNode json = DefinitionReader.newObject();
        ArrayNode all = json.putArray("standings");
        for (TierStanding standing : standings) {
            ObjectNode one = all.addObject()
                    .put("program", standing.program())
                    .put("reached", standing.reached())
                    .put("since", standing.since().toEpochMilli());
            put(one, "until", standing.until());
            put(one, "grace", standing.grace());
            put(one, "floor", standing.floor());
            put(one, "paid", standing.paid());
            put(one, "locked", standing.lockedUntil());
            one.put("highest", standing.highest()).put("asOf", standing.asOf().toEpochMilli());
        }
        return DefinitionReader.text(json);
    }

    private static void put(ObjectNode json, String field, @Nullable Instant instant) {
        if (instant != null) {
            json.put(field, instant.toEpochMilli());
        }
    }

    private static void put(ObjectNode json, String field, TierStanding.@Nullable Bound bound) {
        if (bound != null) {
            json.putObject(field)
                    .put("level", bound.level())
                    .put("until", bound.until().toEpochMilli());
        }
    }

    /** What was written of where a customer stands. */
    public static List<TierStanding> standings(String text) {
        return DefinitionReader.read(
                text, MAX_FILE, json -> json.objects("standings", MAX_STANDINGS, TierText::standing));
    }

    private static TierStanding standing(DefinitionReader json) {
        return new TierStanding(
                json.text("program"),
                json.text("reached"),
                Instant.ofEpochMilli(json.number("since", 0)),
                instant(json, "until"),
                instant(json, "grace"),
                bound(json, "floor"),
                bound(json, "paid"),
                instant(json, "locked"),
                json.text("highest"),
                Instant.ofEpochMilli(json.number("asOf", 0)));
    }

    private static @Nullable Instant instant(DefinitionReader json, String field) {
        return json.has(field) ? Instant.ofEpochMilli(json.number(field, 0)) : null;
    }

    private static TierStanding.@Nullable Bound bound(DefinitionReader json, String field) {
        return json.has(field)
                ? json.object(
                        field,
                        it -> new TierStanding.Bound(it.text("level"), Instant.ofEpochMilli(it.number("until", 0))))
                : null;
    }
}

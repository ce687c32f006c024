package dev.retailcrm.assets.earn;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.retailcrm.assets.checkout.LineKind;
import dev.retailcrm.assets.checkout.TenderKind;
import dev.retailcrm.assets.definition.DefinitionReader;
import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.rule.Rule;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Programs, and what they gave, as JSON; equal ones have equal texts. Stateless. */
public final class EarnText {
    private static final int MAX_RESULT = 1_048_576;

    /** The most characters of a result without lists, of a program or rule without its lines, of a line, and of a use: keys have 40, each escaped. */
    private static final int SHORT = 200;

    private static final int RULE = 500;
    private static final int LINE = 200;
    private static final int USE = 500;
    private static final int MAX_RESULTS = 4_000;

    private EarnText() {}

    static String of(EarningProgram program) {
        ObjectNode json = DefinitionReader.newObject()
                .put("key", program.key())
                .put("asset", program.asset().code());
        ArrayNode rules = json.putArray("rules");
        program.rules().forEach(rule -> write(rules.addObject(), rule));
        ObjectNode base = json.putObject("base").put("discounts", program.base().discounts());
        ArrayNode tenders = base.putArray("tenders");
        program.base().tenders().forEach(it -> tenders.add(it.name()));
        json.put("availableAfterDays", program.availability().days());
        caps(json, program.caps());
        return DefinitionReader.text(json.put("retired", program.retired()).put("version", program.version()));
    }

    static EarningProgram program(String text) {
        return DefinitionReader.read(
                text,
                EarningProgram.MAX_BYTES,
                json -> new EarningProgram(
                        json.text("key"),
                        json.textAs("asset", Asset::parse, Asset.points("standard")),
                        json.objects("rules", EarningProgram.MAX_RULES, EarnText::rule),
                        json.has("base") ? json.object("base", EarnText::base) : EarnBase.standard(),
                        new Availability(json.integer("availableAfterDays", 0)),
                        caps(json),
                        json.flag("retired", false),
                        json.number("version", 0)));
    }

    private static EarnBase base(DefinitionReader json) {
        return new EarnBase(
                json.flag("discounts", true),
                new TreeSet<>(
                        json.has("tenders") ? json.choices("tenders", TenderKind.class) : List.of(TenderKind.POINTS)));
    }

    private static void caps(ObjectNode json, List<EarnCap> caps) {
        ArrayNode all = json.putArray("caps");
        for (EarnCap cap : caps) {
            ObjectNode one = all.addObject().put("period", cap.period().name());
            if (cap.points() != EarnCap.NONE) {
                one.put("points", cap.points());
            }
            if (cap.times() != EarnCap.NONE) {
                one.put("times", cap.times());
            }
        }
    }

    private static List<EarnCap> caps(DefinitionReader json) {
        return json.objects(
                "caps",
                CapPeriod.values().length,
                it -> new EarnCap(
                        it.choice("period", CapPeriod.class, null),
                        it.number("points", EarnCap.NONE),
                        it.number("times", EarnCap.NONE)));
    }

    private static void write(ObjectNode json, EarnRule rule) {
        json.put("key", rule.key());
        ObjectNode basis = json.putObject("basis");
        rule.basis().accept(new BasisWriter(basis));
        write(json.putObject("scope"), rule.scope());
        if (rule.minimumAmount() != null) {
            json.put("minimumAmount", rule.minimumAmount().toString());
        }
        json.put("minimumUnits", rule.minimumUnits())
                .put("stacking", rule.stacking().name())
                .put("priority", rule.priority());
        caps(json, rule.caps());
    }

    private static EarnRule rule(DefinitionReader json) {
        return new EarnRule(
                json.text("key"),
                json.object("basis", EarnText::basis),
                json.has("scope") ? json.object("scope", EarnText::scope) : EarnScope.everything(),
                json.has("minimumAmount") ? json.money("minimumAmount") : null,
                json.integer("minimumUnits", 0),
                json.choice("stacking", Stacking.class, Stacking.ADD),
                json.integer("priority", 0),
                caps(json));
    }

    private record BasisWriter(ObjectNode json) implements EarnBasis.Visitor<ObjectNode> {
        @Override
        public ObjectNode money(EarnBasis.PerMoney basis) {
            return json.put("per", "MONEY")
                    .put("points", basis.points())
                    .put("block", basis.block().toString())
                    .put("rounding", basis.rounding().name());
        }

        @Override
        public ObjectNode units(EarnBasis.PerUnit basis) {
            return json.put("per", "UNIT")
                    .put("points", basis.points())
                    .put("block", basis.block())
                    .put("rounding", basis.rounding().name());
        }

        @Override
        public ObjectNode times(EarnBasis.Times basis) {
            return json.put("per", "TIMES")
                    .put("factor", basis.factor().toPlainString())
                    .put("rounding", basis.rounding().name());
        }

        @Override
        public ObjectNode order(EarnBasis.PerOrder basis) {
            return json.put("per", "ORDER").put("points", basis.points());
        }

        @Override
        public ObjectNode event(EarnBasis.PerEvent basis) {
            json.put("per", "EVENT").put("occasion", basis.occasion().name());
            if (basis.code() != null) {
                json.put("code", basis.code());
            }
            ArrayNode steps = json.putArray("steps");
            basis.steps().forEach(steps::add);
            return json;
        }
    }

    private static EarnBasis basis(DefinitionReader json) {
        return switch (json.text("per")) {
            case "MONEY" -> new EarnBasis.PerMoney(json.number("points", 0), json.money("block"), rounding(json));
            case "UNIT" -> new EarnBasis.PerUnit(json.number("points", 0), json.integer("block", 1), rounding(json));
            case "TIMES" ->
                new EarnBasis.Times(json.textAs("factor", EarnText::factor, BigDecimal.ZERO), rounding(json));
            case "ORDER" -> new EarnBasis.PerOrder(json.number("points", 0));
            case "EVENT" ->
                new EarnBasis.PerEvent(
                        json.choice("occasion", Occasion.class, null),
                        json.textOrNull("code"),
                        json.numbers("steps", EarnBasis.MAX_STEPS));
            default -> throw CoreError.INVALID_VALUE.because("a basis is per MONEY, UNIT, TIMES, ORDER or EVENT");
        };
    }

    private static BigDecimal factor(String text) {
        try {
            return new BigDecimal(text.length() > 20 ? "" : text);
        } catch (NumberFormatException e) {
            throw CoreError.INVALID_VALUE.causedBy(e, "a factor must be a number");
        }
    }

    private static RoundingMode rounding(DefinitionReader json) {
        return json.choice("rounding", RoundingMode.class, RoundingMode.DOWN);
    }

    private static void write(ObjectNode json, EarnScope scope) {
        write(json, "skus", scope.goods().skus());
        write(json, "categories", scope.goods().categories());
        write(json, "brands", scope.goods().brands());
        write(json, "exceptSkus", scope.except().skus());
        write(json, "exceptCategories", scope.except().categories());
        write(json, "exceptBrands", scope.except().brands());
        write(json, "stores", scope.stores());
        write(json, "channels", scope.channels());
        EarnScope.Tier tier = scope.tier();
        if (tier != null) {
            write(json.putObject("tier").put("program", tier.program()), "levels", tier.levels());
        }
        if (scope.audience() != null) {
            json.put("audience", scope.audience().toJson());
        }
        EarnTime time = scope.time();
        if (!time.equals(EarnTime.always())) {
            ObjectNode when = json.putObject("time");
            write(when, "from", time.from());
            write(when, "through", time.through());
            write(when, "weekdays", time.weekdays().stream().map(Enum::name).toList());
            write(when, "dates", time.dates().stream().map(LocalDate::toString).toList());
            if (!time.memberDays().isEmpty()) {
                ArrayNode days = when.putArray("memberDays");
                time.memberDays().forEach(days::add);
            }
            write(when, "opens", time.opens());
            write(when, "closes", time.closes());
        }
    }

    private static void write(ObjectNode json, String field, Collection<String> texts) {
        if (!texts.isEmpty()) {
            ArrayNode all = json.putArray(field);
            texts.forEach(all::add);
        }
    }

    private static void write(ObjectNode json, String field, @Nullable Object value) {
        if (value != null) {
            json.put(field, value.toString());
        }
    }

    private static EarnScope scope(DefinitionReader json) {
        return new EarnScope(
                goods(json, "skus", "categories", "brands"),
                goods(json, "exceptSkus", "exceptCategories", "exceptBrands"),
                codes(json, "stores"),
                codes(json, "channels"),
                json.has("tier")
                        ? json.object("tier", it -> new EarnScope.Tier(it.text("program"), codes(it, "levels")))
                        : null,
                json.textAs("audience", Rule::parse),
                json.has("time") ? json.object("time", EarnText::time) : EarnTime.always());
    }

    private static EarnScope.Goods goods(DefinitionReader json, String skus, String categories, String brands) {
        return new EarnScope.Goods(codes(json, skus), codes(json, categories), codes(json, brands));
    }

    private static SortedSet<String> codes(DefinitionReader json, String field) {
        return new TreeSet<>(json.texts(field, EarnScope.MAX_CODES));
    }

    private static EarnTime time(DefinitionReader json) {
        TreeSet<Integer> memberDays = new TreeSet<>();
        json.numbers("memberDays", 31).forEach(day -> memberDays.add(Math.toIntExact(day)));
        TreeSet<LocalDate> dates = new TreeSet<>();
        json.texts("dates", EarnTime.MAX_DATES).forEach(day -> dates.add(LocalDate.parse(day)));
        return new EarnTime(
                json.textAs("from", LocalDate::parse),
                json.textAs("through", LocalDate::parse),
                new TreeSet<>(json.choices("weekdays", DayOfWeek.class)),
                dates,
                memberDays,
                json.textAs("opens", LocalTime::parse),
                json.textAs("closes", LocalTime::parse));
    }

    /**
     * What programs gave, and what that used of caps.
     *
     * @throws CrmException {@link CoreError#INVALID_VALUE} if that is more than 1,048,576 characters
     */
    public static String of(EarnOutcome outcome) {
        ObjectNode json = DefinitionReader.newObject();
        if (outcome.currency() != null) {
            json.put("currency", outcome.currency());
        }
        ArrayNode used = json.putArray("uses");
        for (CapUse use : outcome.uses()) {
            used.addObject()
                    .put("program", use.program())
                    .put("rule", use.rule())
                    .put("period", use.period())
                    .put("points", use.points())
                    .put("times", use.times());
        }
        ArrayNode all = json.putArray("programs");
        for (ProgramEarning result : outcome.programs()) {
            ObjectNode one = all.addObject()
                    .put("program", result.program())
                    .put("version", result.version())
                    .put("asset", result.asset().code())
                    .put("points", result.points());
            if (result.availableFrom() != null) {
                one.put("availableFrom", result.availableFrom().toEpochMilli());
            }
            ArrayNode rules = one.putArray("rules");
            result.rules().forEach(rule -> write(rules.addObject(), rule));
            ArrayNode lines = one.putArray("lines");
            result.lines()
                    .forEach(line -> lines.addObject()
                            .put("line", line.line())
                            .put("kind", line.kind().name())
                            .put("paid", line.paidMinor())
                            .put("base", line.baseMinor())
                            .put("points", line.points()));
        }
        String text = DefinitionReader.text(json);
        if (text.length() > MAX_RESULT) {
            throw CoreError.INVALID_VALUE.because(
                    "what so many programs give for so many lines is too long to be kept");
        }
        return text;
    }

    /** Refuses what {@link #of(EarnOutcome)} would, without writing what is short for certain. */
    static void requireShort(EarnOutcome outcome) {
        long most = SHORT + (long) outcome.uses().size() * USE;
        for (ProgramEarning program : outcome.programs()) {
            most += RULE + (long) program.lines().size() * LINE;
            for (RuleEarning rule : program.rules()) {
                most += RULE + (long) rule.lines().size() * LINE;
            }
        }
        if (most > MAX_RESULT) {
            of(outcome);
        }
    }

    private static void write(ObjectNode json, RuleEarning rule) {
        json.put("rule", rule.rule()).put("verdict", rule.verdict().name()).put("points", rule.points());
        if (rule.cap() != null) {
            json.put("cap", rule.cap().name());
        }
        write(json, "lines", rule.lines());
    }

    private static void write(ObjectNode json, String field, SortedMap<Integer, Long> lines) {
        ArrayNode all = json.putArray(field);
        lines.forEach((line, amount) -> all.add(line).add(amount));
    }

    /** What was written of what programs gave, and of what that used of caps. */
    public static EarnOutcome outcome(String text) {
        return DefinitionReader.read(
                text,
                4 * MAX_RESULT,
                json -> new EarnOutcome(
                        json.objects("programs", MAX_RESULTS, EarnText::result),
                        json.objects(
                                "uses",
                                Integer.MAX_VALUE,
                                use -> new CapUse(
                                        use.text("program"),
                                        use.text("rule"),
                                        use.text("period"),
                                        use.number("points", 0),
                                        use.number("times", 0))),
                        json.textOrNull("currency")));
    }

    private static ProgramEarning result(DefinitionReader json) {
        return new ProgramEarning(
                json.text("program"),
                json.number("version", 0),
                json.textAs("asset", Asset::parse, Asset.points("standard")),
                json.number("points", 0),
                json.has("availableFrom") ? Instant.ofEpochMilli(json.number("availableFrom", 0)) : null,
                json.objects("rules", MAX_RESULTS, EarnText::given),
                json.objects(
                        "lines",
                        MAX_RESULTS,
                        line -> new LineEarning(
                                line.integer("line", 0),
                                line.choice("kind", LineKind.class, null),
                                line.number("paid", 0),
                                line.number("base", 0),
                                line.number("points", 0))));
    }

    private static RuleEarning given(DefinitionReader json) {
        return new RuleEarning(
                json.text("rule"),
                json.choice("verdict", EarnVerdict.class, null),
                json.number("points", 0),
                json.has("cap") ? json.choice("cap", CapPeriod.class, null) : null,
                amounts(json, "lines"));
    }

    private static SortedMap<Integer, Long> amounts(DefinitionReader json, String field) {
        SortedMap<Integer, Long> lines = new TreeMap<>();
        List<Long> flat = json.numbers(field, MAX_RESULTS);
        for (int i = 0; i + 1 < flat.size(); i += 2) {
            lines.put(Math.toIntExact(flat.get(i)), flat.get(i + 1));
        }
        return lines;
    }

    /** Amounts by line. */
    public static String of(SortedMap<Integer, Long> amounts) {
        ObjectNode json = DefinitionReader.newObject();
        write(json, "lines", amounts);
        return DefinitionReader.text(json);
    }

    /** What was written of amounts by line. */
    public static SortedMap<Integer, Long> amounts(String text) {
        return DefinitionReader.read(text, MAX_RESULT, json -> amounts(json, "lines"));
    }
}

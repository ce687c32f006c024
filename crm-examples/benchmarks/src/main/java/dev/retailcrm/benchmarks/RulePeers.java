package dev.retailcrm.benchmarks;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.github.jamsesso.jsonlogic.JsonLogic;
import io.github.jamsesso.jsonlogic.JsonLogicException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The same rule by hand, in JsonLogic and in CEL. */
final class RulePeers {
    private RulePeers() {}

    /** What somebody writes who knows this one rule. */
    static final class ByHand {
        private final Row[] rows;
        private final Set<String> cities = Set.copyOf(Shopper.CITIES);
        private final long since = Shopper.SINCE.toEpochMilli();

        private record Row(String gender, int age, String city, int spend, long last, Set<String> tags) {}

        ByHand(List<Shopper> shoppers) {
            rows = shoppers.stream()
                    .map(it -> new Row(
                            it.gender(),
                            it.age(),
                            it.city(),
                            it.spend(),
                            it.last().toEpochMilli(),
                            it.tags()))
                    .toArray(Row[]::new);
        }

        boolean test(int i) {
            Row row = rows[i];
            return row.gender.equals("female")
                    && row.age >= 30
                    && (cities.contains(row.city) || row.spend > 800)
                    && row.last > since
                    && row.tags.contains("t7");
        }
    }

    /** json-logic-java; it keeps a rule that it has read. */
    static final class OfJsonLogic {
        private static final String RULE = """
                {"and":[
                  {"==":[{"var":"gender"},"female"]},
                  {">=":[{"var":"age"},30]},
                  {"or":[{"in":[{"var":"city"},[%s]]},{">":[{"var":"spend"},800]}]},
                  {">":[{"var":"last"},%d]},
                  {"in":["t7",{"var":"tags"}]}]}
                """.formatted(
                        Shopper.CITIES.stream().map(city -> '"' + city + '"').collect(Collectors.joining(",")),
                        Shopper.SINCE.toEpochMilli());

        private final JsonLogic logic = new JsonLogic();
        private final List<Map<String, Object>> data;

        OfJsonLogic(List<Shopper> shoppers) {
            data = shoppers.stream().map(RulePeers::values).toList();
        }

        boolean test(int i) {
            try {
                return JsonLogic.truthy(logic.apply(RULE, data.get(i)));
            } catch (JsonLogicException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** CEL-java, compiled and checked once. */
    static final class OfCel {
        private final CelRuntime.Program program;
        private final List<Map<String, Object>> data;

        OfCel(List<Shopper> shoppers) {
            data = shoppers.stream().map(RulePeers::values).toList();
            String cities =
                    Shopper.CITIES.stream().map(city -> '"' + city + '"').collect(Collectors.joining(","));
            var compiler = CelCompilerFactory.standardCelCompilerBuilder()
                    .addVar("gender", SimpleType.STRING)
                    .addVar("age", SimpleType.INT)
                    .addVar("city", SimpleType.STRING)
                    .addVar("spend", SimpleType.INT)
                    .addVar("last", SimpleType.INT)
                    .addVar("tags", ListType.create(SimpleType.STRING))
                    .setResultType(SimpleType.BOOL)
                    .build();
            try {
                program = CelRuntimeFactory.plannerRuntimeBuilder()
                        .build()
                        .createProgram(compiler.compile("gender == \"female\" && age >= 30 && (city in [" + cities
                                        + "] || spend > 800) && last > " + Shopper.SINCE.toEpochMilli()
                                        + " && \"t7\" in tags")
                                .getAst());
            } catch (CelValidationException | CelEvaluationException e) {
                throw new IllegalStateException(e);
            }
        }

        boolean test(int i) {
            try {
                return (Boolean) program.eval(data.get(i));
            } catch (CelEvaluationException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static Map<String, Object> values(Shopper shopper) {
        return Map.of(
                "gender", shopper.gender(),
                "age", (long) shopper.age(),
                "city", shopper.city(),
                "spend", (long) shopper.spend(),
                "last", shopper.last().toEpochMilli(),
                "tags", ImmutableList.copyOf(shopper.tags()));
    }
}

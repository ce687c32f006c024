package dev.retailcrm.core.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents that are no rules: each is refused with a code, and with its place where it has one. */
class HostileRulesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One rule of every kind, from which the malformed ones are made. */
    static final List<String> SOUND = List.of(
            "{'all':[{'field':'custom.age','op':'ge','value':30}]}",
            "{'any':[{'field':'custom.city','op':'in','values':['a','b']}]}",
            "{'not':{'field':'custom.score','op':'between','min':0.5,'max':{'decimal':'3'}}}",
            "{'field':'custom.spend','op':'gt','value':{'money':'8.00','currency':'CNY'}}",
            "{'field':'custom.city','op':'matches','text':'[a-z]{2}x+'}",
            "{'field':'profile.birth_date','op':'anniversary','window':{'next':{'number':7,'unit':'day'}}}",
            "{'field':'profile.birth_date','op':'age','min':18,'max':30}",
            "{'field':'profile.birth_date','op':'on_days','days':['monday']}",
            "{'field':'profile.birth_date','op':'eq','value':{'date':'2000-02-29'}}",
            "{'field':'custom.seen','op':'within','window':{'between':{'from':'2026-01-01T00:00:00Z'}}}",
            "{'field':'custom.seen','op':'lt','value':{'instant':'2026-01-01T00:00:00Z'}}",
            "{'field':'custom.sport','op':'any','options':['golf']}",
            "{'field':'custom.sport','op':'choices','comparison':'ge','number':2}",
            "{'field':'profile.gender','op':'eq','value':'female'}",
            "{'field':'custom.member','op':'eq','value':true}",
            "{'tags':['s1','s2'],'have':'any'}",
            "{'tags':['s1','s2'],'count':{'op':'ge','value':1}}",
            "{'tag':'level','op':'gt','value':3}",
            "{'audiences':['vip'],'have':'none'}",
            "{'event':{'type':'purchase','where':[{'property':'category','op':'eq','value':'x'}]},"
                    + "'aggregate':'count','test':{'op':'ge','value':2},'window':{'last':{'number':30,'unit':'day'}}}",
            "{'event':{'type':'purchase'},'aggregate':'sum','property':'points','test':{'op':'ge','value':2}}",
            "{'sequence':[{'type':'cart'},{'type':'purchase'}],'within':{'number':1,'unit':'hour'}}",
            "{'periods':{'type':'cart'},'perPeriod':1,'unit':'day','last':7,'atLeast':3}",
            "{'silence':{'type':'cart'},'span':{'number':7,'unit':'day'},'back':{'number':2,'unit':'day'}}");

    private static final List<String> INJECTIONS = List.of(
            "' OR 1=1 --",
            "\"; DROP TABLE crm_customer; --",
            "${jndi:ldap://x}",
            "a\u0000b",
            "../../etc",
            "%s%n",
            "\uD800");

    static Stream<String> hostile() {
        List<String> all = new ArrayList<>();
        for (String sound : SOUND) {
            JsonNode rule = tree(sound);
            mutants(rule).forEach(mutant -> all.add(document(mutant)));
        }
        all.addAll(List.of("", " ", "null", "[]", "1", "\"x\"", "{", "{}", "{'version':1}".replace('\'', '"')));
        all.add(document(tree(SOUND.get(0))).replace("\"version\":1", "\"version\":2"));
        all.add(document(tree(SOUND.get(0))).replace("\"version\":1", "\"version\":\"1\""));
        all.add(document(tree(SOUND.get(0))) + "x");
        all.add("{\"version\":1,\"rule\":{\"all\":[],\"all\":[]}}");
        all.add("{\"version\":1,\"rule\":" + "{\"not\":".repeat(17) + "{\"all\":[]}" + "}".repeat(17) + "}");
        all.add("{\"version\":1,\"rule\":" + "{\"not\":".repeat(50_000));
        all.add("[".repeat(60_000));
        all.add("{\"version\":1,\"rule\":{\"all\":[" + "{\"all\":[]},".repeat(500) + "{\"all\":[]}]}}");
        all.add("{\"version\":1,\"rule\":{\"all\":[" + "1,".repeat(40_000) + "1]}}");
        for (String pattern : List.of(
                "(a+)+$",
                "(a|aa)+",
                "a*a*a*b",
                ".*.*.*x",
                "(?=a)b",
                "\\\\1",
                "[[:alpha:]]",
                "a{1001}",
                "a{5,2}",
                "(",
                "[",
                "x{",
                "*a",
                "a**")) {
            all.add("{\"version\":1,\"rule\":{\"field\":\"custom.city\",\"op\":\"matches\",\"text\":\"" + pattern
                    + "\"}}");
        }
        for (String number :
                List.of("1e400", "9223372036854775808", "-9223372036854775809", "1" + "0".repeat(100), "NaN", "0x1")) {
            all.add("{\"version\":1,\"rule\":{\"field\":\"custom.age\",\"op\":\"eq\",\"value\":" + number + "}}");
        }
        return all.stream().distinct();
    }

    static JsonNode tree(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static String document(JsonNode rule) {
        ObjectNode document = JSON.createObjectNode().put("version", 1);
        document.set("rule", rule);
        return document.toString();
    }

    /** The document with one value replaced, one member taken away, or one added, at each place. */
    private static List<JsonNode> mutants(JsonNode node) {
        List<JsonNode> mutants = new ArrayList<>();
        if (node.isObject()) {
            mutants.add(((ObjectNode) node.deepCopy()).put("surplus", 1));
            node.fieldNames().forEachRemaining(name -> {
                if (!name.equals("max") && !name.equals("where") && !name.equals("window") && !name.equals("back")) {
                    ObjectNode without = node.deepCopy();
                    without.remove(name);
                    mutants.add(without);
                }
                mutants(node.get(name)).forEach(inner -> {
                    ObjectNode with = node.deepCopy();
                    with.set(name, inner);
                    mutants.add(with);
                });
            });
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                for (JsonNode inner : mutants(node.get(i))) {
                    ArrayNode with = node.deepCopy();
                    with.set(i, inner);
                    mutants.add(with);
                }
            }
            mutants.add(JSON.createObjectNode());
        } else {
            mutants.add(JSON.createArrayNode());
            mutants.add(JSON.nullNode());
            INJECTIONS.forEach(text -> mutants.add(JSON.getNodeFactory().textNode(text)));
        }
        return mutants;
    }

    @Test
    void there_are_many_and_what_they_are_made_of_is_sound() {
        assertThat(hostile().count()).isGreaterThan(500);
        for (String sound : SOUND) {
            Rule.parse(document(tree(sound))).check(RuleTest.CATALOG, RuleTime.in(ZoneOffset.UTC));
        }
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void each_is_refused_with_a_code(String document) {
        // Where any text will do, as one to compare with, an injection is a text like others.
        CrmException refusal = catchThrowableOfType(
                CrmException.class, () -> Rule.parse(document).check(RuleTest.CATALOG, RuleTime.in(ZoneOffset.UTC)));
        if (refusal == null) {
            assertThat(INJECTIONS)
                    .anyMatch(text -> document.contains(
                            JSON.getNodeFactory().textNode(text).toString()));
            return;
        }
        assertThat(refusal.code()).isEqualTo(CoreError.INVALID_RULE);
        assertThat(refusal.getMessage()).hasSizeLessThan(400).doesNotContain("DROP TABLE");
    }

    @Test
    void a_refusal_names_the_place() {
        CrmException refusal = catchThrowableOfType(
                CrmException.class,
                () -> Rule.parse(document(tree("{'all':[{'field':'custom.age','op':'in','values':[1,'x']}]}")))
                        .check(RuleTest.CATALOG, RuleTime.in(ZoneOffset.UTC)));
        assertThat(refusal.details()).containsEntry("path", "/rule/all/0/values/1");
    }
}

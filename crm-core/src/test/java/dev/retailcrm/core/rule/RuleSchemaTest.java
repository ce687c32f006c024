package dev.retailcrm.core.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.retailcrm.core.kernel.CrmException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The published schema and the parser agree: what one refuses by its shape the other does. */
class RuleSchemaTest {
    static final Schema SCHEMA = schema();

    /** What a schema cannot say, by the words of the parser; the description of the schema names the same. */
    private static final Pattern BEYOND_SHAPE = Pattern.compile("nested deeper"
            + "|more than 500 conditions"
            + "|at most 65536 bytes"
            + "|no JSON that can be a rule"
            + "|whole number of 64 bits"
            + "|number is too large"
            + "|not written as it should be"
            + "|not blank|control characters"
            + "|digits before|10\\^18|outside|between 1970|year must be"
            + "|periods with events"
            + "|pattern");

    private static Schema schema() {
        try (InputStream in = Rule.class.getResourceAsStream("/META-INF/crm/rule.schema.json")) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fails if the schema and the parser differ about a document for any reason but those beyond shape. */
    static void requireAgreement(String document) {
        CrmException refusal = catchThrowableOfType(CrmException.class, () -> Rule.parse(document));
        if (refusal == null) {
            assertThat(SCHEMA.validate(RuleParser.tree(document))).as(document).isEmpty();
        } else if (!BEYOND_SHAPE
                .matcher(Objects.requireNonNull(refusal.getMessage()))
                .find()) {
            assertThat(SCHEMA.validate(RuleParser.tree(document)))
                    .as("%s, refused with %s", document, refusal.getMessage())
                    .isNotEmpty();
        }
    }

    static Stream<String> sound() {
        return HostileRulesTest.SOUND.stream().map(text -> HostileRulesTest.document(HostileRulesTest.tree(text)));
    }

    @ParameterizedTest
    @MethodSource("sound")
    void a_rule_of_every_kind_is_one_by_the_schema(String document) {
        assertThat(SCHEMA.validate(RuleParser.tree(document))).isEmpty();
    }

    @Test
    void documents_that_are_no_rules_are_none_by_the_schema() {
        HostileRulesTest.hostile().forEach(RuleSchemaTest::requireAgreement);
    }

    @Test
    void the_schema_refuses_most_hostile_documents_itself() {
        List<JsonNode> read = HostileRulesTest.hostile()
                .filter(text -> catchThrowableOfType(CrmException.class, () -> RuleParser.tree(text)) == null)
                .map(RuleParser::tree)
                .toList();
        long refused =
                read.stream().filter(it -> !SCHEMA.validate(it).isEmpty()).count();

        assertThat(refused).isGreaterThan(700);
    }

    @Test
    void numbers_stand_at_the_same_limits() {
        for (String number : List.of("-1", "0", "1", "100", "101", "500", "501", "1000", "1001", "10000", "10001")) {
            for (String shape : List.of(
                    "{'field':'a','op':'age','min':#}",
                    "{'field':'a','op':'within','window':{'periods':{'unit':'day','first':#,'number':1}}}",
                    "{'field':'a','op':'within','window':{'periods':{'unit':'day','first':0,'number':#}}}",
                    "{'field':'a','op':'within','window':{'last':{'number':#,'unit':'year'}}}",
                    "{'field':'a','op':'within','window':{'ago':{'least':{'number':#,'unit':'year'}}}}",
                    "{'periods':{'type':'c'},'perPeriod':1,'unit':'day','last':#,'atLeast':1}",
                    "{'periods':{'type':'c'},'perPeriod':#,'unit':'day','last':1,'atLeast':1}",
                    "{'silence':{'type':'c'},'span':{'number':#,'unit':'day'}}")) {
                requireAgreement(HostileRulesTest.document(HostileRulesTest.tree(shape.replace("#", number))));
            }
        }
    }
}

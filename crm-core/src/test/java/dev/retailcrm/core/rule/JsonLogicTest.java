package dev.retailcrm.core.rule;

import static dev.retailcrm.core.rule.Rules.allOf;
import static dev.retailcrm.core.rule.Rules.anyOf;
import static dev.retailcrm.core.rule.Rules.field;
import static dev.retailcrm.core.rule.Rules.not;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonLogicTest {
    private static Condition read(String json) {
        return JsonLogic.toRule(json.replace('\'', '"'), RuleTest.FIELDS).condition();
    }

    @Test
    void reads_what_is_joined_negated_and_compared() {
        assertThat(read("{'and':[{'==':[{'var':'profile.gender'},'female']},"
                        + "{'or':[{'>=':[{'var':'custom.age'},30]},{'!':{'var':'custom.member'}}]}]}"))
                .isEqualTo(allOf(
                        field("profile.gender").is("female"),
                        anyOf(
                                field("custom.age").atLeast(30),
                                not(field("custom.member").is(true)))));
    }

    @Test
    void a_field_may_stand_on_either_side() {
        assertThat(read("{'<':[18,{'var':['custom.age']}]}")).isEqualTo(read("{'>':[{'var':'custom.age'},18]}"));
    }

    @Test
    void three_values_are_between() {
        assertThat(read("{'<':[1,{'var':'custom.age'},4]}"))
                .isEqualTo(allOf(
                        field("custom.age").greaterThan(1), field("custom.age").lessThan(4)));
    }

    @Test
    void unequal_is_true_of_a_missing_field() {
        assertThat(read("{'!=':[{'var':'custom.age'},3]}"))
                .isEqualTo(not(field("custom.age").is(3)));
    }

    @Test
    void null_is_missing() {
        assertThat(read("{'==':[{'var':'custom.age'},null]}")).isEqualTo(read("{'missing':['custom.age']}"));
    }

    @Test
    void case_and_width_of_custom_texts_count_as_they_do_there() {
        assertThat(read("{'==':[{'var':'custom.city'},'a.c']}"))
                .isEqualTo(field("custom.city").matches("a\\.c"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{'if':[true,true,false]}; if; /if",
                "{'and':[{'==':[{'var':'custom.age'},3]},{'!!':{'var':'custom.age'}}]}; !!; /and/1/!!",
                "{'<':[{'+':[{'var':'custom.age'},1]},3]}; <; /</0",
                "{'==':[{'var':'custom.age'},'3']}; ==; /==/1",
                "{'===':[{'var':'custom.member'},1]}; ===; /===/1",
                "{'==':[{'var':'custom.age'},{'var':'custom.id'}]}; ==; /==/0",
                "{'==':[1,1]}; ==; /==/0",
                "{'<':[{'var':'custom.city'},'b']}; <; /</1",
                "{'>':[3,{'var':'custom.age'},1]}; >; />",
                "{'<':[{'var':'custom.age'},9007199254740993]}; <; /</1",
                "{'==':[{'var':'custom.seen'},'2026-01-01T00:00:00Z']}; ==; /==/1",
                "{'==':[{'var':'custom.spend'},5]}; ==; /==/1",
                "{'var':'custom.spend'}; var; /var",
                "{'var':['custom.age',3]}; var; /var",
                "{'==':[{'var':'custom.unheard'},3]}; var; /==/0/var",
                "{'==':[{'var':'custom.city'},' tea']}; ==; /==/1",
                "{'in':['x',{'var':'custom.age'}]}; in; /in",
                "{'in':[{'var':'custom.age'},[1,null]]}; in; /in/1/1",
                "{'/':[4,2]}; /; /~1",
                "{'and':[]}; and; /and",
                "{'missing_some':[1,['custom.age']]}; missing_some; /missing_some",
                "{'DROP TABLE':[1]}; unknown operator; /?",
                "{'and':[{'<':[1,2],'>':[1,2]}]}; and; /and/0",
                "5; ``; ``"
            })
    void anything_else_is_refused_by_its_operator_and_place(String json, String operator, String path) {
        CrmException refusal = catchThrowableOfType(CrmException.class, () -> read(json));

        assertThat(refusal.code()).isEqualTo(CoreError.UNSUPPORTED_JSON_LOGIC);
        assertThat(refusal.details()).containsEntry("operator", operator).containsEntry("path", path);
        assertThat(refusal.getMessage()).doesNotContain("DROP TABLE");
    }

    @Test
    void what_is_no_json_or_too_large_is_no_rule() {
        for (String json : new String[] {
            "{", "{'and':[],'and':[]}", "{'!':".repeat(17) + "true" + "}".repeat(17), "1".repeat(70_000)
        }) {
            assertThat(catchThrowableOfType(CrmException.class, () -> read(json))
                            .code())
                    .isEqualTo(CoreError.INVALID_RULE);
        }
    }
}

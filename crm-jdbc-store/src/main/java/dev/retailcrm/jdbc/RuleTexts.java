package dev.retailcrm.jdbc;

import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.val;

import dev.retailcrm.core.spi.ValueQuestion;
import org.jooq.Condition;
import org.jooq.Field;

/** Questions about texts, character by character. Stateless. */
final class RuleTexts {
    private static final char ESCAPE = '!';

    private RuleTexts() {}

    static Condition is(Field<String> text, ValueQuestion.Texts question) {
        return question.negated() ? text.notIn(question.texts()) : text.in(question.texts());
    }

    static Condition like(Engine engine, RuleColumn column, ValueQuestion.Like question) {
        String part = question.text();
        return switch (question.match()) {
            case CONTAINS -> column.texts().like("%" + escaped(part) + "%", ESCAPE);
            case STARTS -> column.texts().like(escaped(part) + "%", ESCAPE);
            case ENDS -> column.texts().like("%" + escaped(part), ESCAPE);
            case MATCHES -> matches(engine, column.given(), part);
        };
    }

    private static String escaped(String part) {
        return part.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }

    /** Of H2, which asks Java, a dot is told to leave out line feeds only, and the end to be the end. */
    private static Condition matches(Engine engine, Field<String> text, String portable) {
        return switch (engine) {
            case H2 -> condition("regexp_like({0}, {1})", text, val("(?d)\\A(?:" + portable + ")\\z"));
            case POSTGRESQL -> condition("{0} ~ {1}", text, val("^(?:" + portable + ")$"));
            case MARIADB -> condition("{0} regexp {1}", text, val("^(?:" + portable + ")$"));
        };
    }
}

package dev.retailcrm.core.rule;

import dev.retailcrm.core.field.CatalogField;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.spi.RuleTranslation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a field is. */
final class FieldNode extends Node {
    private final FieldCondition condition;
    private final CatalogField field;
    private final int place;
    private final ValueTester tester;
    private final ValueCheck check;

    FieldNode(FieldCondition condition, CatalogField field, int place, ValueCheck check) {
        this.condition = condition;
        this.field = field;
        this.place = place;
        this.tester = check.tester();
        this.check = check;
    }

    @Override
    boolean test(CustomerFacts facts, Now now) {
        FieldValue value = facts.field(place, now);
        return value != null && tester.test(value, now);
    }

    @Override
    long next(CustomerFacts facts, Now now) {
        FieldValue value = facts.field(place, now);
        long next = facts.next(place, now);
        return value == null ? next : Math.min(next, tester.next(value, now));
    }

    @Override
    <C> C translate(RuleTranslation<C> language, Now now) {
        return language.field(field, RuleCatalog.isFolded(field), check.question(now));
    }

    @Override
    Why why(CustomerFacts facts, Now now) {
        return new Why(condition, test(facts, now), facts.field(place, now), List.of(), List.of());
    }

    /** A text without the differences of case and width. */
    static final class Folded extends Node {
        private final FieldCondition condition;
        private final CatalogField field;
        private final int place;
        private final ValueTester.OfText tester;
        private final ValueCheck check;

        Folded(FieldCondition condition, CatalogField field, int place, ValueTester.OfText tester, ValueCheck check) {
            this.condition = condition;
            this.field = field;
            this.place = place;
            this.tester = tester;
            this.check = check;
        }

        @Override
        <C> C translate(RuleTranslation<C> language, Now now) {
            return language.field(field, true, check.question(now));
        }

        @Override
        boolean test(CustomerFacts facts, Now now) {
            String text = facts.folded(place);
            return text != null && tester.test(text);
        }

        @Override
        long next(CustomerFacts facts, Now now) {
            return Now.NEVER;
        }

        @Override
        Why why(CustomerFacts facts, Now now) {
            return new Why(condition, test(facts, now), facts.field(place, now), List.of(), List.of());
        }
    }

    /** Whether a field is there. */
    static final class Present extends Node {
        private final FieldCondition condition;
        private final CatalogField field;
        private final int place;
        private final boolean there;

        Present(FieldCondition condition, CatalogField field, int place, boolean there) {
            this.condition = condition;
            this.field = field;
            this.place = place;
            this.there = there;
        }

        @Override
        <C> C translate(RuleTranslation<C> language, Now now) {
            C present = language.present(field);
            return there ? present : language.not(present);
        }

        @Override
        boolean test(CustomerFacts facts, Now now) {
            return (facts.field(place, now) != null) == there;
        }

        @Override
        long next(CustomerFacts facts, Now now) {
            return facts.next(place, now);
        }

        @Override
        Why why(CustomerFacts facts, Now now) {
            @Nullable FieldValue value = facts.field(place, now);
            return new Why(condition, test(facts, now), value, List.of(), List.of());
        }
    }
}

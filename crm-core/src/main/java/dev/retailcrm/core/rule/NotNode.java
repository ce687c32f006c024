package dev.retailcrm.core.rule;

import dev.retailcrm.core.spi.RuleTranslation;
import java.util.List;

/** The opposite of a node. */
final class NotNode extends Node {
    private final Not condition;
    private final Node node;

    NotNode(Not condition, Node node) {
        this.condition = condition;
        this.node = node;
    }

    @Override
    boolean test(CustomerFacts facts, Now now) {
        return !node.test(facts, now);
    }

    @Override
    long next(CustomerFacts facts, Now now) {
        return node.flip(facts, now);
    }

    @Override
    <C> C translate(RuleTranslation<C> language, Now now) {
        return language.not(node.translate(language, now));
    }

    @Override
    Why why(CustomerFacts facts, Now now) {
        return new Why(condition, test(facts, now), null, List.of(), List.of(node.why(facts, now)));
    }
}

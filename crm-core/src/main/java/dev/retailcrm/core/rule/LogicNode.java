package dev.retailcrm.core.rule;

import dev.retailcrm.core.spi.RuleTranslation;
import java.util.Arrays;
import java.util.List;

/** All of some nodes, or any of them. */
final class LogicNode extends Node {
    private final Condition condition;
    private final Node[] nodes;
    private final boolean all;

    LogicNode(Condition condition, List<Node> nodes, boolean all) {
        this.condition = condition;
        this.nodes = nodes.toArray(Node[]::new);
        this.all = all;
    }

    @Override
    boolean test(CustomerFacts facts, Now now) {
        for (Node node : nodes) {
            if (node.test(facts, now) != all) {
                return !all;
            }
        }
        return all;
    }

    /**
     * "All" that holds changes with the first that does not hold any more. One that does not hold cannot change before each of those that do
     * not hold has; whether it does then is to be seen. "Any" is the same the other way round.
     */
    @Override
    long next(CustomerFacts facts, Now now) {
        boolean settled = test(facts, now) == all;
        long next = settled ? Now.NEVER : Long.MIN_VALUE;
        for (Node node : nodes) {
            if (settled) {
                next = Math.min(next, node.flip(facts, now));
            } else if (node.test(facts, now) != all) {
                next = Math.max(next, node.flip(facts, now));
            }
        }
        return next;
    }

    @Override
    <C> C translate(RuleTranslation<C> language, Now now) {
        List<C> parts =
                Arrays.stream(nodes).map(node -> node.translate(language, now)).toList();
        return all ? language.all(parts) : language.any(parts);
    }

    @Override
    Why why(CustomerFacts facts, Now now) {
        return new Why(
                condition,
                test(facts, now),
                null,
                List.of(),
                Arrays.stream(nodes).map(node -> node.why(facts, now)).toList());
    }
}

package dev.retailcrm.core.rule;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CrmException;

/**
 * A condition that can be kept as JSON, checked against a catalog, and asked about customers. Immutable.
 *
 * <p>Of a value that is missing every comparison is false, and {@code not} turns that answer round: {@code field.notIn(25, 30)} is false of
 * somebody whose age is not known, {@code not(field.in(25, 30))} is true.
 */
public final class Rule {
    /** The most conditions one may be nested in, itself included. */
    public static final int MAX_DEPTH = 16;

    /** The most conditions. */
    public static final int MAX_CONDITIONS = 500;

    /** The most bytes of its JSON form. */
    public static final int MAX_BYTES = 65_536;

    private final Condition condition;

    private Rule(Condition condition) {
        this.condition = condition;
    }

    /**
     * A rule.
     *
     * @throws CrmException {@link dev.retailcrm.core.kernel.CoreError#INVALID_RULE} if it is too deep or has too many conditions
     */
    public static Rule of(Condition condition) {
        new RuleSize().add(Check.present(condition, "condition"), 1);
        return new Rule(condition);
    }

    /**
     * The rule that was written by {@link #toJson}, or by hand.
     *
     * @param json at most {@value #MAX_BYTES} bytes
     * @throws CrmException {@link dev.retailcrm.core.kernel.CoreError#INVALID_RULE} naming the place in the JSON
     */
    public static Rule parse(String json) {
        return of(new RuleParser().parse(json));
    }

    /** The condition. */
    public Condition condition() {
        return condition;
    }

    /** Its canonical JSON form: equal rules have equal texts, and {@link #parse} gives the rule back. */
    public String toJson() {
        return new RuleWriter().write(condition);
    }

    /** What must be known of a customer to answer it. */
    public RequiredFacts requiredFacts() {
        return RequiredFacts.of(condition);
    }

    /**
     * Refuses a rule that asks about what the catalog does not have, or otherwise than can be asked.
     *
     * @throws CrmException {@link dev.retailcrm.core.kernel.CoreError#INVALID_RULE} naming the place in its JSON form
     */
    public void check(RuleCatalog catalog, RuleTime time) {
        compile(catalog, time);
    }

    /**
     * The rule ready to be asked.
     *
     * @throws CrmException as {@link #check}
     */
    public CompiledRule compile(RuleCatalog catalog, RuleTime time) {
        return compile(catalog, time, requiredFacts());
    }

    /**
     * The rule ready to be asked about facts that are gathered for several rules.
     *
     * @param facts what is known then, {@linkplain RequiredFacts#and at least} what this rule requires
     * @throws CrmException as {@link #check}
     */
    public CompiledRule compile(RuleCatalog catalog, RuleTime time, RequiredFacts facts) {
        if (!facts.and(requiredFacts()).equals(facts)) {
            throw RuleProblem.of("the facts are not all that the rule requires");
        }
        var compiler = new RuleCompiler(Check.present(catalog, "catalog"), facts, Check.present(time, "time"));
        Node node = condition.accept(compiler);
        return new CompiledRule(this, node, catalog, facts, time, compiler.edges());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Rule that && condition.equals(that.condition);
    }

    @Override
    public int hashCode() {
        return condition.hashCode();
    }

    @Override
    public String toString() {
        return "Rule" + requiredFacts();
    }
}

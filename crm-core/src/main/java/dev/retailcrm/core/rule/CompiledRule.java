package dev.retailcrm.core.rule;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.spi.RuleTranslation;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A rule that is ready to be asked about customers. Immutable, thread-safe. */
public final class CompiledRule {
    private final Rule rule;
    private final Node node;
    private final RuleCatalog catalog;
    private final RequiredFacts required;
    private final RuleTime time;
    private final int edges;

    CompiledRule(Rule rule, Node node, RuleCatalog catalog, RequiredFacts required, RuleTime time, int edges) {
        this.rule = rule;
        this.node = node;
        this.catalog = catalog;
        this.required = required;
        this.time = time;
        this.edges = edges;
    }

    /** The rule as it was given. */
    public Rule rule() {
        return rule;
    }

    /** What must be known of a customer. */
    public RequiredFacts requiredFacts() {
        return required;
    }

    /** What it was checked against. */
    public RuleCatalog catalog() {
        return catalog;
    }

    /** Whether it holds for a customer at an instant. For many customers ask {@link #at} once. */
    public boolean test(CustomerFacts facts, Instant asOf) {
        return at(asOf).test(facts);
    }

    /**
     * Whether it holds, why, and until when.
     *
     * @param facts gathered for the {@link #requiredFacts}
     * @param asOf from 1970 to 9999
     */
    public Verdict evaluate(CustomerFacts facts, Instant asOf) {
        Now now = now(asOf);
        requireMine(facts);
        long flip = node.flip(facts, now);
        @Nullable Instant changesAt = flip == Now.NEVER ? null : Instant.ofEpochMilli(flip);
        Why why = node.why(facts, now);
        return new Verdict(why.holds(), why, changesAt);
    }

    /** The rule at an instant, for many customers; to be used by one thread. */
    public AsOf at(Instant asOf) {
        return new AsOf(now(asOf));
    }

    Node node() {
        return node;
    }

    Now now(Instant asOf) {
        return new Now(Check.present(asOf, "instant").toEpochMilli(), time, edges);
    }

    void requireMine(CustomerFacts facts) {
        RequiredFacts given = Check.present(facts, "facts").required();
        if (!given.equals(required)) {
            throw RuleProblem.of("the facts were gathered for other rules");
        }
    }

    /** A rule at an instant. What follows from the instant alone is worked out once. Not thread-safe. */
    public final class AsOf {
        private final Now now;

        private AsOf(Now now) {
            this.now = now;
        }

        /** The rule in another language. */
        public <C> C translate(RuleTranslation<C> language) {
            return node.translate(Check.present(language, "language"), now);
        }

        /** Whether it holds for a customer. */
        public boolean test(CustomerFacts facts) {
            requireMine(facts);
            return node.test(facts, now);
        }

        /** Until when its answer about a customer holds without new facts, as in a {@link Verdict}; empty if for ever. */
        public Optional<Instant> validUntil(CustomerFacts facts) {
            requireMine(facts);
            long flip = node.flip(facts, now);
            return flip == Now.NEVER ? Optional.empty() : Optional.of(Instant.ofEpochMilli(flip));
        }
    }
}

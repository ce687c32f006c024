package dev.retailcrm.audience.index;

import dev.retailcrm.core.field.CatalogField;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.rule.RequiredFacts;
import dev.retailcrm.core.rule.RuleCatalog;

/** What an {@link AudienceIndex} holds, and how much of it at most. Immutable. */
public final class IndexScope {
    /** The bound of an index that names none: 4 GiB. */
    public static final long BYTES = 4L << 30;

    private static final int VALUES = 10_000;
    private static final int EVENTS = 400_000;
    private static final int PROPERTIES = 1 << 20;

    private final RuleCatalog catalog;
    private final RequiredFacts facts;
    private final long maxBytes;
    private final int maxValues;
    private final int countsEvery;

    private IndexScope(RuleCatalog catalog, RequiredFacts facts, long maxBytes, int maxValues, int countsEvery) {
        this.catalog = catalog;
        this.facts = facts;
        this.maxBytes = maxBytes;
        this.maxValues = maxValues;
        this.countsEvery = countsEvery;
    }

    /**
     * These facts, of the catalog that rules are checked against: those that some rules {@linkplain RequiredFacts#and require}, or
     * {@linkplain RequiredFacts#of any others}.
     *
     * @throws CrmException {@link CoreError#INVALID_VALUE} if the catalog does not have one of the fields or events
     */
    public static IndexScope of(RuleCatalog catalog, RequiredFacts facts) {
        Check.present(catalog, "catalog");
        Check.present(facts, "facts");
        for (String field : facts.fields()) {
            require(catalog, field);
        }
        for (String event : facts.events()) {
            if (!catalog.properties(event)
                    .orElseThrow(() -> CoreError.INVALID_VALUE.because("the catalog has no such event"))
                    .keySet()
                    .containsAll(facts.properties(event))) {
                throw CoreError.INVALID_VALUE.because("the catalog has no such property");
            }
        }
        return new IndexScope(catalog, facts, BYTES, VALUES, EVENTS);
    }

    /**
     * The same with another bound of its memory.
     *
     * @param bytes at least 1
     */
    public IndexScope bytesUpTo(long bytes) {
        return new IndexScope(catalog, facts, Check.positive(bytes, "bytes"), maxValues, countsEvery);
    }

    /**
     * The same with another bound of how many different values a text, a choice or the value of a tag may have, 10,000 if none is named; of one
     * that has more nothing is answered.
     *
     * @param values 1 to 1,000,000
     */
    public IndexScope valuesUpTo(int values) {
        return new IndexScope(
                catalog, facts, maxBytes, Check.range(values, 1, 1_000_000, "number of values"), countsEvery);
    }

    /**
     * The same, counting the events of each customer up to a day again after so many events of a type, 400,000 if nothing is said, or after an
     * eighth as many as there are customers if that is more: a byte for each customer then, and so many events to look at for a window at the most.
     *
     * @param events at least 1
     */
    public IndexScope countsEvery(int events) {
        Check.positive(events, "number of events");
        return new IndexScope(catalog, facts, maxBytes, maxValues, events);
    }

    /** What is held of each customer. */
    public RequiredFacts facts() {
        return facts;
    }

    /** The catalog. */
    public RuleCatalog catalog() {
        return catalog;
    }

    /** The bound of its memory. */
    public long maxBytes() {
        return maxBytes;
    }

    int maxValues() {
        return maxValues;
    }

    int countsEvery() {
        return countsEvery;
    }

    int maxProperties() {
        return Math.max(maxValues, PROPERTIES);
    }

    CatalogField field(String name) {
        return require(catalog, name);
    }

    private static CatalogField require(RuleCatalog catalog, String name) {
        return catalog.field(name).orElseThrow(() -> CoreError.INVALID_VALUE.because("the catalog has no such field"));
    }
}

package dev.retailcrm.audience.index;

import dev.retailcrm.audience.AudienceError;
import dev.retailcrm.audience.portrait.Overlap;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.rule.CompiledEventValues;
import dev.retailcrm.core.rule.CompiledRule;
import dev.retailcrm.core.rule.CustomerFacts;
import dev.retailcrm.core.rule.EventFact;
import dev.retailcrm.core.rule.EventTally;
import dev.retailcrm.core.rule.EventValues;
import dev.retailcrm.core.rule.Rule;
import dev.retailcrm.core.rule.RuleQueries;
import dev.retailcrm.core.rule.RuleTally;
import dev.retailcrm.core.rule.Rules;
import dev.retailcrm.core.spi.EventQuestion;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.PeekableIntIterator;
import org.roaringbitmap.RoaringBitmap;

/**
 * Active customers and what is known of them, in memory, to answer rules over all of them while somebody types: exactly as {@link CompiledRule}
 * does of the same facts, at any instant from when it was built. What it cannot answer exactly it refuses. It holds what was loaded last: see
 * {@link #refresh}. Whoever has it sees all that is in it, whatever the rights of a principal.
 *
 * <p>Thread-safe: any number of readers, of whom none ever sees a part of an update, and one writer at a time.
 */
public final class AudienceIndex {
    private static final Rule EVERYBODY = Rule.of(Rules.allOf());
    private static final int PAGE = 1_000;

    private final IndexState state;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final ReentrantLock writing = new ReentrantLock();

    AudienceIndex(IndexState state) {
        this.state = state;
    }

    /**
     * Starts an index of facts that are at hand.
     *
     * @param builtAt the least instant it will be asked about: that from which on the facts tell all, usually now
     */
    public static IndexBuilder builder(IndexScope scope, Instant builtAt) {
        return new IndexBuilder(Check.present(scope, "scope"), builtAt);
    }

    /**
     * Builds an index of all active customers, 1,000 at a time: two questions a page, as {@link RuleQueries#members(CompiledRule, Instant,
     * CustomerId, int)} and {@link RuleQueries#facts(CompiledRule, Collection)} ask them. What is written meanwhile is to be {@linkplain
     * #refresh refreshed} afterwards.
     *
     * @param rules of the tenant, not guarded, or of a principal who may see all of it
     * @param builtAt now: the least instant it will be asked about
     * @param progress is told after each page
     * @throws CrmException {@link AudienceError#INDEX_TOO_LARGE}; {@link CoreError#ACCESS_DENIED}
     */
    public static AudienceIndex build(
            RuleQueries rules, IndexScope scope, Instant builtAt, Consumer<IndexProgress> progress) {
        IndexBuilder builder = builder(scope, builtAt);
        CompiledRule everybody = everybody(Check.present(rules, "rules"), scope);
        Check.present(progress, "progress");
        CustomerId last = null;
        List<CustomerId> page;
        do {
            page = rules.members(everybody, builtAt, last, PAGE);
            Map<CustomerId, CustomerFacts> facts = rules.facts(everybody, page);
            for (CustomerId customer : page) {
                CustomerFacts hers = facts.get(customer);
                if (hers != null) {
                    builder.add(customer, hers);
                }
                last = customer;
            }
            progress.accept(builder.progress());
        } while (page.size() == PAGE);
        return builder.build();
    }

    private static CompiledRule everybody(RuleQueries rules, IndexScope scope) {
        return EVERYBODY.compile(scope.catalog(), rules.time(), scope.facts());
    }

    /** What it holds. */
    public IndexScope scope() {
        return state.scope();
    }

    /** The least instant it answers about. */
    public Instant builtAt() {
        return Instant.ofEpochMilli(state.builtAt());
    }

    /** How many customers are in it. */
    public long size() {
        return reading(() -> state.live().getLongCardinality());
    }

    /** About how much memory it takes. */
    public long bytes() {
        return reading(state::bytes);
    }

    /** What of that ids, fields, tags and audiences take, without events. */
    public long profileBytes() {
        return reading(state::profileBytes);
    }

    /** What of a rule it cannot answer exactly; nothing if it can answer the rule. */
    public List<IndexGap> gaps(CompiledRule rule) {
        Check.present(rule, "rule");
        return reading(() -> gapsOf(rule));
    }

    private List<IndexGap> gapsOf(CompiledRule rule) {
        var coverage = new IndexCoverage(state.columns());
        return List.copyOf(rule.rule().condition().accept(coverage));
    }

    /**
     * How many customers a rule holds for.
     *
     * @param rule compiled for the catalog of the scope
     * @param asOf from when the index was built
     * @throws CrmException {@link AudienceError#INDEX_GAP}; {@link AudienceError#INDEX_TOO_LATE}
     */
    public long count(CompiledRule rule, Instant asOf) {
        return reading(() -> found(rule, asOf).getLongCardinality());
    }

    /**
     * About how many customers a rule holds for, by asking it of some who are spread evenly.
     *
     * @param customers of how many to ask it, at least 1
     * @throws CrmException as {@link #count}
     */
    public IndexEstimate estimate(CompiledRule rule, Instant asOf, int customers) {
        Check.positive(customers, "number of customers");
        return reading(() -> {
            RoaringBitmap live = state.live();
            long all = live.getLongCardinality();
            RoaringBitmap some = customers >= all ? live : sample(live, all, customers);
            long found = found(rule, asOf, some).getLongCardinality();
            return IndexEstimate.of(found, some.getLongCardinality(), all);
        });
    }

    private static RoaringBitmap sample(RoaringBitmap live, long all, int customers) {
        RoaringBitmap some = new RoaringBitmap();
        for (int i = 0; i < customers; i++) {
            some.add(live.select((int) (i * all / customers)));
        }
        return some;
    }

    /**
     * Customers for whom a rule holds, by ascending id.
     *
     * @throws CrmException as {@link #count}; {@link CoreError#INVALID_CURSOR}
     */
    public Page<CustomerId> members(CompiledRule rule, Instant asOf, PageRequest page) {
        long last = Check.present(page, "page").afterNumber(0);
        if (last < 0) {
            throw CoreError.INVALID_CURSOR.because("not a cursor of this listing");
        }
        List<CustomerId> found = members(rule, asOf, last == 0 ? null : CustomerId.of(last), page.size() + 1);
        return Page.of(found, page.size(), customer -> Long.toString(customer.value()));
    }

    /**
     * Many customers for whom a rule holds, by ascending id.
     *
     * @param after only greater ids; {@code null} to start with the least
     * @param limit at least 1
     * @throws CrmException as {@link #count}
     */
    public List<CustomerId> members(CompiledRule rule, Instant asOf, @Nullable CustomerId after, int limit) {
        Check.positive(limit, "limit");
        return reading(() -> listed(found(rule, asOf), after == null ? 0 : after.value(), limit));
    }

    private List<CustomerId> listed(RoaringBitmap found, long after, int limit) {
        IdTable ids = state.ids();
        List<CustomerId> listed = new ArrayList<>();
        PeekableIntIterator each = found.getIntIterator();
        each.advanceIfNeeded(ids.after(after));
        while (each.hasNext() && each.peekNext() < ids.sorted() && listed.size() < limit) {
            listed.add(ids.customer(each.next()));
        }
        if (ids.sorted() == ids.size()) {
            return listed;
        }
        each = found.getIntIterator();
        each.advanceIfNeeded(ids.sorted());
        while (each.hasNext()) {
            int customer = each.next();
            if (ids.id(customer) > after) {
                listed.add(ids.customer(customer));
            }
        }
        listed.sort(null);
        return listed.subList(0, Math.min(limit, listed.size()));
    }

    /**
     * How many of the customers for whom a rule holds at an instant have which values of fields and which tags, as {@link RuleQueries#tally}.
     *
     * @param fields of the scope
     * @param tags of the scope
     * @throws CrmException as {@link #count}; {@link AudienceError#INDEX_GAP} names a field or tag that is not covered as the path
     */
    public RuleTally tally(CompiledRule rule, Instant asOf, Collection<String> fields, Collection<String> tags) {
        Set<String> asked = Set.copyOf(Check.present(fields, "fields"));
        Set<String> marks = Set.copyOf(Check.present(tags, "tags"));
        return reading(() -> {
            requireCovered(asked, marks);
            RoaringBitmap found = found(rule, asOf);
            Map<String, Map<FieldValue, Long>> values = new HashMap<>();
            for (String field : asked) {
                values.put(field, state.columns().field(field).tally(found, asOf.toEpochMilli()));
            }
            Map<String, Long> tagged = new HashMap<>();
            for (String tag : marks) {
                long count = RoaringBitmap.andCardinality(
                        found, state.columns().tag(tag).at(asOf.toEpochMilli()));
                if (count > 0) {
                    tagged.put(tag, count);
                }
            }
            return new RuleTally(found.getLongCardinality(), values, tagged);
        });
    }

    /**
     * How many of the customers for whom a rule holds at an instant have had events with which values of a property, as {@link
     * RuleQueries#tally(CompiledRule, Instant, EventValues)}.
     *
     * @param values of events and properties of the scope: see {@link RuleQueries#compile(EventValues)}
     * @throws CrmException as {@link #count}; {@link AudienceError#INDEX_GAP} names what is not covered
     */
    public EventTally tally(CompiledRule rule, Instant asOf, CompiledEventValues values) {
        EventValues asked = Check.present(values, "values").values();
        return reading(() -> {
            RoaringBitmap found = found(rule, asOf);
            var coverage = new IndexCoverage(state.columns());
            List<IndexGap> gaps = coverage.values(asked);
            if (!gaps.isEmpty()) {
                throw gap(gaps);
            }
            EventQuestion events = values.events(asOf);
            EventTable table = state.columns().events(events.type());
            var sets = new EventSets(table, new EventFilter(table, events.where()));
            return new EventTally(
                    found.getLongCardinality(), sets.tally(asked.property(), events.from(), events.to(), found));
        });
    }

    private void requireCovered(Set<String> fields, Set<String> tags) {
        List<IndexGap> gaps = new ArrayList<>();
        for (String field : fields) {
            IndexGap.Reason reason = state.columns().fieldGap(field);
            if (reason != null) {
                gaps.add(new IndexGap(field, reason));
            }
        }
        for (String tag : tags) {
            IndexGap.Reason reason = state.columns().tagGap(tag, false);
            if (reason != null) {
                gaps.add(new IndexGap(tag, reason));
            }
        }
        if (!gaps.isEmpty()) {
            throw gap(gaps);
        }
    }

    /**
     * How the customers of 2 to 4 rules overlap.
     *
     * @throws CrmException as {@link #count}
     */
    public Overlap overlap(List<CompiledRule> rules, Instant asOf) {
        Check.range(Check.present(rules, "rules").size(), 2, Overlap.MAX_AUDIENCES, "number of rules");
        return reading(() -> {
            RoaringBitmap[] regions = new RoaringBitmap[1 << rules.size()];
            regions[0] = state.live();
            for (int i = 0; i < rules.size(); i++) {
                RoaringBitmap members = found(rules.get(i), asOf);
                for (int region = 0; region < 1 << i; region++) {
                    regions[region | (1 << i)] = RoaringBitmap.and(regions[region], members);
                    regions[region] = RoaringBitmap.andNot(regions[region], members);
                }
            }
            List<Long> counts = new ArrayList<>();
            for (RoaringBitmap region : regions) {
                counts.add(counts.isEmpty() ? 0 : region.getLongCardinality());
            }
            return new Overlap(rules.size(), counts);
        });
    }

    /** Those for whom a rule holds, within a reading lock. */
    private RoaringBitmap found(CompiledRule rule, Instant asOf) {
        return found(rule, asOf, state.live());
    }

    private RoaringBitmap found(CompiledRule rule, Instant asOf, RoaringBitmap some) {
        Check.present(rule, "rule");
        Instants.requireStorable(Check.present(asOf, "instant"));
        if (asOf.toEpochMilli() < state.builtAt()) {
            throw AudienceError.INDEX_TOO_LATE.with(
                    Map.of("builtAt", builtAt()), "the index was built later than the instant");
        }
        List<IndexGap> gaps = gapsOf(rule);
        if (!gaps.isEmpty()) {
            throw gap(gaps);
        }
        Plan plan = rule.at(asOf).translate(new IndexTranslation(state.columns(), asOf.toEpochMilli()));
        return plan.among(some);
    }

    private static CrmException gap(List<IndexGap> gaps) {
        return AudienceError.INDEX_GAP.with(
                Map.of("paths", gaps.stream().map(IndexGap::path).toList()),
                "the index does not cover %d parts of the rule",
                gaps.size());
    }

    /**
     * Puts what is known of a customer in the place of what was.
     *
     * @param facts gathered for the facts of the scope
     * @throws CrmException {@link AudienceError#INDEX_TOO_LARGE}: nothing is changed then; INVALID_VALUE for facts gathered for others
     */
    public void put(CustomerId customer, CustomerFacts facts) {
        Check.present(customer, "customer");
        Check.present(facts, "facts");
        writing(() -> state.put(customer, facts));
    }

    /** Takes a customer out, and forgets all that is known of her but her id; nothing happens if she is not in it. */
    public void remove(CustomerId customer) {
        Check.present(customer, "customer");
        writing(() -> state.remove(customer));
    }

    /**
     * Adds an event of a customer, behind those of the same instant, without loading anything.
     *
     * @return whether she is in the index; if not, nothing is changed
     * @throws CrmException {@link AudienceError#INDEX_TOO_LARGE}; INVALID_VALUE for a type that is not of the scope
     */
    public boolean record(CustomerId customer, String type, EventFact event) {
        Check.present(customer, "customer");
        Check.present(type, "event type");
        Check.present(event, "event");
        boolean[] known = new boolean[1];
        writing(() -> known[0] = state.record(customer, type, event));
        return known[0];
    }

    /**
     * Loads what is known of these customers now, and puts all of it in the place of what was, at once: who is not active any more is taken out.
     * For customers of whom something was written, such as those of events of the outbox; the order of calls does not matter. Two questions for
     * each 1,000.
     *
     * @param rules as {@link #build}
     * @throws CrmException {@link AudienceError#INDEX_TOO_LARGE}: nothing is changed then
     */
    public void refresh(RuleQueries rules, Collection<CustomerId> customers) {
        CompiledRule everybody = everybody(Check.present(rules, "rules"), state.scope());
        Set<CustomerId> all = new LinkedHashSet<>(Check.present(customers, "customers"));
        writing.lock();
        try {
            Map<CustomerId, CustomerFacts> facts = new HashMap<>();
            List<CustomerId> list = List.copyOf(all);
            for (int i = 0; i < list.size(); i += PAGE) {
                facts.putAll(rules.facts(everybody, list.subList(i, Math.min(list.size(), i + PAGE))));
            }
            writing(() -> {
                state.reserve(facts.values().stream().mapToLong(state::bytesOf).sum());
                for (CustomerId customer : list) {
                    CustomerFacts hers = facts.get(customer);
                    if (hers == null) {
                        state.remove(customer);
                    } else {
                        state.write(customer, hers);
                    }
                }
            });
        } finally {
            writing.unlock();
        }
    }

    /**
     * Saves it, to be {@linkplain #load loaded} elsewhere or later. What is in it is written as it is, not enciphered; personal fields are not
     * in it.
     *
     * @param target is not closed
     */
    public void save(OutputStream target) throws IOException {
        Check.present(target, "target");
        lock.readLock().lock();
        try {
            new IndexWriter(target).write(state);
        } finally {
            lock.readLock().unlock();
        }
    }

    /**
     * Loads what was saved. What was written since is to be {@linkplain #refresh refreshed}.
     *
     * @param source is not closed, and may be read beyond its end
     * @param scope with the facts for which it was saved
     * @throws CrmException {@link AudienceError#INDEX_CORRUPT}; {@link AudienceError#INDEX_TOO_LARGE}
     */
    public static AudienceIndex load(InputStream source, IndexScope scope) throws IOException {
        Check.present(scope, "scope");
        return new AudienceIndex(new IndexReader(Check.present(source, "source")).read(scope));
    }

    private <T> T reading(Supplier<T> question) {
        lock.readLock().lock();
        try {
            return question.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    private void writing(Runnable change) {
        writing.lock();
        lock.writeLock().lock();
        try {
            change.run();
        } finally {
            lock.writeLock().unlock();
            writing.unlock();
        }
    }
}

package dev.retailcrm.audience.index;

import dev.retailcrm.core.field.CatalogField;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.rule.Aggregate;
import dev.retailcrm.core.spi.EventQuestion;
import dev.retailcrm.core.spi.RuleTranslation;
import dev.retailcrm.core.spi.SumQuestion;
import dev.retailcrm.core.spi.ValueQuestion;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.FastAggregation;
import org.roaringbitmap.RoaringBitmap;

/** A rule that is covered, as a plan over columns. Not thread-safe. */
final class IndexTranslation implements RuleTranslation<Plan> {
    private final IndexColumns columns;
    private final long asOf;

    IndexTranslation(IndexColumns columns, long asOf) {
        this.columns = columns;
        this.asOf = asOf;
    }

    @Override
    public Plan all(List<Plan> parts) {
        return Plan.all(parts);
    }

    @Override
    public Plan any(List<Plan> parts) {
        return Plan.any(parts);
    }

    @Override
    public Plan not(Plan part) {
        return Plan.not(part);
    }

    @Override
    public Plan field(CatalogField field, boolean folded, ValueQuestion question) {
        FieldColumn column = columns.field(field.name());
        return Plan.of(0, () -> column.where(question, folded, asOf));
    }

    @Override
    public Plan present(CatalogField field) {
        FieldColumn column = columns.field(field.name());
        return Plan.of(0, () -> column.present(asOf));
    }

    @Override
    public Plan tags(Set<String> tags, ValueQuestion number) {
        return marks(tags.stream().map(columns::tag).toList(), number);
    }

    @Override
    public Plan audiences(Set<String> audiences, ValueQuestion number) {
        return marks(audiences.stream().map(columns::audience).toList(), number);
    }

    /** How many of some sets each is in: a set for each number up to all of them. */
    private Plan marks(List<TagColumn> marks, ValueQuestion number) {
        if (isWhetherAny(marks.size(), number)) {
            Plan any = Plan.of(
                    marks.size(),
                    () -> FastAggregation.or(
                            marks.stream().map(mark -> mark.at(asOf)).iterator()));
            return Asked.counts(number, 0) ? Plan.not(any) : any;
        }
        return Plan.some(marks.size(), some -> {
            RoaringBitmap[] exactly = new RoaringBitmap[marks.size() + 1];
            Arrays.setAll(exactly, i -> new RoaringBitmap());
            exactly[0] = some.clone();
            for (TagColumn mark : marks) {
                RoaringBitmap hers = mark.at(asOf);
                for (int i = exactly.length - 2; i >= 0; i--) {
                    if (!exactly[i].isEmpty()) {
                        RoaringBitmap more = RoaringBitmap.and(exactly[i], hers);
                        exactly[i].andNot(more);
                        exactly[i + 1].or(more);
                    }
                }
            }
            RoaringBitmap found = new RoaringBitmap();
            for (int i = 0; i < exactly.length; i++) {
                if (Asked.counts(number, i)) {
                    found.or(exactly[i]);
                }
            }
            return found;
        });
    }

    /** Whether every number but 0 is as good as any other, and 0 is not. */
    private static boolean isWhetherAny(int marks, ValueQuestion number) {
        boolean none = Asked.counts(number, 0);
        for (int i = 1; i <= marks; i++) {
            if (Asked.counts(number, i) == none) {
                return false;
            }
        }
        return marks > 0;
    }

    @Override
    public Plan tagValue(String tag, FieldType type, @Nullable ValueQuestion question) {
        TagColumn column = columns.tag(tag);
        return Plan.of(1, () -> column.where(type, question, asOf));
    }

    private EventSets sets(EventQuestion events) {
        EventTable table = columns.events(events.type());
        return new EventSets(table, new EventFilter(table, events.where()));
    }

    @Override
    public Plan count(EventQuestion events, EventQuestion.@Nullable Part distinct, ValueQuestion number) {
        EventSets sets = sets(events);
        long effort = sets.effort(events.from(), events.to());
        if (distinct != null) {
            boolean none = Asked.counts(number, 0);
            int property = sets.table().property(distinct.property());
            return each(sets, events, none, 2 * effort, (segment, customer) -> {
                int first = segment.first(customer, events.from());
                int last = segment.first(customer, events.to());
                return Asked.counts(number, distinct(sets, segment, property, first, last));
            });
        }
        return Plan.some(
                effort,
                some -> sets.counted(
                        events.from(), events.to(), Asked.counts(number), it -> Asked.counts(number, it), some));
    }

    private static long distinct(EventSets sets, Segment segment, int property, int first, int last) {
        int[] codes = new int[Math.max(0, last - first)];
        int used = 0;
        for (int row = first; row < last; row++) {
            int code = segment.code(property, row);
            if (code != 0 && sets.filter().passes(segment, row)) {
                codes[used++] = code;
            }
        }
        return Arrays.stream(codes, 0, used).distinct().count();
    }

    /** Asks those who have events, one by one; the answer for all others is known. */
    private static Plan each(EventSets sets, EventQuestion events, boolean none, long effort, EventSets.Hers test) {
        return Plan.some(effort, some -> {
            RoaringBitmap active = sets.any().some(events.from(), events.to(), some);
            RoaringBitmap found = sets.each(active, none, test);
            return none ? RoaringBitmap.or(RoaringBitmap.andNot(some, active), found) : found;
        });
    }

    @Override
    public Plan one(EventQuestion events, Aggregate aggregate, EventQuestion.Part property) {
        EventSets sets = sets(events);
        var values = new EventFilter.Part(sets.table(), property);
        long effort = 2 * sets.effort(events.from(), events.to());
        return each(sets, events, false, effort, (segment, customer) -> {
            int code = one(sets, aggregate, values, segment, customer, events);
            return code != 0 && values.passes(code);
        });
    }

    private static int one(
            EventSets sets,
            Aggregate aggregate,
            EventFilter.Part values,
            Segment segment,
            int customer,
            EventQuestion events) {
        Dictionary dictionary = sets.table().dictionary(values.place());
        int last = segment.first(customer, events.to());
        int best = 0;
        for (int row = segment.first(customer, events.from()); row < last; row++) {
            int code = segment.code(values.place(), row);
            if (code != 0 && sets.filter().passes(segment, row)) {
                if (best == 0 || beats(aggregate, dictionary, code, best)) {
                    best = code;
                }
                if (aggregate == Aggregate.FIRST) {
                    return best;
                }
            }
        }
        return best;
    }

    private static boolean beats(Aggregate aggregate, Dictionary dictionary, int code, int best) {
        if (aggregate == Aggregate.LAST) {
            return true;
        }
        FieldValue value = dictionary.value(code);
        FieldValue other = dictionary.value(best);
        if (value == null || other == null) {
            return false;
        }
        int order = value.compareOrdered(other);
        return aggregate == Aggregate.MIN ? order < 0 : order > 0;
    }

    @Override
    public Plan sum(EventQuestion events, SumQuestion sum) {
        EventSets sets = sets(events);
        Sums sums = new Sums(sets, sum);
        return Plan.some(sums.effort(events.from(), events.to()), some -> sums.among(events.from(), events.to(), some));
    }

    @Override
    public Plan firstEver(EventQuestion events, long from, long to) {
        EventSets sets = sets(events);
        long end = Math.min(to, events.to());
        return Plan.some(sets.effort(from, end) + sets.effort(events.from(), from), some -> {
            if (from >= end) {
                return new RoaringBitmap();
            }
            RoaringBitmap then = sets.some(from, end, some);
            return RoaringBitmap.andNot(then, sets.some(events.from(), from, then));
        });
    }

    @Override
    public Plan sequence(EventQuestion first, EventQuestion then, long within) {
        EventSets one = sets(first);
        EventSets other = sets(then);
        long effort =
                one.table().between(first.from(), first.to()) + other.table().between(first.from(), first.to());
        return Plan.some(
                effort + one.table().customers(),
                some -> Sequences.among(one, other, first.from(), first.to(), within, some));
    }

    @Override
    public Plan periods(EventQuestion events, List<Long> starts, long perPeriod, int atLeast) {
        EventSets sets = sets(events);
        long[] edges = new long[starts.size() + 1];
        edges[0] = events.to();
        for (int i = 0; i < starts.size(); i++) {
            edges[i + 1] = starts.get(i);
        }
        return Plan.some(sets.effort(events.from(), events.to()) * 2, some -> {
            RoaringBitmap active = sets.some(events.from(), events.to(), some);
            return sets.each(
                    active,
                    false,
                    (segment, customer) -> periods(sets, segment, customer, edges, perPeriod) >= atLeast);
        });
    }

    private static int periods(EventSets sets, Segment segment, int customer, long[] edges, long perPeriod) {
        int count = 0;
        int to = segment.first(customer, edges[0]);
        int start = segment.start(customer);
        for (int i = 1; i < edges.length && to > start; i++) {
            int from = Math.min(to, segment.first(customer, edges[i]));
            long number = 0;
            for (int row = from; row < to; row++) {
                number += sets.filter().passes(segment, row) ? 1 : 0;
            }
            count += number >= perPeriod ? 1 : 0;
            to = from;
        }
        return count;
    }

    @Override
    public Plan silence(EventQuestion events, long silent, @Nullable Long back) {
        EventSets sets = sets(events);
        long end = back == null ? events.to() : Math.min(events.to(), back);
        return Plan.some(sets.effort(silent, events.to()) + sets.effort(events.from(), silent), some -> {
            RoaringBitmap quiet = RoaringBitmap.andNot(some, sets.some(silent, end, some));
            if (back != null) {
                quiet = sets.some(back, events.to(), quiet);
            }
            return sets.some(events.from(), silent, quiet);
        });
    }
}

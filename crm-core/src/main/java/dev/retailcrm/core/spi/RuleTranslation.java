package dev.retailcrm.core.spi;

import dev.retailcrm.core.field.CatalogField;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.rule.Aggregate;
import dev.retailcrm.core.rule.CompiledRule;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts a {@link CompiledRule} at an instant into another language, such as SQL, from its leaves up. What is asked is checked already, and what
 * depends on the instant is worked out: the same arithmetic as for one customer. Every part is true or false, never unknown.
 *
 * @param <C> a condition in that language
 */
public interface RuleTranslation<C> {
    /** All hold; true of none. */
    C all(List<C> parts);

    /** One holds at least; false of none. */
    C any(List<C> parts);

    /** It does not hold. */
    C not(C part);

    /**
     * The value of a field is as asked.
     *
     * @param folded whether its text is compared without the differences of case and width
     */
    C field(CatalogField field, boolean folded, ValueQuestion question);

    /** The field has a value. */
    C present(CatalogField field);

    /**
     * So many of these tags are hers.
     *
     * @param number a {@link ValueQuestion.Compare} or {@link ValueQuestion.Between} of whole numbers
     */
    C tags(Set<String> tags, ValueQuestion number);

    /**
     * The tag is hers, and its value is as asked.
     *
     * @param question {@code null} if it is enough that there is a value
     */
    C tagValue(String tag, FieldType type, @Nullable ValueQuestion question);

    /** She is in so many of these audiences. */
    C audiences(Set<String> audiences, ValueQuestion number);

    /**
     * There are so many such events, or values of a property of theirs.
     *
     * @param distinct whose values are counted, each once; {@code null} to count events
     * @param number a {@link ValueQuestion.Compare} or {@link ValueQuestion.Between} of whole numbers
     */
    C count(EventQuestion events, EventQuestion.@Nullable Part distinct, ValueQuestion number);

    /**
     * The least, greatest, first or last value of a property is as asked; of events of one instant the one with the lesser id is the earlier.
     *
     * @param property what its value must be
     */
    C one(EventQuestion events, Aggregate aggregate, EventQuestion.Part property);

    /** The sum or mean of a property is as asked. */
    C sum(EventQuestion events, SumQuestion sum);

    /** The earliest of such events, whenever, lies between. */
    C firstEver(EventQuestion events, long from, long to);

    /**
     * After one of the first events comes one of the others.
     *
     * @param within how many milliseconds later at the most, inclusive; not at the same instant
     */
    C sequence(EventQuestion first, EventQuestion then, long within);

    /**
     * In so many periods there are events enough.
     *
     * @param starts of the periods, the latest first; each ends with the one before, the latest with the events' bound
     * @param perPeriod how many a period must have
     * @param atLeast in how many periods
     */
    C periods(EventQuestion events, List<Long> starts, long perPeriod, int atLeast);

    /**
     * There are events before an instant, and none from then on until another, and if that is given some from there on.
     *
     * @param back exclusive end of the silence; {@code null} if it lasts until now
     */
    C silence(EventQuestion events, long silent, @Nullable Long back);
}

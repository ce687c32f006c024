package dev.retailcrm.core.merge;

import com.google.common.base.Splitter;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Evidence of reviews as text, for stores: a line a field, such as {@code GIVEN_NAME GIVEN_NAME CLOSE 942 4315}, similarity in thousandths,
 * weight in thousandths of a bit. At most 1,000 characters. Stateless.
 */
public final class ReviewText {
    private static final int PARTS = 5;
    private static final double THOUSAND = 1_000;

    private ReviewText() {}

    /** The evidence as text. */
    public static String of(List<FieldComparison> evidence) {
        return evidence.stream()
                .map(it -> it.first() + " " + it.second() + " " + it.agreement() + " "
                        + Math.round(it.similarity() * THOUSAND) + " " + Math.round(it.weight() * THOUSAND))
                .collect(Collectors.joining("\n"));
    }

    /**
     * The evidence that was written by {@link #of}, rounded.
     *
     * @throws CrmException {@link CoreError#INVALID_VALUE} if it is none
     */
    public static List<FieldComparison> parse(String text) {
        try {
            return text.isEmpty()
                    ? List.of()
                    : Splitter.on('\n')
                            .splitToStream(text)
                            .map(ReviewText::line)
                            .toList();
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw CoreError.INVALID_VALUE.because("the text is no evidence");
        }
    }

    private static FieldComparison line(String line) {
        List<String> parts = Splitter.on(' ').limit(PARTS).splitToList(line);
        return new FieldComparison(
                PersonField.valueOf(parts.get(0)),
                PersonField.valueOf(parts.get(1)),
                Agreement.valueOf(parts.get(2)),
                Long.parseLong(parts.get(3)) / THOUSAND,
                Long.parseLong(parts.get(4)) / THOUSAND);
    }
}

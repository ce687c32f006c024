package dev.retailcrm.core.imports;

import com.google.common.base.Splitter;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How far an import has come: all before is booked, and its rejects are in their file. It is also the point to go on from, and may be
 * kept as text: {@link #parse} reads what {@link #toString()} wrote. Immutable.
 *
 * @param lines read, from the beginning of the file
 * @param bytes read, from the beginning of the file
 * @param accepted records booked; in a dry run those that would be
 * @param repeated records that were booked before, with the same content
 * @param rejected records refused
 * @param rejectBytes length of the file of rejects
 * @param finished whether the file was read to its end
 */
public record ImportProgress(
        long lines, long bytes, long accepted, long repeated, long rejected, long rejectBytes, boolean finished) {
    /** Nothing was read yet. */
    public static final ImportProgress NONE = new ImportProgress(0, 0, 0, 0, 0, 0, false);

    /** Refuses negative numbers with {@link CoreError#INVALID_VALUE}. */
    public ImportProgress {
        if (Stream.of(lines, bytes, accepted, repeated, rejected, rejectBytes).anyMatch(number -> number < 0)) {
            throw CoreError.INVALID_VALUE.because("the numbers of a progress are not negative");
        }
    }

    /**
     * The progress written as this text.
     *
     * @throws dev.retailcrm.core.kernel.CrmException {@link CoreError#INVALID_VALUE} if it is none
     */
    public static ImportProgress parse(String text) {
        List<String> parts = Splitter.on(' ').limit(8).splitToList(Check.present(text, "progress"));
        if (parts.size() != 7) {
            throw CoreError.INVALID_VALUE.because("a progress is written as seven words");
        }
        try {
            List<Long> numbers =
                    parts.subList(0, 6).stream().map(Long::parseLong).toList();
            return new ImportProgress(
                    numbers.get(0),
                    numbers.get(1),
                    numbers.get(2),
                    numbers.get(3),
                    numbers.get(4),
                    numbers.get(5),
                    Boolean.parseBoolean(parts.get(6)));
        } catch (NumberFormatException e) {
            throw CoreError.INVALID_VALUE.because("a progress is written as six numbers and true or false");
        }
    }

    /** The text that {@link #parse} reads. */
    @Override
    public String toString() {
        return Stream.of(lines, bytes, accepted, repeated, rejected, rejectBytes, finished)
                .map(Object::toString)
                .collect(Collectors.joining(" "));
    }
}

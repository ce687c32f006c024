package dev.retailcrm.core.imports;

import dev.retailcrm.core.kernel.CrmException;
import java.util.List;
import java.util.Objects;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Makes facts of the records of a file, in their order: each of one record, or of several. For one run. */
interface Gatherer<T> {
    /** Takes the next record, or why it cannot be read. */
    Step<T> take(RecordReader.Next next);

    /** What is left at the end of the file. */
    List<Gathered<T>> end();

    /**
     * What a record brought about.
     *
     * @param gathered what is complete by now
     * @param held what is not, and would have to be read again by a run that goes on
     */
    record Step<T>(List<Gathered<T>> gathered, Held held) {}

    /** Which records are in no fact yet. */
    enum Held {
        /** None. */
        NOTHING,
        /** The one just taken. */
        LAST,
        /** It, and those that were held before. */
        MORE
    }

    /**
     * A fact, or why there is none.
     *
     * @param line where it began
     * @param parts how many it has, by which chunks are measured
     */
    record Gathered<T>(
            long line,
            int parts,
            @Nullable T fact,
            @Nullable Fault fault) {
        static <T> Gathered<T> refused(Fault fault) {
            return new Gathered<>(fault.line(), 1, null, fault);
        }
    }

    /** What a record means. */
    interface Reading<T> {
        /**
         * Reads a record.
         *
         * @throws FaultyValue if one of its values is refused
         * @throws CrmException if all of it is
         */
        T read(ImportRecord record) throws FaultyValue;
    }

    /** Makes a fact, or tells what is wrong with it. */
    static <T> Gathered<T> read(ImportRecord record, Reading<T> reading, ToIntFunction<T> parts) {
        try {
            T fact = reading.read(record);
            return new Gathered<>(record.line(), parts.applyAsInt(fact), fact, null);
        } catch (FaultyValue value) {
            return Gathered.refused(new Fault(record.line(), value.column(), value.refusal()));
        } catch (CrmException refusal) {
            return Gathered.refused(new Fault(record.line(), null, refusal));
        }
    }

    /** Each record is a fact. */
    static <T> Gatherer<T> ofEach(Reading<T> reading, ToIntFunction<T> parts) {
        return new Gatherer<>() {
            @Override
            public Step<T> take(RecordReader.Next next) {
                return new Step<>(List.of(gathered(next)), Held.NOTHING);
            }

            private Gathered<T> gathered(RecordReader.Next next) {
                ImportRecord record = next.record();
                return record == null
                        ? Gathered.refused(Objects.requireNonNull(next.fault()))
                        : read(record, reading, parts);
            }

            @Override
            public List<Gathered<T>> end() {
                return List.of();
            }
        };
    }
}

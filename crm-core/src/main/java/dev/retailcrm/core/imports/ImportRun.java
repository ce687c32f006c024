package dev.retailcrm.core.imports;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One run of an import. Immutable.
 *
 * @param name names the import, the same for each run of it: a part of the request keys of its records; 1 to {@value #MAX_NAME}
 *     printable ASCII characters
 * @param rejects where rejects are written; {@code null} to count them only
 * @param from where to begin
 * @param watch is told the progress
 * @param dry whether nothing is to be written but the rejects
 */
public record ImportRun(String name, @Nullable Path rejects, ImportProgress from, ImportWatch watch, boolean dry) {
    /** The most characters of a name. */
    public static final int MAX_NAME = 40;

    /** Refuses what is missing or malformed with {@link CoreError#INVALID_VALUE}. */
    public ImportRun {
        Check.code(name, MAX_NAME, "name of the import");
        Check.present(from, "progress");
        Check.present(watch, "watch");
    }

    /** A run from the beginning to the end. */
    public static ImportRun of(String name) {
        return new ImportRun(name, null, ImportProgress.NONE, progress -> true, false);
    }

    /**
     * The same with its rejects written to a file: CSV of line, column, code and message, without personal data. A file that is there is
     * written anew, or cut to what it was at the progress gone on from. Default: they are counted only.
     */
    public ImportRun rejectsTo(Path file) {
        return new ImportRun(name, Check.present(file, "file of rejects"), from, watch, dry);
    }

    /** The same behind what another run has done. Default: from the beginning, which repeats what is booked and writes nothing twice. */
    public ImportRun after(ImportProgress progress) {
        return new ImportRun(name, rejects, progress, watch, dry);
    }

    /** The same, watched. Default: nobody watches. */
    public ImportRun watchedBy(ImportWatch watcher) {
        return new ImportRun(name, rejects, from, watcher, dry);
    }

    /**
     * The same, in which nothing is written but the rejects. It starts from the beginning.
     *
     * @throws CrmException {@link CoreError#INVALID_VALUE} if it was to go on behind another
     */
    public ImportRun dryRun() {
        if (!from.equals(ImportProgress.NONE)) {
            throw CoreError.INVALID_VALUE.because("a dry run starts from the beginning");
        }
        return new ImportRun(name, rejects, from, watch, true);
    }
}

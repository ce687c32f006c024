package dev.retailcrm.core.imports;

import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Carries the records of a file to where they are booked, a chunk at a time. For one run. */
final class Carriage<T> {
    private final ImportFile file;
    private final ImportRun run;
    private final Lane<T> lane;
    private final List<Read<T>> facts = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();
    private ImportProgress progress;

    Carriage(ImportFile file, ImportRun run, Lane<T> lane) {
        this.file = file;
        this.run = run;
        this.lane = lane;
        this.progress = run.from();
    }

    /** What a record means, and where it stood. */
    private record Read<T>(long line, T fact) {}

    ImportProgress run() {
        try (RecordReader reader = RecordReader.open(file, lane.columns(), run.from());
                RejectFile rejects = RejectFile.open(run.rejects(), run.from().rejectBytes())) {
            while (true) {
                RecordReader.Next next = reader.next();
                if (next != null) {
                    take(next);
                }
                if (next == null || facts.size() + faults.size() >= lane.chunk()) {
                    book(rejects);
                    progress = reached(reader, rejects, next == null);
                    boolean goOn = run.watch().goOn(progress);
                    if (next == null || !goOn) {
                        return progress;
                    }
                }
            }
        } catch (IOException e) {
            throw CoreError.INVALID_VALUE.because("a file of the import cannot be read or written");
        }
    }

    private void take(RecordReader.Next next) {
        Fault unreadable = next.fault();
        if (unreadable != null) {
            faults.add(unreadable);
            return;
        }
        ImportRecord record = next.record();
        if (record == null) {
            return;
        }
        try {
            facts.add(new Read<>(record.line(), lane.read(record)));
        } catch (FaultyValue value) {
            faults.add(new Fault(record.line(), value.column(), value.refusal()));
        } catch (CrmException refusal) {
            faults.add(new Fault(record.line(), null, refusal));
        }
    }

    private void book(RejectFile rejects) throws IOException {
        long accepted = progress.accepted();
        long repeated = progress.repeated();
        List<Lane.Outcome> outcomes = facts.isEmpty()
                ? List.of()
                : lane.book(facts.stream().map(Read::fact).toList());
        for (int i = 0; i < outcomes.size(); i++) {
            @Nullable CrmException refusal = outcomes.get(i).refusal();
            if (refusal != null) {
                faults.add(new Fault(facts.get(i).line(), outcomes.get(i).column(), refusal));
            } else if (outcomes.get(i).repeated()) {
                repeated++;
            } else {
                accepted++;
            }
        }
        faults.sort(Comparator.comparingLong(Fault::line));
        rejects.add(faults);
        progress = new ImportProgress(
                progress.lines(),
                progress.bytes(),
                accepted,
                repeated,
                progress.rejected() + faults.size(),
                rejects.length(),
                false);
        facts.clear();
        faults.clear();
    }

    private ImportProgress reached(RecordReader reader, RejectFile rejects, boolean finished) throws IOException {
        return new ImportProgress(
                reader.lines(),
                reader.bytes(),
                progress.accepted(),
                progress.repeated(),
                progress.rejected(),
                rejects.length(),
                finished);
    }
}

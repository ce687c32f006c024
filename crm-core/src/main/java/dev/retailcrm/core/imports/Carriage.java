package dev.retailcrm.core.imports;

import dev.retailcrm.core.imports.Gatherer.Gathered;
import dev.retailcrm.core.imports.Gatherer.Held;
import dev.retailcrm.core.kernel.CrmException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Carries the records of a file to where they are booked, a chunk at a time. For one run. */
final class Carriage<T> {
    /** The most parts of facts that are booked at once, however few facts they are. */
    private static final int PARTS = 5_000;

    private final ImportFile file;
    private final ImportRun run;
    private final Lane<T> lane;
    private final List<Read<T>> facts = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();
    private int parts;
    private ImportProgress progress;

    Carriage(ImportFile file, ImportRun run, Lane<T> lane) {
        this.file = file;
        this.run = run;
        this.lane = lane;
        this.progress = run.from();
    }

    /** What records mean, and where they stood. */
    private record Read<T>(long line, T fact) {}

    ImportProgress run() throws IOException {
        Gatherer<T> gatherer = lane.gatherer();
        try (RecordReader reader = RecordReader.open(file, lane.columns(), run.from());
                RejectFile rejects = RejectFile.open(run.rejects(), run.from().rejectBytes())) {
            // Where a run would have to go on that must not miss what is held.
            long lines = reader.lines();
            long bytes = reader.bytes();
            while (true) {
                long linesBefore = reader.lines();
                long bytesBefore = reader.bytes();
                RecordReader.Next next = reader.next();
                Held held = Held.NOTHING;
                if (next == null) {
                    gatherer.end().forEach(this::add);
                } else {
                    Gatherer.Step<T> step = gatherer.take(next);
                    step.gathered().forEach(this::add);
                    held = step.held();
                }
                if (held != Held.MORE) {
                    lines = held == Held.LAST ? linesBefore : reader.lines();
                    bytes = held == Held.LAST ? bytesBefore : reader.bytes();
                }
                if (next == null || facts.size() + faults.size() >= lane.chunk() || parts >= PARTS) {
                    book(rejects);
                    progress = reached(lines, bytes, rejects, next == null);
                    boolean goOn = run.watch().goOn(progress);
                    if (next == null || !goOn) {
                        return progress;
                    }
                }
            }
        }
    }

    private void add(Gathered<T> gathered) {
        T fact = gathered.fact();
        if (fact != null) {
            facts.add(new Read<>(gathered.line(), fact));
            parts += gathered.parts();
        }
        if (gathered.fault() != null) {
            faults.add(gathered.fault());
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
        parts = 0;
    }

    private ImportProgress reached(long lines, long bytes, RejectFile rejects, boolean finished) throws IOException {
        return new ImportProgress(
                lines,
                bytes,
                progress.accepted(),
                progress.repeated(),
                progress.rejected(),
                rejects.length(),
                finished);
    }
}

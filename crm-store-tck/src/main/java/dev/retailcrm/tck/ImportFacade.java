package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.core.behavior.Behavior;
import dev.retailcrm.core.behavior.BehaviorMerge;
import dev.retailcrm.core.customer.Customers;
import dev.retailcrm.core.imports.ImportProgress;
import dev.retailcrm.core.imports.ImportRun;
import dev.retailcrm.core.imports.Imports;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.merge.MergeStrategy;
import dev.retailcrm.core.merge.Merges;
import dev.retailcrm.core.spi.MergeParticipant;
import dev.retailcrm.core.spi.MergePorts;
import dev.retailcrm.core.trade.TradeMerge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.io.TempDir;

/** Imports over the fixture's ports, and files to be imported. */
abstract class ImportFacade extends TradeFacade {
    /** Where files are written. */
    @TempDir
    Path folder = Path.of("");

    final Customers inChina() {
        return Customers.builder(ACME, crm().clock())
                .region("CN")
                .in(crm().customers(), crm().requests(), crm().unitOfWork());
    }

    final Behavior behavior() {
        return new Behavior(ACME, crm().behaviorPorts());
    }

    final Imports imports() {
        return new Imports(inChina(), trade(), behavior(), ZONE);
    }

    /** Makes two customers one. */
    final void merge(CustomerId survivor, CustomerId merged) {
        var ports =
                new MergePorts(crm().unitOfWork(), crm().requests(), crm().customers(), crm().merges(), crm().clock());
        List<MergeParticipant> parts = List.of(
                new TradeMerge(ACME, crm().trade(), crm().unitOfWork(), crm().clock(), ZONE),
                new BehaviorMerge(crm().behavior()));
        new Merges(ACME, ports, parts).merge(survivor, merged, MergeStrategy.standard(), RequestKey.of("merge"));
    }

    /** Runs an import dry, then in earnest, and again: the dry run tells the same, and the second books nothing. */
    final List<String> imported(String name, Function<ImportRun, ImportProgress> imported) {
        Path rehearsed = folder.resolve(name + "-rehearsed.csv");
        Path rejects = folder.resolve(name + "-rejects.csv");
        ImportRun run = ImportRun.of(name);
        List<String> before = crm().dump();
        ImportProgress dry = imported.apply(run.rejectsTo(rehearsed).dryRun());
        assertThat(crm().dump()).as("rows after a dry run").isEqualTo(before);
        ImportProgress done = imported.apply(run.rejectsTo(rejects));
        assertThat(read(rehearsed)).isEqualTo(read(rejects));
        assertThat(dry).isEqualTo(done);
        assertThat(done.finished()).isTrue();
        List<String> after = crm().dump();
        ImportProgress again = imported.apply(run);
        assertThat(again.accepted()).isZero();
        assertThat(again.repeated()).isEqualTo(done.accepted() + done.repeated());
        assertThat(crm().dump()).as("rows after the file was imported again").isEqualTo(after);
        return read(rejects)
                .lines()
                .skip(1)
                .map(line -> line.split(",", 4))
                .map(it -> it[0] + " " + it[1] + " " + it[2])
                .toList();
    }

    /** Runs an import that is stopped after every transaction; returns its rejects and its progress. */
    final List<String> stopped(String name, Function<ImportRun, ImportProgress> imported) {
        Path pieces = folder.resolve(name + "-pieces.csv");
        ImportProgress progress = ImportProgress.NONE;
        while (!progress.finished()) {
            ImportProgress kept = ImportProgress.parse(progress.toString());
            progress = imported.apply(
                    ImportRun.of(name).rejectsTo(pieces).after(kept).watchedBy(now -> false));
        }
        return List.of(read(pieces), progress.toString());
    }

    final Path written(String name, String... lines) {
        try {
            return Files.writeString(folder.resolve(name), String.join("", lines));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static long size(Path path) {
        try {
            return Files.size(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

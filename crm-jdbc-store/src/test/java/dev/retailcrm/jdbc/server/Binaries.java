package dev.retailcrm.jdbc.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;

/** Server binaries, unpacked once per user of this machine under the temporary directory and kept for the next run. */
final class Binaries {
    private Binaries() {}

    /** Writes the files of a server into an empty directory. */
    interface Unpacking {
        void into(Path directory) throws IOException;
    }

    static Path unpackedOnce(String name, Unpacking unpacking) throws IOException {
        var home = Path.of(System.getProperty("java.io.tmpdir"), "retailcrm-%d-%s".formatted(RunAs.uid(), name));
        if (!Files.exists(home)) {
            var staging = Files.createTempDirectory("retailcrm-unpack-");
            Files.setPosixFilePermissions(staging, PosixFilePermissions.fromString("rwxr-xr-x"));
            unpacking.into(staging);
            moveUnlessThere(staging, home);
        }
        if (((Integer) Files.getAttribute(home, "unix:uid")).longValue() != RunAs.uid()) {
            throw new IllegalStateException("Not running binaries of another user: " + home);
        }
        return home;
    }

    static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void moveUnlessThere(Path staging, Path home) throws IOException {
        try {
            Files.move(staging, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            delete(staging);
            if (!Files.exists(home)) {
                throw e;
            }
        }
    }
}

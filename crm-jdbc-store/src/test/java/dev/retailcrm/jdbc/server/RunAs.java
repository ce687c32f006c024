package dev.retailcrm.jdbc.server;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Who runs a server. PostgreSQL refuses root, so for root it is {@code nobody}; for anyone else it is themselves. */
final class RunAs {
    private static final String UNPRIVILEGED = "nobody";

    private RunAs() {}

    /** A new directory for the files of a server, owned by the one who will run it. */
    static Path newDirectory(String prefix) throws IOException {
        var directory = Files.createTempDirectory(prefix);
        if (uid() == 0) {
            var users = directory.getFileSystem().getUserPrincipalLookupService();
            Files.setOwner(directory, users.lookupPrincipalByName(UNPRIVILEGED));
        }
        return directory;
    }

    /** The command, led by what it takes to run it as the owner of {@code directory}. */
    static List<String> ownerOf(Path directory, List<String> command) throws IOException {
        var owner = (int) Files.getAttribute(directory, "unix:uid");
        if (owner == uid()) {
            return command;
        }
        return Stream.of(switchTo(owner), command).flatMap(List::stream).toList();
    }

    static long uid() {
        return new UnixSystem().getUid();
    }

    private static List<String> switchTo(int owner) {
        if (onPath("setpriv")) {
            return List.of("setpriv", "--reuid=" + owner, "--regid=" + owner, "--clear-groups", "--");
        }
        if (onPath("runuser")) {
            return List.of("runuser", "-u", UNPRIVILEGED, "--");
        }
        return List.of("su", UNPRIVILEGED, "-s", "/bin/sh", "-c", "exec \"$0\" \"$@\"", "--");
    }

    private static boolean onPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
}

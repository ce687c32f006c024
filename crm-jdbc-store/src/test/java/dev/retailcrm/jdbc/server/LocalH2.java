package dev.retailcrm.jdbc.server;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** H2 databases of this JVM, in memory or in files. */
final class LocalH2 implements TestServer {
    private static final AtomicLong CREATED = new AtomicLong();

    private final @Nullable Path home;

    /** In memory, or in files of this directory, which is deleted with it. */
    LocalH2(@Nullable Path home) {
        this.home = home;
    }

    @Override
    public TestDatabase newDatabase(String prefix) {
        var name = prefix + "_" + CREATED.incrementAndGet();
        String url = home == null
                ? "jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1".formatted(name)
                : "jdbc:h2:file:%s;WRITE_DELAY=0".formatted(home.resolve(name));
        return new TestDatabase(url, "sa", "");
    }

    @Override
    public void killHard() {
        throw new UnsupportedOperationException("Lives inside this JVM; kill TestH2.durable()");
    }

    @Override
    public void restart() {
        throw new UnsupportedOperationException("Lives inside this JVM");
    }

    @Override
    public Path files() {
        if (home == null) {
            throw new UnsupportedOperationException("Lives in memory");
        }
        return home;
    }

    @Override
    public void close() {
        if (home != null) {
            Binaries.delete(home);
        }
    }
}

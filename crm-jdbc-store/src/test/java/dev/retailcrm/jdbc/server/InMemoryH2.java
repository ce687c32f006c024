package dev.retailcrm.jdbc.server;

import java.util.concurrent.atomic.AtomicLong;

/** H2 databases in the memory of this JVM. */
final class InMemoryH2 implements TestServer {
    private static final AtomicLong CREATED = new AtomicLong();

    @Override
    public TestDatabase newDatabase(String prefix) {
        var name = prefix + "_" + CREATED.incrementAndGet();
        return new TestDatabase("jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1".formatted(name), "sa", "");
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
    public void close() {}
}

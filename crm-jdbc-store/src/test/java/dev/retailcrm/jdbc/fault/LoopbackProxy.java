package dev.retailcrm.jdbc.fault;

import dev.retailcrm.jdbc.server.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Stands between a driver and its server and fails once, at a message that was chosen before. Thread-safe. */
final class LoopbackProxy implements AutoCloseable {
    /** The number of the message that says COMMIT, whichever it is. */
    static final int AT_COMMIT = 0;

    private static final Pattern PORT = Pattern.compile("//127\\.0\\.0\\.1:(\\d+)/");

    /** Not the isolation level, which a new connection sets. */
    private static final Pattern COMMIT = Pattern.compile("COMMIT(?!TED)");

    private final ServerSocket entrance;
    private final TestDatabase behind;
    private final int port;
    private @Nullable Manner manner;
    private int message;
    private int seen;
    private boolean sprung;
    private boolean sprungAtCommit;

    /** How it fails. */
    enum Manner {
        /** Closes the connection instead of forwarding the message. */
        CUT_BEFORE,
        /** Forwards the message, lets the server answer, and closes the connection instead of forwarding the answer. */
        CUT_AFTER,
        /** As after, but closes only the server's direction. */
        HALF_CLOSE,
        /** Forwards the message late. */
        DELAY
    }

    LoopbackProxy(TestDatabase behind) throws IOException {
        this.behind = behind;
        Matcher matcher = PORT.matcher(behind.url());
        if (!matcher.find()) {
            throw new IllegalArgumentException(behind.url());
        }
        this.port = Integer.parseInt(matcher.group(1));
        this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    /** The database as reached through it. On PostgreSQL every COMMIT travels as text. */
    TestDatabase database() {
        String url = PORT.matcher(behind.url()).replaceFirst("//127.0.0.1:" + entrance.getLocalPort() + "/");
        return new TestDatabase(
                url.startsWith("jdbc:postgresql:") ? url + "?prepareThreshold=0" : url,
                behind.user(),
                behind.password());
    }

    /** Fails at the message with this number, 1 being the next, or {@link #AT_COMMIT}. */
    synchronized void fail(Manner how, int number) {
        manner = how;
        message = number;
        seen = 0;
        sprung = false;
        sprungAtCommit = false;
    }

    /** Fails no more; whether it did. */
    synchronized boolean disarm() {
        manner = null;
        return sprung;
    }

    /** Whether the message it failed at was a COMMIT. */
    synchronized boolean failedAtCommit() {
        return sprungAtCommit;
    }

    private synchronized @Nullable Manner spring(byte[] bytes, int length) {
        Manner now = manner;
        if (now == null || isUnanswered(bytes, length)) {
            return null;
        }
        seen++;
        boolean commit = COMMIT.matcher(new String(bytes, 0, length, StandardCharsets.ISO_8859_1))
                .find();
        if (message == AT_COMMIT ? !commit : seen != message) {
            return null;
        }
        sprung = true;
        sprungAtCommit = commit;
        manner = null;
        return now;
    }

    /** Whether it is MariaDB's COM_STMT_CLOSE, which nobody answers: a failure would show at the next message only. */
    private static boolean isUnanswered(byte[] bytes, int length) {
        return length == 9 && bytes[0] == 5 && bytes[4] == 0x19;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = entrance.accept();
                Link link = new Link(client, new Socket(InetAddress.getLoopbackAddress(), port));
                start(link::up);
                start(link::down);
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            entrance.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One connection. */
    private final class Link {
        private final Socket client;
        private final Socket server;
        private volatile @Nullable Manner answerLost;

        Link(Socket client, Socket server) throws IOException {
            this.client = client;
            this.server = server;
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
        }

        void up() {
            byte[] buffer = new byte[1 << 16];
            try (client;
                    server) {
                InputStream in = client.getInputStream();
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    Manner now = spring(buffer, n);
                    if (now == Manner.CUT_BEFORE) {
                        return;
                    }
                    if (now == Manner.DELAY) {
                        Thread.sleep(100);
                    } else if (now != null) {
                        answerLost = now;
                    }
                    server.getOutputStream().write(buffer, 0, n);
                }
            } catch (IOException e) {
                // Closed by one side or by us.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        void down() {
            byte[] buffer = new byte[1 << 16];
            try {
                InputStream in = server.getInputStream();
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    Manner how = answerLost;
                    if (how == null) {
                        client.getOutputStream().write(buffer, 0, n);
                    } else if (how == Manner.HALF_CLOSE) {
                        client.shutdownOutput();
                        return;
                    } else {
                        client.close();
                        return;
                    }
                }
                client.close();
            } catch (IOException e) {
                // Closed by one side or by us.
            }
        }
    }
}

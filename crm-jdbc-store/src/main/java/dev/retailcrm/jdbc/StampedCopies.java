package dev.retailcrm.jdbc;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.retailcrm.core.kernel.CoreError;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.Record1;
import org.jooq.SelectConditionStep;
import org.jooq.TableField;
import org.jooq.impl.DSL;

/**
 * Definitions under a head, copied as they are read: a copy answers while the head carries the stamp it was made under. The row of the head is the
 * one lock of whoever defines. Thread-safe.
 *
 * @param <K> what names a head
 * @param <V> what is defined under it
 */
final class StampedCopies<K, V> {
    private static final int COPIES = 1_000;

    private final TableField<?, Long> stamp;
    private final List<Name<K>> names;
    private final boolean fresh;
    private final V nothing;
    private final BiFunction<Session, K, V> reader;
    private final String read;
    private final Cache<K, Copy<V>> copies =
            Caffeine.newBuilder().maximumSize(COPIES).build();

    /** The stamp is read first: rows may be newer than it, which the next comparison tells, but never older. */
    private record Copy<V>(long stamp, V definitions) {}

    /** A column of the key of a head, and its value. */
    record Name<K>(TableField<?, String> column, Function<K, String> value) {}

    /**
     * Copies of what is under the heads of a table.
     *
     * @param stamp the column of the stamp
     * @param names the columns of the key
     * @param fresh whether who locked something reads the stamp as {@link Session#fetchFresh}
     * @param nothing what is defined under a head that is not there
     * @param reader reads what is defined under one
     */
    StampedCopies(
            TableField<?, Long> stamp,
            List<Name<K>> names,
            boolean fresh,
            V nothing,
            BiFunction<Session, K, V> reader) {
        this.stamp = stamp;
        this.names = names;
        this.fresh = fresh;
        this.nothing = nothing;
        this.reader = reader;
        this.read = "SELECT " + name(stamp) + " FROM "
                + stamp.getTable().getName().toLowerCase(Locale.ROOT) + " WHERE "
                + names.stream().map(it -> name(it.column()) + " = ?").collect(Collectors.joining(" AND "));
    }

    private static String name(TableField<?, ?> column) {
        return column.getName().toLowerCase(Locale.ROOT);
    }

    /** What is defined under a head; read only if something was changed. */
    V read(Session session, K head) {
        List<Long> found = session.query(
                fresh && session.mustReadFresh() ? read + " LOCK IN SHARE MODE" : read,
                statement -> {
                    Bind bind = new Bind(statement);
                    for (Name<K> name : names) {
                        bind.text(name.value().apply(head));
                    }
                },
                row -> row.getLong(1));
        if (found.isEmpty()) {
            return nothing;
        }
        long now = found.get(0);
        Copy<V> copy = copies.getIfPresent(head);
        if (copy == null || copy.stamp() != now) {
            copy = new Copy<>(now, reader.apply(session, head));
            copies.put(head, copy);
        }
        return copy.definitions();
    }

    /** Locks a head until the transaction ends, and makes it if it is not there. */
    void lock(Session session, K head) {
        if (stamp(session, head).forUpdate().fetchOne() == null) {
            var insert = session.dsl().insertQuery(stamp.getTable());
            names.forEach(it -> insert.addValue(it.column(), it.value().apply(head)));
            insert.addValue(stamp, newStamp());
            Inserts.unlessPresent(session, insert);
            if (stamp(session, head).forUpdate().fetchOne() == null) {
                throw CoreError.LOCK_TIMEOUT.because("another transaction makes the first definition");
            }
        }
        session.markLocking();
    }

    /** Locks a head, and reads what is defined under it. */
    V lockAndRead(Session session, K head) {
        lock(session, head);
        return reader.apply(session, head);
    }

    /** No copy of what is under this head answers any more. */
    void change(Session session, K head) {
        session.dsl()
                .update(stamp.getTable())
                .set(stamp, newStamp())
                .where(is(head))
                .execute();
    }

    private SelectConditionStep<Record1<Long>> stamp(Session session, K head) {
        return session.dsl().select(stamp).from(stamp.getTable()).where(is(head));
    }

    private Condition is(K head) {
        return DSL.and(
                names.stream().map(it -> it.column().eq(it.value().apply(head))).toList());
    }

    /** Drawn at random, so that the one of a transaction that was rolled back never comes again. */
    private static long newStamp() {
        return ThreadLocalRandom.current().nextLong();
    }
}

package dev.retailcrm.tck;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.tags.spi.SyncLink;
import dev.retailcrm.tags.spi.SyncMark;
import dev.retailcrm.tags.spi.SyncRun;
import dev.retailcrm.tags.spi.SyncStore;
import dev.retailcrm.tck.FaultyFixture.Call;
import dev.retailcrm.tck.FaultyFixture.Wrong;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The contract of stores of synchronisation finds each of these faults, under the number of the rule that forbids it. */
class FaultySyncStoreTest {
    @TestFactory
    Stream<DynamicTest> synchronisation() {
        return Stream.of(
                fault("leaks other tenants", "sy_1_", call -> call.rightWith(0, TenantId.of("acme"))),
                fault("leaks other channels", "sy_1_", oneChannel()),
                fault("shows only what is committed", "sy_2_", reading(Call::elsewhere)),
                fault("writes on its own", "sy_2_", with("link", 2, it -> it, true)),
                fault(
                        "forgets where a page starts",
                        "sy_3_4_",
                        with("record", 1, FaultySyncStoreTest::unplaced, false)),
                fault("takes any version", "sy_3_4_", answer("record", written -> true)),
                fault("lets two win", "sy_4_", answer("record", written -> true)),
                fault("lists links as they come", "sy_5_6_7_", answer("links", FaultySyncStoreTest::reversed)),
                fault("mixes ids of other case", "sy_5_6_7_", with("link", 2, FaultySyncStoreTest::folded, false)),
                fault(
                        "unlinks all",
                        "sy_5_6_7_",
                        call -> call.is("unlink") ? call.rightWith(2, ids(call)) : call.right()),
                fault("finds another customer's mark", "sy_8_9_", anybodys()),
                fault("keeps the first mark", "sy_8_9_", keepingTheFirst()),
                fault("forgets what is asked", "sy_8_9_", with("write", 2, FaultySyncStoreTest::unasked, false)),
                fault("forgets whose a mark was", "sy_8_9_", with("write", 2, FaultySyncStoreTest::homeless, false)),
                fault(
                        "starts every page anew",
                        "sy_10_",
                        call -> call.is("open") ? call.rightWith(2, null) : call.right()),
                fault("lists what is settled", "sy_10_", with("write", 2, FaultySyncStoreTest::opened, false)),
                fault("lists the last first", "sy_10_", answer("open", FaultySyncStoreTest::reversed)),
                fault("removes all at once", "sy_11_", with("remove", 2, limit -> 1_000, false)),
                fault("forgets a channel", "sy_12_", answer("of", FaultySyncStoreTest::withoutFirst)),
                fault("ignores the lock", "sy_13_", call -> call.is("lock") ? call.elsewhere() : call.right()),
                fault("locks nobody who is erased", "sy_13_", answer("lock", FaultySyncStoreTest::living)),
                fault("finds the erased", "sy_14_", remembering()));
    }

    private static DynamicTest fault(String what, String rule, Wrong wrong) {
        return FaultyKit.fault(what, SyncStore.class, CrmContract.SyncStore.class, rule, wrong);
    }

    private static Wrong with(String method, int index, UnaryOperator<Object> other, boolean elsewhere) {
        return call -> {
            if (!call.is(method)) {
                return call.right();
            }
            return elsewhere ? call.elsewhere() : call.rightWith(index, other.apply(call.argument(index)));
        };
    }

    private static Wrong answer(String method, UnaryOperator<Object> other) {
        return call -> call.is(method) ? other.apply(call.right()) : call.right();
    }

    private static Wrong reading(Wrong wrong) {
        return call -> call.is("run") || call.is("links") || call.is("marks") ? wrong.call(call) : call.right();
    }

    /** Asks for every channel's as if they were the first one's. */
    private static Wrong oneChannel() {
        return call -> call.is("links") || call.is("run") || call.is("open") || call.is("marks")
                ? call.rightWith(1, "wecom")
                : call.right();
    }

    private static Collection<String> ids(Call call) {
        return call.database.sync().links(call.argument(0), call.argument(1)).stream()
                .map(SyncLink::id)
                .toList();
    }

    /** Finds by reference alone whatever it wrote. */
    private static Wrong anybodys() {
        Map<String, SyncMark> written = new HashMap<>();
        return call -> {
            if (call.is("write")) {
                SyncMark mark = call.argument(2);
                written.put(mark.ref(), mark);
            }
            Map<String, SyncMark> found = call.is("marks") ? new HashMap<>(call.<Map<String, SyncMark>>right()) : null;
            if (found == null) {
                return call.right();
            }
            call.<Map<String, CustomerId>>argument(2).keySet().stream()
                    .filter(written::containsKey)
                    .forEach(ref -> found.put(ref, written.get(ref)));
            return found;
        };
    }

    private static Wrong keepingTheFirst() {
        return call -> {
            SyncMark mark = call.is("write") ? call.argument(2) : null;
            boolean known = mark != null
                    && !call.database
                            .sync()
                            .marks(call.argument(0), call.argument(1), Map.of(mark.ref(), mark.customer()))
                            .isEmpty();
            return known ? null : call.right();
        };
    }

    /** Tells what it found of a customer before. */
    private static Wrong remembering() {
        Map<String, SyncMark> written = new HashMap<>();
        return call -> {
            if (call.is("write")) {
                SyncMark mark = call.argument(2);
                written.put(mark.ref(), mark);
            }
            return call.is("open") ? List.copyOf(written.values()) : call.right();
        };
    }

    private static SyncRun unplaced(Object given) {
        SyncRun run = (SyncRun) given;
        return new SyncRun(
                run.channel(),
                run.number(),
                run.dry(),
                run.phase(),
                run.stoppedIn(),
                null,
                run.attempts(),
                run.notBefore(),
                run.paceFrom(),
                run.paceCalls(),
                run.counts(),
                run.problem(),
                run.startedAt(),
                run.version());
    }

    private static List<SyncLink> folded(Object links) {
        return ((List<?>) links)
                .stream()
                        .map(SyncLink.class::cast)
                        .map(it -> new SyncLink(
                                it.id().toLowerCase(Locale.ROOT), it.tag(), it.name(), it.sinceRun(), it.seenRun()))
                        .toList();
    }

    private static SyncMark unasked(Object given) {
        SyncMark mark = (SyncMark) given;
        return with(mark, mark.home(), Map.of());
    }

    private static SyncMark homeless(Object given) {
        SyncMark mark = (SyncMark) given;
        return with(mark, mark.customer(), mark.asked());
    }

    private static SyncMark opened(Object given) {
        SyncMark mark = (SyncMark) given;
        return with(mark, mark.home(), Map.of("vip", true));
    }

    private static SyncMark with(SyncMark mark, CustomerId home, Map<String, Boolean> asked) {
        return new SyncMark(
                mark.customer(),
                home,
                mark.ref(),
                mark.run(),
                mark.triedRun(),
                mark.tags(),
                asked,
                mark.problem(),
                mark.version());
    }

    private static Object living(Object locked) {
        Map<Object, Object> all = new TreeMap<>((Map<?, ?>) locked);
        all.values().removeIf(it -> it.toString().contains("ERASED"));
        return all;
    }

    private static Object withoutFirst(Object found) {
        TreeMap<Object, Object> all = new TreeMap<>((Map<?, ?>) found);
        all.pollFirstEntry();
        return all;
    }

    private static Object reversed(Object listed) {
        List<?> all = new ArrayList<>((List<?>) listed);
        Collections.reverse(all);
        return all;
    }
}

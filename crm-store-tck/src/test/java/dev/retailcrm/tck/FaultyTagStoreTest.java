package dev.retailcrm.tck;

import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.tags.TagEntry;
import dev.retailcrm.tags.spi.TagChange;
import dev.retailcrm.tags.spi.TagStore;
import dev.retailcrm.tck.FaultyFixture.Call;
import dev.retailcrm.tck.FaultyFixture.Wrong;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The contract of stores of tags finds each of these faults, under the number of the rule that forbids it. */
class FaultyTagStoreTest {
    @TestFactory
    Stream<DynamicTest> tags() {
        return Stream.of(
                fault("leaks other tenants' definitions", "tg_1_", leaking("define")),
                fault("shows only what is committed", "tg_2_", Call::elsewhere),
                fault(
                        "ignores the lock of definitions",
                        "tg_4_",
                        call -> call.is("lockDefinitions") ? call.elsewhere() : call.right()),
                fault("leaks other tenants", "ta_1_", leaking("apply")),
                fault(
                        "ignores the lock",
                        "ta_3_a_lock_that",
                        call -> call.is("lockAll") ? call.elsewhere() : call.right()),
                fault(
                        "locks nobody who is erased",
                        "ta_3_locks_return",
                        answer("lockAll", FaultyTagStoreTest::withoutLast)),
                fault(
                        "books a key for every call",
                        "ta_4_",
                        call -> call.is("apply") ? Boolean.valueOf(call.right() != null) : call.right()),
                fault("forgets reasons", "ta_6_everything", changed(FaultyTagStoreTest::unreasoned)),
                fault("skips the last of many", "ta_7_", with("applyAll", 0, FaultyTagStoreTest::butLast)),
                fault("does not wait to fill a tag", "ta_8_who", answerElsewhere("lockTag")),
                fault("gives room that will be taken", "ta_8_what", counting("lockTag")),
                fault("lists the highest first", "ta_11_", answer("holders", FaultyTagStoreTest::reversed)),
                fault("ends tags too late", "ta_11_", with("holders", 2, at -> ((Instant) at).minusMillis(1))),
                fault("starts every page anew", "ta_10_", with("entries", 2, after -> 0L)),
                fault("names the latest first", "ta_13_", answer("over", FaultyTagStoreTest::reversed)),
                fault(
                        "counts a tag a moment too long",
                        "ta_14_",
                        with("count", 2, at -> ((Instant) at).minusMillis(1))),
                fault("counts nothing on its own", "ta_14_ta_15_", answer("counts", counts -> Map.of())),
                fault("forgets who has no tag", "ta_18_", answer("held", FaultyTagStoreTest::withoutLast)),
                fault("erases all at once", "ta_17_", with("remove", 3, limit -> 1_000)));
    }

    private static DynamicTest fault(String what, String rule, Wrong wrong) {
        return FaultyKit.fault(what, TagStore.class, CrmContract.TagStore.class, rule, wrong);
    }

    /** Asks for everybody's as if they were the first tenant's. */
    private static Wrong leaking(String writes) {
        return call -> call.is(writes) || call.is("applyAll") ? call.right() : call.rightWith(0, TenantId.of("acme"));
    }

    private static Wrong with(String method, int index, UnaryOperator<Object> other) {
        return call -> call.is(method) ? call.rightWith(index, other.apply(call.argument(index))) : call.right();
    }

    private static Wrong answer(String method, UnaryOperator<Object> other) {
        return call -> call.is(method) ? other.apply(call.right()) : call.right();
    }

    private static Wrong answerElsewhere(String method) {
        return call -> call.is(method) ? call.elsewhere() : call.right();
    }

    /** Counts as questions do, whoever is ahead. */
    private static Wrong counting(String method) {
        return call -> call.is(method)
                ? Long.valueOf(call.database
                        .tags()
                        .count(call.argument(0), Set.of(call.<String>argument(1)), call.argument(2)))
                : call.right();
    }

    private static Wrong changed(UnaryOperator<TagChange> other) {
        return call -> call.is("apply") ? call.rightWith(0, other.apply(call.argument(0))) : call.right();
    }

    private static TagChange unreasoned(TagChange change) {
        return new TagChange(
                change.tenant(),
                change.customer(),
                change.entries().stream()
                        .map(it -> new TagEntry(
                                it.seq(),
                                it.tag(),
                                it.act(),
                                it.before(),
                                it.after(),
                                it.source(),
                                it.batch(),
                                it.actor(),
                                null,
                                it.at()))
                        .toList(),
                change.booking());
    }

    private static Object withoutLast(Object locked) {
        Map<Object, Object> all = new TreeMap<>((Map<?, ?>) locked);
        if (all.size() > 1) {
            all.remove(((TreeMap<Object, Object>) all).lastKey());
        }
        return all;
    }

    private static Object butLast(Object changes) {
        List<?> all = (List<?>) changes;
        return all.isEmpty() ? all : all.subList(0, all.size() - 1);
    }

    private static Object reversed(Object listed) {
        List<?> all = new ArrayList<>((List<?>) listed);
        Collections.reverse(all);
        return all;
    }
}

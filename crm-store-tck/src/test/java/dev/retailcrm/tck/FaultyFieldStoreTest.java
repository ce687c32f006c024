package dev.retailcrm.tck;

import dev.retailcrm.core.field.FieldDefinition;
import dev.retailcrm.core.field.FieldSearch;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.FieldStore;
import dev.retailcrm.core.spi.FieldWrite;
import dev.retailcrm.tck.FaultyFixture.Wrong;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The contract of custom fields finds each of these faults, under the number of the rule that forbids it. */
class FaultyFieldStoreTest {
    private final Map<Object, Object> copies = new HashMap<>();

    @TestFactory
    Stream<DynamicTest> fields() {
        return Stream.of(
                field("looks at other tenants", "fs_2_definitions", with("definitions", 0, it -> TenantId.of("acme"))),
                field("forgets roles", "fs_2_definitions", answer("definitions", FaultyFieldStoreTest::open)),
                field(
                        "answers with its first copy for ever",
                        "fs_2_and_fs_5",
                        call -> call.is("definitions")
                                ? copies.computeIfAbsent(call.database, first -> answered(call))
                                : call.right()),
                field("locks nothing", "fs_3_", call -> call.is("lockDefinitions") ? call.elsewhere() : call.right()),
                field("forgets keys", "fs_4_", answer("booked", booked -> Optional.empty())),
                field("forgets values", "fs_6_", with("write", 2, FaultyFieldStoreTest::first)),
                field("keeps what is cleared", "fs_6_", with("write", 2, FaultyFieldStoreTest::withoutClearing)),
                field("finds strangers", "fs_6_", with("values", 0, it -> TenantId.of("acme"))),
                field("finds nobody by value", "fs_9_", answer("search", found -> List.of())),
                field("leaves out the ends of a range", "fs_9_", with("search", 2, FaultyFieldStoreTest::withoutEnds)),
                field("starts every page anew", "fs_9_", with("search", 3, after -> null)),
                field("fills every page", "fs_9_", with("search", 4, limit -> 9)),
                field(
                        "finds no personal values",
                        "fs_10_",
                        call -> call.is("search")
                                        && call.<FieldDefinition>argument(1).personal()
                                ? List.of()
                                : call.right()));
    }

    private static DynamicTest field(String what, String rule, Wrong wrong) {
        return FaultyKit.fault(what, FieldStore.class, CrmContract.FieldStore.class, rule, wrong);
    }

    private static Wrong with(String method, int index, Change other) {
        return call -> call.is(method) ? call.rightWith(index, other.of(call.argument(index))) : call.right();
    }

    private static Wrong answer(String method, UnaryOperator<Object> other) {
        return call -> call.is(method) ? other.apply(call.right()) : call.right();
    }

    private interface Change {
        @Nullable
        Object of(@Nullable Object right);
    }

    private static Object answered(FaultyFixture.Call call) {
        try {
            return call.right();
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object open(Object definitions) {
        return ((List<?>) definitions)
                .stream()
                        .map(it -> ((FieldDefinition) it).access(Set.of(), Set.of()))
                        .toList();
    }

    private static Object first(@Nullable Object writes) {
        return Stream.ofNullable((List<?>) writes)
                .flatMap(List::stream)
                .limit(1)
                .toList();
    }

    private static Object withoutClearing(@Nullable Object writes) {
        return Stream.ofNullable((List<?>) writes)
                .flatMap(List::stream)
                .filter(it -> ((FieldWrite) it).value().isPresent())
                .toList();
    }

    private static @Nullable Object withoutEnds(@Nullable Object search) {
        return search instanceof FieldSearch range && range.isRange() && range.to() != null && range.from() != null
                ? FieldSearch.between(range.field(), range.from(), null)
                : search;
    }
}

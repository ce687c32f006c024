package dev.retailcrm.tck;

import static dev.retailcrm.tck.BadValues.bad;
import static dev.retailcrm.tck.BadValues.codes;
import static dev.retailcrm.tck.BadValues.money;
import static dev.retailcrm.tck.BadValues.present;
import static dev.retailcrm.tck.BadValues.texts;

import dev.retailcrm.core.field.FieldDefinition;
import dev.retailcrm.core.field.FieldOption;
import dev.retailcrm.core.field.FieldPatch;
import dev.retailcrm.core.field.FieldPattern;
import dev.retailcrm.core.field.FieldSearch;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.tck.BadValues.Bad;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.joda.money.Money;

/** Bad arguments of custom fields. Stateless. */
final class BadFields {
    /** A field there is; so is {@code old}, which is retired, and {@code card}, which is personal. */
    static final FieldDefinition SIZE = FieldDefinition.of("shoe_size", "Shoe size", FieldType.LONG)
            .between(FieldValue.number(15), FieldValue.number(50));

    private BadFields() {}

    static List<Bad> keys() {
        return Stream.of("", "Shoe", "no_such_field", "x".repeat(33), "custom.size", BadValues.RARE)
                .map(it -> bad(it, () -> it))
                .toList();
    }

    static Stream<Bad> definitions() {
        FieldDefinition text = FieldDefinition.of("bad", "Bad", FieldType.TEXT);
        List<FieldOption> two = List.of(FieldOption.of("a", "A"), FieldOption.of("a", "B"));
        return Stream.of(
                        codes(32).map(it -> bad("key " + it, () -> FieldDefinition.of(it, "Bad", FieldType.TEXT))),
                        texts(1).map(it -> bad("pattern " + it, () -> pattern(it.repeat(FieldPattern.MAX_LENGTH + 1)))),
                        Stream.of("(", "(a)\\1", "(?=a)", "((a{100}){100}){100}", "(\\pL{0,900}b?){5}")
                                .map(it -> bad("pattern " + it, () -> pattern(it))),
                        Stream.of(
                                bad(
                                        "a money field without currency",
                                        () -> FieldDefinition.of("m", "M", FieldType.MONEY)),
                                bad("a choice without options", () -> FieldDefinition.choice("c", "C", List.of())),
                                bad("two options of one key", () -> FieldDefinition.choice("c", "C", two)),
                                bad(
                                        "bounds of another type",
                                        () -> SIZE.between(FieldValue.text("a"), FieldValue.text("b"))),
                                bad(
                                        "bounds upside down",
                                        () -> SIZE.between(FieldValue.number(2), FieldValue.number(1))),
                                bad("no length", () -> text.length(0, 1)),
                                bad("lengths upside down", () -> text.length(3, 2)),
                                bad("a longest text of 501", () -> text.length(1, 501)),
                                bad("a length of numbers", () -> SIZE.length(1, 2)),
                                bad("an initial value out of range", () -> SIZE.initial(FieldValue.number(99))),
                                bad(
                                        "unique flags",
                                        () -> FieldDefinition.of("u", "U", FieldType.BOOLEAN)
                                                .asUnique()),
                                bad("a role with a line", () -> text.access(Set.of("a\nb"), Set.of()))))
                .flatMap(it -> it);
    }

    private static FieldDefinition pattern(String regex) {
        return FieldDefinition.of("bad", "Bad", FieldType.TEXT).pattern(FieldPattern.of(regex));
    }

    static Stream<Bad> patches() {
        return Stream.of(
                        texts(FieldValue.MAX_TEXT).map(it -> bad("text " + it, () -> sized(FieldValue.text(it)))),
                        Stream.of("1E+20", "1E-11", "1E+1000000000", "1E-1000000000")
                                .map(it -> bad("number " + it, () -> sized(FieldValue.decimal(new BigDecimal(it))))),
                        Stream.of(Instant.MIN, Instant.MAX)
                                .map(it -> bad("at " + it, () -> sized(FieldValue.instant(it)))),
                        Stream.of(LocalDate.MIN, LocalDate.MAX)
                                .map(it -> bad("on " + it, () -> sized(FieldValue.date(it)))),
                        money().filter(it -> it.what().startsWith("10^30"))
                                .map(it -> bad(it.what(), () -> sized(FieldValue.money((Money) present(it))))),
                        Stream.of(
                                bad("an option in capitals", () -> sized(FieldValue.choice("A"))),
                                bad("no option", () -> sized(FieldValue.choices(Set.of()))),
                                bad("another type", () -> sized(FieldValue.flag(true))),
                                bad("out of range", () -> sized(FieldValue.number(51))),
                                bad("a retired field", () -> FieldPatch.none().clear("old")),
                                bad("no such field", () -> FieldPatch.none().clear("nothing"))))
                .flatMap(it -> it);
    }

    private static FieldPatch sized(FieldValue value) {
        return FieldPatch.none().set(SIZE.key(), value);
    }

    static Stream<Bad> searches() {
        FieldValue one = FieldValue.number(1);
        return Stream.of(
                bad("no field", () -> FieldSearch.equalTo("", one)),
                bad("an unknown field", () -> FieldSearch.equalTo("nothing", one)),
                bad("a retired field", () -> FieldSearch.equalTo("old", FieldValue.date(LocalDate.EPOCH))),
                bad("nothing", () -> FieldSearch.between(SIZE.key(), null, null)),
                bad("a value and a range", () -> new FieldSearch(SIZE.key(), List.of(one), one, null)),
                bad("a range upside down", () -> FieldSearch.between(SIZE.key(), FieldValue.number(2), one)),
                bad("another type", () -> FieldSearch.equalTo(SIZE.key(), FieldValue.text("1"))),
                bad("a range of personal values", () -> FieldSearch.between("card", FieldValue.text("a"), null)),
                bad(
                        "101 options",
                        () -> FieldSearch.anyOf(
                                "x",
                                IntStream.range(0, 101).mapToObj(it -> "o" + it).collect(Collectors.toSet()))));
    }
}

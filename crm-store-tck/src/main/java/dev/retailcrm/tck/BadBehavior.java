package dev.retailcrm.tck;

import static dev.retailcrm.tck.BadValues.bad;
import static dev.retailcrm.tck.BadValues.codes;
import static dev.retailcrm.tck.BadValues.texts;

import dev.retailcrm.core.behavior.BehaviorEvent;
import dev.retailcrm.core.behavior.BehaviorId;
import dev.retailcrm.core.behavior.BehaviorType;
import dev.retailcrm.core.behavior.Properties;
import dev.retailcrm.core.behavior.Property;
import dev.retailcrm.core.behavior.PropertyKind;
import dev.retailcrm.core.behavior.TimelineQuery;
import dev.retailcrm.core.behavior.Visitor;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.tck.BadValues.Bad;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.stream.Stream;

/** Bad values about behaviour. Stateless. */
final class BadBehavior {
    private static final Instant T0 = StoreContract.T0;

    private BadBehavior() {}

    static Stream<Bad> types() {
        BehaviorType good = BehaviorFacade.VIEW;
        return Stream.of(
                        names().map(it -> bad("name " + it, () -> BehaviorType.of(it))),
                        names().map(it -> bad("property " + it, () -> Property.of(it, PropertyKind.DATE))),
                        Stream.of(0, -1, 201).map(it -> bad("a text of " + it, () -> Property.text("text", it))),
                        Stream.of(0, -1, 36_501).map(it -> bad(it + " days", () -> good.keptFor(it))),
                        Stream.of(
                                bad("a property given twice", () -> good.with(Property.text("sku", 9))),
                                bad("version 0", () -> good.version(0)),
                                bad("a version that leaves one out", () -> good.version(3)),
                                bad("a version with other content", () -> good.retire()),
                                bad(
                                        "a version without a property",
                                        () -> BehaviorType.of(good.name()).version(2)),
                                bad(
                                        "a new type of version 2",
                                        () -> BehaviorType.of("new").version(2))))
                .flatMap(it -> it);
    }

    private static Stream<String> names() {
        return Stream.concat(codes(60), Stream.of("Capital", "1st", "a-b", "a..b", "a.", ".a"));
    }

    static Stream<Bad> events(CustomerId stranger) {
        BehaviorEvent good = BehaviorFacade.view(stranger, "bad", T0);
        return Stream.of(
                        codes(BehaviorId.MAX_SOURCE).map(it -> bad("source " + it, () -> BehaviorId.of(it, "1"))),
                        codes(BehaviorId.MAX_LENGTH).map(it -> bad("id " + it, () -> BehaviorId.of("web", it))),
                        codes(BehaviorEvent.MAX_CHANNEL).map(it -> bad("channel " + it, () -> good.through(it))),
                        codes(40).map(it -> bad("store " + it, () -> good.in(StoreId.of(it)))),
                        names().map(it -> bad("type " + it, () -> BehaviorEvent.of(stranger, it, good.id(), T0))),
                        texts(Property.MAX_TEXT).map(it -> bad("text " + it, () -> BehaviorFacade.sku(it))),
                        Stream.of("1E+18", "1E-10", "1E+2147483647", "1E-2147483647")
                                .map(it -> bad(
                                        "decimal " + it, () -> Properties.none().decimal("d", new BigDecimal(it)))),
                        Stream.of(T0.plus(Duration.ofDays(3)), Instant.MAX, Instant.MIN, Instant.EPOCH.minusMillis(1))
                                .map(it -> bad("at " + it, () -> BehaviorFacade.view(stranger, "bad", it))),
                        Stream.of(
                                bad(
                                        "an unknown customer",
                                        () -> BehaviorFacade.view(StoreContract.nobody(), "bad", T0)),
                                bad("another tenant's customer", () -> good),
                                bad("no properties", () -> good.with(Properties.none())),
                                bad("properties too long", () -> good.with(oversize())),
                                bad(
                                        "an instant out of range",
                                        () -> Properties.none().instant("i", Instant.MAX)),
                                bad(
                                        "a date out of range",
                                        () -> Properties.none().date("d", LocalDate.MAX)),
                                bad(
                                        "both customer and visitor",
                                        () -> new BehaviorEvent(
                                                stranger,
                                                BehaviorFacade.BROWSER,
                                                good.type(),
                                                good.id(),
                                                T0,
                                                null,
                                                null,
                                                good.properties()))))
                .flatMap(it -> it);
    }

    private static Properties oversize() {
        Properties properties = Properties.none();
        for (int i = 0; i < 21; i++) {
            properties = properties.text("p" + i, "x".repeat(Property.MAX_TEXT));
        }
        return properties;
    }

    static Stream<Bad> visitors() {
        String token = "0123456789abcdef";
        return Stream.of(
                        codes(BehaviorId.MAX_SOURCE).map(it -> bad("source " + it, () -> Visitor.of(it, token))),
                        codes(Visitor.MAX_TOKEN).map(it -> bad("token " + it, () -> Visitor.of("web", it))),
                        Stream.of(bad("a token of 15", () -> Visitor.of("web", token.substring(1)))))
                .flatMap(it -> it);
    }

    static Stream<Bad> timelines(CustomerId stranger, CustomerId somebody) {
        TimelineQuery good = TimelineQuery.of(somebody);
        return Stream.concat(
                names().map(it -> bad("type " + it, () -> good.type(it))),
                Stream.of(
                        bad("an unknown customer", () -> TimelineQuery.of(StoreContract.nobody())),
                        bad("another tenant's customer", () -> TimelineQuery.of(stranger)),
                        bad("from the beginning of time", () -> good.between(Instant.MIN, T0)),
                        bad("to the end of time", () -> good.between(T0, Instant.MAX)),
                        bad("backwards", () -> good.between(T0, T0.minusMillis(1)))));
    }
}

package dev.retailcrm.core.behavior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PropertiesTest {
    @Test
    void the_text_form_is_what_a_database_can_compute_with() {
        Properties properties = Properties.none()
                .text("sku", "tea \"500g\"")
                .money("price", Money.of(CurrencyUnit.of("CNY"), 59))
                .decimal("weight", new BigDecimal("1.2350"))
                .instant("at", Instant.EPOCH.plusMillis(7))
                .date("on", LocalDate.of(2026, 3, 1))
                .number("count", 2)
                .flag("gift", false);

        assertThat(properties.json())
                .isEqualTo(
                        "{\"at\":7,\"count\":2,\"gift\":false,\"on\":\"2026-03-01\","
                                + "\"price\":{\"currency\":\"CNY\",\"minor\":5900},\"sku\":\"tea \\\"500g\\\"\",\"weight\":1.235}");
        assertThat(properties).hasToString("[at, count, gift, on, price, sku, weight]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{",
                "{} {}",
                "{\"a\":null}",
                "{\"a\":[1]}",
                "{\"a\":{}}",
                "{\"a\":{\"currency\":\"CNY\"}}",
                "{\"a\":{\"currency\":\"NONE\",\"minor\":1}}",
                "{\"a\":{\"currency\":\"CNY\",\"minor\":1.5}}",
                "{\"a\":1,\"a\":2}",
                "{\"A\":1}",
                "{\"a\":9223372036854775808}",
                "{\"a\":1e400}",
                "{\"a\":\"x\\u0000\"}",
                "{\"a\":Ann}"
            })
    void another_text_is_refused_without_being_quoted(String text) {
        CrmException refusal =
                Objects.requireNonNull(catchThrowableOfType(CrmException.class, () -> Properties.parse(text)));

        assertThat(refusal.code()).isEqualTo(CoreError.INVALID_VALUE);
        assertThat(refusal).hasNoCause();
        assertThat(refusal.getMessage()).doesNotContain("Ann");
    }

    @Test
    void a_visitor_does_not_show_its_token() {
        Visitor visitor = Visitor.of("web", "f3b1c2d4e5f60718");

        assertThat(visitor).hasToString("web/****");
        assertThat(visitor.hash())
                .hasSize(43)
                .isNotEqualTo(Visitor.of("app", "f3b1c2d4e5f60718").hash());
        // Where source and token meet is part of the hash.
        assertThat(Visitor.of("we", "bf3b1c2d4e5f60718").hash()).isNotEqualTo(visitor.hash());
    }
}

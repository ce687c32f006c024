package dev.retailcrm.core.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventEnvelopeTest {
    private static final TenantId TENANT = TenantId.of("acme");
    private static final CustomerId ANN = CustomerId.of(1_000);

    @Test
    void writes_data_with_sorted_names() {
        var event = envelope(
                Map.of("b", 2, "a", "x\"\n", "d", new BigDecimal("1E+3"), "c", List.of(true, Map.of("e", 5L))));

        assertThat(event.data()).isEqualTo("{\"a\":\"x\\\"\\n\",\"b\":2,\"c\":[true,{\"e\":5}],\"d\":1000}");
    }

    @Test
    void is_named_by_tenant_customer_source_and_number() {
        assertThat(envelope(Map.of()).id()).isEqualTo("acme/" + ANN + "/wallet/7");
    }

    @Test
    void becomes_a_cloud_event() throws Exception {
        var json = new ObjectMapper().readTree(envelope(Map.of("amount", 5)).toCloudEventJson());

        assertThat(json.get("specversion").asText()).isEqualTo("1.0");
        assertThat(json.get("id").asText()).isEqualTo("acme/" + ANN + "/wallet/7");
        assertThat(json.get("source").asText()).isEqualTo("/acme/wallet");
        assertThat(json.get("type").asText()).isEqualTo("dev.retailcrm.points.earned");
        assertThat(json.get("subject").asText()).isEqualTo(ANN.toString());
        assertThat(json.get("time").asText()).isEqualTo("2026-01-02T03:04:05.678Z");
        assertThat(json.get("sequence").asText()).isEqualTo("0000000000000000007");
        assertThat(json.get("data").get("amount").asInt()).isEqualTo(5);
    }

    @Test
    void refuses_data_that_is_not_ids_and_figures() {
        assertThatThrownBy(() -> envelope(Map.of("x", new Object()))).isInstanceOf(CrmException.class);
        assertThatThrownBy(() -> envelope(Map.of("x", 1.5))).isInstanceOf(CrmException.class);
    }

    @Test
    void refuses_data_that_is_too_long_or_too_deep() {
        var deep = Map.of("1", Map.of("2", Map.of("3", Map.of("4", Map.of("5", 5)))));

        assertThatThrownBy(() -> envelope(Map.of("x", "y".repeat(4_000)))).isInstanceOf(CrmException.class);
        assertThatThrownBy(() -> envelope(Map.of("x", deep))).isInstanceOf(CrmException.class);
    }

    private static EventEnvelope envelope(Map<String, Object> data) {
        return EventEnvelope.of(TENANT, EventEnvelope.WALLET, 7, new Happened(ANN, data));
    }

    private record Happened(CustomerId customer, Map<String, Object> data) implements DomainEvent {
        @Override
        public String type() {
            return "points.earned";
        }

        @Override
        public Instant at() {
            return Instant.parse("2026-01-02T03:04:05.678901Z");
        }
    }
}

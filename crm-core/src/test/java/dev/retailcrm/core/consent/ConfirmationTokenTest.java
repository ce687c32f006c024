package dev.retailcrm.core.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfirmationTokenTest {
    private static final CustomerId ANN = CustomerId.of(1);

    @Test
    void a_token_is_read_back_from_its_text() {
        var token = ConfirmationToken.random(ANN);

        assertThat(ConfirmationToken.parse(token.reveal())).isEqualTo(token).hasSameHashCodeAs(token);
        assertThat(ConfirmationToken.parse(token.reveal()).customer()).isEqualTo(ANN);
        assertThat(token.reveal()).hasSize(36);
    }

    @Test
    void no_two_tokens_are_equal_and_none_is_shown() {
        var token = ConfirmationToken.random(ANN);

        assertThat(ConfirmationToken.random(ANN)).isNotEqualTo(token);
        assertThat(token.toString()).isEqualTo(ANN + ".****");
        assertThat(token.hash()).matches("[0-9a-f]{64}").doesNotContain(token.reveal());
    }

    @Test
    void anything_else_is_refused() {
        String text = ConfirmationToken.random(ANN).reveal();

        for (String other :
                List.of("", text + "x", text.substring(1), " " + text.substring(1), text.replace('.', ':'))) {
            assertThatThrownBy(() -> ConfirmationToken.parse(other))
                    .as("'%s'", other)
                    .isInstanceOf(CrmException.class)
                    .hasMessageNotContaining(text.substring(14));
        }
    }
}

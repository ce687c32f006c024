package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.core.consent.ConfirmationToken;
import dev.retailcrm.core.consent.ConsentProof;
import dev.retailcrm.core.consent.Consents;
import dev.retailcrm.core.consent.ContactAnswer;
import dev.retailcrm.core.consent.ContactReason;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.PageRequest;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What {@link Consents} does with tokens, whatever the store. */
public abstract class DoubleOptInContract extends ConsentRuleContract {
    /** A contract. */
    protected DoubleOptInContract() {}

    private ConfirmationToken asked() {
        var token = ConfirmationToken.random(ann);
        consents().requestDoubleOptIn(token, NEWSLETTER.at(MAIL), hers("ask"));
        return token;
    }

    @Test
    public final void counts_once_it_is_confirmed() {
        var token = asked();
        assertThat(consents().mayContact(ann, NEWSLETTER.at(MAIL)))
                .isEqualTo(new ContactAnswer(ContactReason.PENDING_CONFIRMATION, T0.plus(Duration.ofDays(2))));

        repeatable(() -> consents().confirm(ConfirmationToken.parse(token.reveal()), hers("yes")));

        assertThat(consents().mayContact(ann, NEWSLETTER.at(MAIL)))
                .isEqualTo(new ContactAnswer(ContactReason.CONSENT_GIVEN, null));
    }

    @Test
    public final void a_simple_opt_in_waits_for_it() {
        consents().optIn(ann, NEWSLETTER, hers("k"));

        assertThat(reason(NEWSLETTER)).isEqualTo(ContactReason.PENDING_CONFIRMATION);
    }

    @Test
    public final void a_token_is_used_once() {
        var token = asked();
        consents().confirm(token, hers("yes"));

        assertThat(refused(CoreError.CONFIRMATION_ENDED, () -> consents().confirm(token, hers("again"))))
                .containsEntry("state", "CONFIRMED");
    }

    @Test
    public final void of_many_confirmations_at_once_one_is_recorded() {
        var token = asked();

        List<Race.Attempt<ConsentProof>> attempts =
                Race.of(8, thread -> consents().confirm(token, hers("yes " + thread)));

        assertThat(attempts).filteredOn(Race.Attempt::succeeded).hasSize(1);
        assertThat(attempts)
                .extracting(Race.Attempt::refusal)
                .filteredOn(Objects::nonNull)
                .hasSize(7)
                .allMatch(refusal -> refusal.code() == CoreError.CONFIRMATION_ENDED);
        assertThat(consents().history(ann, PageRequest.first(10)).items()).hasSize(2);
    }

    @Test
    public final void a_token_ends_right_at_the_instant() {
        var token = asked();
        after(Duration.ofDays(2));

        assertThat(refused(CoreError.CONFIRMATION_ENDED, () -> consents().confirm(token, hers("late"))))
                .containsEntry("state", "EXPIRED");
        assertThat(reason(NEWSLETTER.at(MAIL))).isEqualTo(ContactReason.NO_CONSENT);
        consents().confirm(token, hers("in time").at(T0.plus(Duration.ofDays(2)).minusMillis(1)));
        assertThat(reason(NEWSLETTER.at(MAIL))).isEqualTo(ContactReason.CONSENT_GIVEN);
    }

    @Test
    public final void a_refusal_or_another_question_voids_the_token() {
        var token = asked();
        consents().deny(ann, NEWSLETTER, hers("no"));
        assertThat(refused(CoreError.CONFIRMATION_ENDED, () -> consents().confirm(token, hers("yes"))))
                .containsEntry("state", "REPLACED");

        var second = ConfirmationToken.random(ann);
        var third = ConfirmationToken.random(ann);
        consents().requestDoubleOptIn(second, NEWSLETTER, hers("ask 2"));
        consents().requestDoubleOptIn(third, NEWSLETTER, hers("ask 3"));
        refused(CoreError.CONFIRMATION_ENDED, () -> consents().confirm(second, hers("yes 2")));
        consents().confirm(third, hers("yes 3"));
        assertThat(reason(NEWSLETTER)).isEqualTo(ContactReason.CONSENT_GIVEN);
    }

    @Test
    public final void a_question_that_nobody_answers_takes_no_refusal_back() {
        consents().withdraw(ann, NEWSLETTER, hers("no"));
        consents().requestDoubleOptIn(ConfirmationToken.random(ann), NEWSLETTER, hers("ask"));
        assertThat(reason(NEWSLETTER)).isEqualTo(ContactReason.PENDING_CONFIRMATION);
        refused(CoreError.OWN_REFUSAL_STANDS, () -> consents().optIn(ann, NEWSLETTER, kims("k")));

        after(Duration.ofDays(2));

        assertThat(reason(NEWSLETTER)).isEqualTo(ContactReason.WITHDRAWN);
    }

    @Test
    public final void an_operator_neither_asks_who_refused_nor_confirms() {
        var token = asked();
        refused(CoreError.INVALID_VALUE, () -> consents().confirm(token, kims("yes")));
        refused(
                CoreError.UNKNOWN_CONFIRMATION,
                () -> consents().confirm(ConfirmationToken.random(ann), hers("guessed")));

        consents().deny(ann, NEWSLETTER, hers("no"));
        refused(
                CoreError.OWN_REFUSAL_STANDS,
                () -> consents().requestDoubleOptIn(ConfirmationToken.random(ann), NEWSLETTER, kims("ask again")));
    }

    @Test
    public final void no_row_shows_a_token() {
        var token = asked();
        consents().confirm(token, hers("yes"));

        assertThat(crm().dump()).noneMatch(row -> row.contains(token.reveal()));
        assertThat(token.toString()).doesNotContain(token.reveal().substring(13));
    }
}

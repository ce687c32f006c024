package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.core.consent.AddressKeys;
import dev.retailcrm.core.consent.Channel;
import dev.retailcrm.core.consent.ConsentAct;
import dev.retailcrm.core.consent.ConsentProof;
import dev.retailcrm.core.consent.ConsentRules;
import dev.retailcrm.core.consent.Consents;
import dev.retailcrm.core.consent.ContactAnswer;
import dev.retailcrm.core.consent.ContactQuestion;
import dev.retailcrm.core.consent.ContactReason;
import dev.retailcrm.core.consent.ContactTopic;
import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.event.EventRelay;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@link Consents} does with what customers allow and refuse, whatever the store. */
public abstract class ConsentContract extends ConsentRuleContract {
    /** A contract. */
    protected ConsentContract() {}

    // --- what she says, and what an operator can say

    @Test
    public final void a_purpose_needs_consent_unless_its_policy_says_otherwise() {
        assertThat(consents().mayContact(ann, MARKETING)).isEqualTo(new ContactAnswer(ContactReason.NO_CONSENT, null));
        assertThat(consents().mayContact(ann, RECEIPTS)).isEqualTo(new ContactAnswer(ContactReason.NOT_REFUSED, null));
    }

    @Test
    public final void consent_holds_for_its_purpose_and_channel_only() {
        consents().optIn(ann, MARKETING, hers("k"));

        assertThat(reason(MARKETING)).isEqualTo(ContactReason.CONSENT_GIVEN);
        assertThat(reason(ContactTopic.of("marketing", Channel.CALL))).isEqualTo(ContactReason.NO_CONSENT);
        assertThat(reason(ContactTopic.of("surveys", Channel.SMS))).isEqualTo(ContactReason.NO_CONSENT);
    }

    @Test
    public final void consent_expires_right_at_the_instant() {
        consents().optIn(ann, MARKETING, hers("k"));
        Instant end = T0.plus(Duration.ofDays(365));

        assertThat(consents().mayContact(ann, MARKETING, end.minusMillis(1)))
                .isEqualTo(new ContactAnswer(ContactReason.CONSENT_GIVEN, end));
        assertThat(consents().mayContact(ann, MARKETING, end))
                .isEqualTo(new ContactAnswer(ContactReason.EXPIRED, null));
    }

    @Test
    public final void the_proof_keeps_by_whom_where_and_what() {
        ConsentProof proof = repeatable(
                () -> consents().optIn(ann, MARKETING.at(PHONE), hers("k").at(T0.minusSeconds(9))));

        assertThat(proof.act()).isEqualTo(ConsentAct.GIVEN);
        assertThat(proof.occurredAt()).isEqualTo(T0.minusSeconds(9));
        assertThat(proof.recordedAt()).isEqualTo(T0);
        assertThat(proof.provenance()).isEqualTo(hers("k").provenance());
        assertThat(proof.scope().address()).isEqualTo(KEYS.tokens(ACME, PHONE).get(0));
    }

    @Test
    public final void who_refused_herself_is_not_opted_in_by_an_operator() {
        consents().withdraw(ann, MARKETING, hers("k1"));

        refused(CoreError.OWN_REFUSAL_STANDS, () -> consents().optIn(ann, MARKETING, kims("k2")));
        refused(CoreError.OWN_REFUSAL_STANDS, () -> consents().optIn(ann, MARKETING.at(PHONE), kims("k3")));
        consents().deny(ann, MARKETING, kims("k4"));
        refused(CoreError.OWN_REFUSAL_STANDS, () -> consents().optIn(ann, MARKETING, kims("k5")));

        consents().optIn(ann, MARKETING, hers("k6"));
        assertThat(reason(MARKETING)).isEqualTo(ContactReason.CONSENT_GIVEN);
    }

    @Test
    public final void what_an_operator_refused_an_operator_takes_back() {
        consents().deny(ann, MARKETING, kims("k1"));
        consents().optIn(ann, MARKETING, kims("k2"));

        assertThat(reason(MARKETING)).isEqualTo(ContactReason.CONSENT_GIVEN);
    }

    @Test
    public final void what_happened_earlier_overrides_nothing_that_happened_later() {
        consents().withdraw(ann, MARKETING, hers("k1").at(T0));
        consents().optIn(ann, MARKETING, kims("k2").at(T0.minusSeconds(1)));
        assertThat(reason(MARKETING)).isEqualTo(ContactReason.WITHDRAWN);

        assertThat(consents().mayContact(ann, MARKETING, T0.minusSeconds(1)))
                .isEqualTo(new ContactAnswer(ContactReason.CONSENT_GIVEN, T0));
    }

    @Test
    public final void her_withdrawal_that_arrives_late_voids_what_an_operator_said_since() {
        consents().optIn(ann, MARKETING, kims("k1").at(T0));
        consents().withdraw(ann, MARKETING, hers("k2").at(T0.minusSeconds(1)));

        assertThat(reason(MARKETING)).isEqualTo(ContactReason.WITHDRAWN);
    }

    @Test
    public final void opting_out_takes_back_what_stands_or_says_no() {
        assertThat(consents().optOut(ann, RECEIPTS, hers("k1")).act()).isEqualTo(ConsentAct.DENIED);
        assertThat(reason(RECEIPTS)).isEqualTo(ContactReason.DENIED);

        consents().optIn(ann, MARKETING, hers("k2"));
        assertThat(consents().optOut(ann, MARKETING, hers("k3")).act()).isEqualTo(ConsentAct.WITHDRAWN);
        assertThat(reason(MARKETING)).isEqualTo(ContactReason.WITHDRAWN);
    }

    @Test
    public final void the_last_word_about_one_address_or_all_counts_for_the_address() {
        consents().optIn(ann, MARKETING, hers("k1"));
        consents().withdraw(ann, MARKETING.at(PHONE), hers("k2"));

        assertThat(reason(MARKETING)).isEqualTo(ContactReason.CONSENT_GIVEN);
        assertThat(reason(MARKETING.at(PHONE))).isEqualTo(ContactReason.WITHDRAWN);
        assertThat(reason(MARKETING.at(OTHER_PHONE))).isEqualTo(ContactReason.CONSENT_GIVEN);

        consents().optIn(ann, MARKETING, hers("k3"));
        assertThat(reason(MARKETING.at(PHONE))).isEqualTo(ContactReason.CONSENT_GIVEN);
    }

    @Test
    public final void a_key_used_for_other_content_is_refused() {
        consents().optIn(ann, MARKETING, hers("k"));

        refused(CoreError.REQUEST_KEY_REUSED, () -> consents().withdraw(ann, MARKETING, hers("k")));
        refused(CoreError.REQUEST_KEY_REUSED, () -> consents().optIn(ann, RECEIPTS, hers("k")));
        refused(CoreError.REQUEST_KEY_REUSED, () -> consents().optIn(ann, MARKETING, kims("k")));
    }

    @Test
    public final void a_repetition_is_answered_although_it_would_be_refused_by_now() {
        ConsentProof first = consents().optIn(ann, MARKETING, kims("k1"));
        consents().withdraw(ann, MARKETING, hers("k2"));

        assertThat(consents().optIn(ann, MARKETING, kims("k1"))).isEqualTo(first);
        assertThat(reason(MARKETING)).isEqualTo(ContactReason.WITHDRAWN);
    }

    @Test
    public final void nobody_else_has_a_say() {
        CustomerId zoe = crm().newCustomer(ZENITH);
        consents().optIn(ann, MARKETING, hers("k"));

        assertThat(consents(ZENITH, RULES).mayContact(ann, MARKETING).reason())
                .isEqualTo(ContactReason.UNKNOWN_CUSTOMER);
        assertThat(consents(ZENITH, RULES).mayContact(zoe, MARKETING).reason()).isEqualTo(ContactReason.NO_CONSENT);
        refused(CoreError.UNKNOWN_CUSTOMER, () -> consents().optIn(zoe, MARKETING, hers("k")));
    }

    @Test
    public final void whose_data_is_restricted_or_erased_is_not_contacted() {
        var customers = customers();
        consents().optIn(ann, MARKETING, hers("k"));

        customers.changeStatus(ann, CustomerStatus.RESTRICTED, RequestKey.of("restrict"));
        assertThat(reason(MARKETING)).isEqualTo(ContactReason.RESTRICTED);
        assertThat(reason(RECEIPTS)).isEqualTo(ContactReason.RESTRICTED);
        customers.changeStatus(ann, CustomerStatus.ACTIVE, RequestKey.of("lift"));
        assertThat(reason(MARKETING)).isEqualTo(ContactReason.CONSENT_GIVEN);
        privacy().erase(ann, RequestKey.of("erase"));
        assertThat(reason(MARKETING)).isEqualTo(ContactReason.RESTRICTED);
        refused(CoreError.CUSTOMER_ERASED, () -> consents().optIn(ann, MARKETING, hers("late")));
        assertThat(consents().history(ann, PageRequest.first(10)).items()).hasSize(1);
    }

    @Test
    public final void an_address_needs_a_key_that_hides_it() {
        Consents keyless = consents(ACME, ConsentRules.standard());

        refused(CoreError.ADDRESS_KEY_MISSING, () -> keyless.optIn(ann, MARKETING.at(PHONE), hers("k")));
        refused(CoreError.ADDRESS_KEY_MISSING, () -> keyless.mayContact(ann, MARKETING.at(PHONE)));
    }

    @Test
    public final void no_row_shows_an_address() {
        consents().optIn(ann, MARKETING.at(PHONE), hers("k1"));
        consents().hardBounce(ann, Channel.E_MAIL, MAIL, kims("k2"));

        assertThat(crm().dump()).noneMatch(row -> row.contains("13812345678") || row.contains("ann@"));
    }

    // --- addresses that must not be used, whatever she allowed

    @Test
    public final void a_hard_bounce_blocks_the_address_on_its_channel_until_it_is_lifted() {
        consents().optIn(ann, MARKETING, hers("k1"));
        repeatable(() -> consents().hardBounce(ann, Channel.SMS, PHONE, kims("k2")));

        assertThat(reason(MARKETING.at(PHONE))).isEqualTo(ContactReason.HARD_BOUNCE);
        assertThat(reason(MARKETING.at(OTHER_PHONE))).isEqualTo(ContactReason.CONSENT_GIVEN);
        assertThat(reason(ContactTopic.of("receipts", Channel.CALL).at(PHONE))).isEqualTo(ContactReason.NOT_REFUSED);

        consents().liftBounce(ann, Channel.SMS, PHONE, kims("k3"));
        assertThat(reason(MARKETING.at(PHONE))).isEqualTo(ContactReason.CONSENT_GIVEN);
    }

    @Test
    public final void a_complaint_blocks_the_address_for_good() {
        consents().optIn(ann, MARKETING, hers("k1"));
        consents().complaint(ann, Channel.SMS, PHONE, kims("k2"));
        consents().optIn(ann, MARKETING.at(PHONE), hers("k3"));

        assertThat(reason(MARKETING.at(PHONE))).isEqualTo(ContactReason.COMPLAINT);
        refused(CoreError.NO_BOUNCE, () -> consents().liftBounce(ann, Channel.SMS, PHONE, kims("k4")));
    }

    @Test
    public final void a_bounce_that_did_not_happen_is_not_lifted() {
        refused(CoreError.NO_BOUNCE, () -> consents().liftBounce(ann, Channel.SMS, PHONE, kims("k")));
        refused(CoreError.INVALID_VALUE, () -> consents().hardBounce(ann, Channel.E_MAIL, PHONE, kims("k")));
    }

    @Test
    public final void an_address_is_known_by_former_keys() {
        consents().optIn(ann, MARKETING, hers("k1"));
        consents().hardBounce(ann, Channel.SMS, PHONE, kims("k2"));
        byte[] next = "fedcba9876543210".getBytes(StandardCharsets.US_ASCII);
        byte[] former = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
        Consents rotated = consents(ACME, RULES.addresses(AddressKeys.of(next, former)));

        assertThat(rotated.mayContact(ann, MARKETING.at(PHONE)).reason()).isEqualTo(ContactReason.HARD_BOUNCE);
        rotated.liftBounce(ann, Channel.SMS, PHONE, kims("k3"));
        assertThat(rotated.mayContact(ann, MARKETING.at(PHONE)).reason()).isEqualTo(ContactReason.CONSENT_GIVEN);
    }

    // --- many customers, many proofs

    @Test
    public final void many_questions_are_answered_in_their_order() {
        CustomerId bob = crm().newCustomer(ACME);
        CustomerId zoe = crm().newCustomer(ZENITH);
        consents().optIn(ann, MARKETING, hers("k1"));
        consents().hardBounce(ann, Channel.SMS, PHONE, kims("k2"));

        List<ContactAnswer> answers = consents()
                .mayContact(
                        List.of(
                                ContactQuestion.of(bob, MARKETING),
                                ContactQuestion.of(ann, MARKETING.at(PHONE)),
                                ContactQuestion.of(zoe, RECEIPTS),
                                ContactQuestion.of(ann, MARKETING),
                                ContactQuestion.of(bob, RECEIPTS)),
                        T0);

        assertThat(answers)
                .extracting(ContactAnswer::reason)
                .containsExactly(
                        ContactReason.NO_CONSENT,
                        ContactReason.HARD_BOUNCE,
                        ContactReason.UNKNOWN_CUSTOMER,
                        ContactReason.CONSENT_GIVEN,
                        ContactReason.NOT_REFUSED);
        assertThat(consents().mayContact(List.of(), T0)).isEmpty();
        List<ContactQuestion> tooMany = Collections.nCopies(1001, ContactQuestion.of(ann, MARKETING));
        refused(CoreError.INVALID_VALUE, () -> consents().mayContact(tooMany, T0));
    }

    @Test
    public final void the_history_is_listed_page_by_page() {
        List<ConsentProof> recorded = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            recorded.add(consents().optIn(ann, MARKETING, hers("k" + i)));
        }

        for (int size : new int[] {1, 3, 7, 8}) {
            assertThat(Pages.all(size, page -> consents().history(ann, page)))
                    .as("pages of %d", size)
                    .isEqualTo(recorded);
        }
        assertThat(consents().history(nobody(), PageRequest.first(10)).items()).isEmpty();
    }

    @Test
    public final void every_proof_is_told_in_order_and_without_its_address() {
        consents().optIn(ann, MARKETING.at(PHONE), hers("k1"));
        consents().hardBounce(ann, Channel.SMS, PHONE, kims("k2"));
        consents().liftBounce(ann, Channel.SMS, PHONE, kims("k3"));

        List<EventEnvelope> told = new ArrayList<>();
        EventRelay.builder(ACME, crm().outbox(), crm().unitOfWork(), crm().clock())
                .to(event -> {
                    if (event.source().equals(EventEnvelope.CONSENT)) {
                        told.add(event);
                    }
                })
                .drain(100);

        assertThat(told).extracting(EventEnvelope::seq).containsExactly(1L, 2L, 3L);
        assertThat(told)
                .extracting(EventEnvelope::type)
                .containsExactly("consent.given", "consent.bounced", "consent.bounce-lifted");
        assertThat(told.get(0).data())
                .isEqualTo("{\"channel\":\"SMS\",\"occurredAt\":\"2026-03-01T09:00:00Z\",\"oneAddress\":true,"
                        + "\"proof\":1,\"purpose\":\"marketing\"}");
    }
}

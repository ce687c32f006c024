package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.ledger.Calendar;
import dev.retailcrm.assets.ledger.Expiry;
import dev.retailcrm.assets.ledger.Terms;
import dev.retailcrm.assets.stored.GiftCard;
import dev.retailcrm.assets.stored.GiftCardCode;
import dev.retailcrm.assets.stored.GiftCardIssue;
import dev.retailcrm.assets.stored.GiftCardState;
import dev.retailcrm.assets.stored.GiftCards;
import dev.retailcrm.assets.stored.IssuedGiftCards;
import dev.retailcrm.assets.stored.PresentedCard;
import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.event.EventRelay;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.StoreId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.joda.money.Money;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** How {@link GiftCards} are made, sold, bound, blocked and told about. */
public abstract class GiftCardsContract extends GiftCardContract {
    /** A contract. */
    protected GiftCardsContract() {}

    /** Making cards. */
    @Nested
    final class Issue {
        @Test
        void gives_every_card_another_id_and_code() {
            IssuedGiftCards issued = cards().issue(GiftCardIssue.of(20, yuan(100)), key("b"));

            assertThat(issued.codes()).hasSize(20).doesNotHaveDuplicates();
            assertThat(issued.cards()).hasSize(20).extracting(GiftCard::id).doesNotHaveDuplicates();
            assertThat(issued.cards()).extracting(GiftCard::number).startsWith(1, 2, 3);
            for (int i = 0; i < 20; i++) {
                GiftCard card = issued.cards().get(i);
                assertThat(cards().find(presented(issued.codes().get(i)))).isEqualTo(card);
                assertThat(card.state()).isEqualTo(GiftCardState.ISSUED);
                assertThat(card.faceValue()).isEqualTo(yuan(100));
            }
        }

        @Test
        void cards_issued_active_carry_their_value() {
            IssuedGiftCards issued =
                    cards().issue(GiftCardIssue.of(3, yuan(100)).activated(), key("b"));

            assertThat(issued.codes()).allSatisfy(code -> {
                assertThat(cards().balance(presented(code)).state()).isEqualTo(GiftCardState.ACTIVE);
                assertThat(value(code)).isEqualTo(yuan(100));
            });
        }

        @Test
        void a_large_batch_is_made_whole() {
            IssuedGiftCards issued =
                    cards().issue(GiftCardIssue.of(1_201, yuan(1)).activated(), key("b"));

            assertThat(value(issued.codes().get(1_200))).isEqualTo(yuan(1));
            assertThat(cards().issue(GiftCardIssue.of(1_201, yuan(1)).activated(), key("b"))
                            .cards())
                    .isEqualTo(issued.cards());
        }

        @Test
        void a_repetition_names_the_same_cards_and_withholds_their_codes() {
            GiftCardIssue issue = GiftCardIssue.of(3, yuan(100)).activated();
            IssuedGiftCards first = cards().issue(issue, key("b"));
            List<String> before = crm().dump();

            IssuedGiftCards again = cards().issue(issue, key("b"));

            assertThat(again.cards()).isEqualTo(first.cards());
            assertThat(again.codes()).isEmpty();
            assertThat(again.isRepetition()).isTrue();
            assertThat(crm().dump()).isEqualTo(before);
        }

        @Test
        void a_repetition_is_answered_even_after_the_cards_expired() {
            GiftCardIssue issue = GiftCardIssue.of(1, yuan(100)).expiring(Expiry.until(T0.plusSeconds(60)));
            IssuedGiftCards first = cards().issue(issue, key("b"));
            crm().clock().advance(Duration.ofHours(1));

            assertThat(cards().issue(issue, key("b")).cards()).isEqualTo(first.cards());
        }

        @Test
        void the_key_is_refused_for_other_content() {
            cards().issue(GiftCardIssue.of(3, yuan(100)), key("b"));
            List<String> before = crm().dump();

            refused(CoreError.REQUEST_KEY_REUSED, () -> cards().issue(GiftCardIssue.of(4, yuan(100)), key("b")));
            refused(CoreError.REQUEST_KEY_REUSED, () -> cards().issue(GiftCardIssue.of(3, yuan(101)), key("b")));
            refused(
                    CoreError.REQUEST_KEY_REUSED,
                    () -> cards().issue(GiftCardIssue.of(3, yuan(100)).activated(), key("b")));

            assertThat(crm().dump()).isEqualTo(before);
        }

        @Test
        void many_at_once_with_one_key_make_one_batch() {
            List<Race.Attempt<IssuedGiftCards>> attempts =
                    Race.of(8, number -> cards().issue(GiftCardIssue.of(2, yuan(100)), key("b")));

            List<IssuedGiftCards> answers =
                    attempts.stream().map(Race.Attempt::orFail).toList();
            assertThat(answers)
                    .extracting(IssuedGiftCards::cards)
                    .containsOnly(answers.get(0).cards());
            assertThat(answers).filteredOn(answer -> !answer.isRepetition()).hasSize(1);
        }

        @Test
        void what_cannot_be_sold_is_refused_and_nothing_written() {
            List<String> before = crm().dump();
            GiftCardIssue late = GiftCardIssue.of(1, yuan(100)).expiring(Expiry.until(T0));
            Terms capped = TERMS.cappedAt(9_999);

            refused(AssetError.INVALID_TERM, () -> cards().issue(late, key("b")));
            refused(AssetError.AMOUNT_OUT_OF_RANGE, () -> cards().issue(GiftCardIssue.of(1, yuan(0)), key("b")));
            refused(
                    AssetError.WRONG_CURRENCY,
                    () -> cards().issue(GiftCardIssue.of(1, Money.parse("USD 5")), key("b")));
            refused(
                    AssetError.CAP_EXCEEDED,
                    () -> in(builder(ACME, CNY, capped), ACME, CNY).issue(GiftCardIssue.of(1, yuan(100)), key("b")));

            assertThat(crm().dump()).isEqualTo(before);
        }

        @Test
        void draws_again_when_a_code_is_taken() {
            in(builder(ACME, CNY, TERMS).random(new SplittableRandom(7)), ACME, CNY)
                    .issue(GiftCardIssue.of(2, yuan(100)), key("b1"));

            IssuedGiftCards second = in(builder(ACME, CNY, TERMS).random(new SplittableRandom(7)), ACME, CNY)
                    .issue(GiftCardIssue.of(2, yuan(100)).activated(), key("b2"));

            assertThat(second.codes())
                    .hasSize(2)
                    .allSatisfy(code -> assertThat(value(code)).isEqualTo(yuan(100)));
        }

        @Test
        void a_rollback_of_the_host_leaves_nothing() {
            List<String> before = crm().dump();

            rolledBack(() -> cards().issue(GiftCardIssue.of(2, yuan(100)).activated(), key("b")));

            assertThat(crm().dump()).isEqualTo(before);
        }
    }

    /** Selling cards. */
    @Nested
    final class Activate {
        @Test
        void gives_a_card_its_value_once() {
            Sold card = issued(100);

            GiftCard active = cards().activate(card.id(), key("a").in(StoreId.of("S01")));

            assertThat(active.state()).isEqualTo(GiftCardState.ACTIVE);
            assertThat(active.activatedAt()).contains(T0);
            assertThat(value(card.code())).isEqualTo(yuan(100));
            assertThat(cards().activate(card.id(), key("a").in(StoreId.of("S01"))))
                    .isEqualTo(active);
            GiftCardState state = GiftCardState.ACTIVE;
            assertThat(refused(AssetError.GIFT_CARD_STATE, () -> cards().activate(card.id(), key("a2")))
                            .details())
                    .containsEntry("state", state.name());
            assertThat(value(card.code())).isEqualTo(yuan(100));
        }

        @Test
        void many_at_once_give_it_once() {
            Sold card = issued(100);

            List<Race.Attempt<GiftCard>> attempts =
                    Race.of(8, number -> cards().activate(card.id(), key("a" + number)));

            assertThat(attempts).filteredOn(Race.Attempt::succeeded).hasSize(1);
            assertThat(value(card.code())).isEqualTo(yuan(100));
        }

        @Test
        void a_repetition_is_answered_whatever_became_of_the_card() {
            Sold card = issued(100);
            cards().activate(card.id(), key("a"));
            cards().block(card.id(), key("lost"));

            assertThat(cards().activate(card.id(), key("a")).state()).isEqualTo(GiftCardState.BLOCKED);
        }

        @Test
        void a_key_used_for_another_command_is_refused() {
            Sold card = issued(100);
            cards().block(card.id(), key("k"));
            cards().unblock(card.id(), key("k2"));

            refused(CoreError.REQUEST_KEY_REUSED, () -> cards().activate(card.id(), key("k")));
            cards().activate(card.id(), key("a"));
            refused(CoreError.REQUEST_KEY_REUSED, () -> cards().block(card.id(), key("a")));
        }

        @Test
        void a_card_that_expired_on_the_shelf_is_refused() {
            IssuedGiftCards issued =
                    cards().issue(GiftCardIssue.of(1, yuan(100)).expiring(Expiry.after(1, Calendar.DAY)), key("b"));
            crm().clock().advance(Duration.ofDays(2));

            CrmException refusal = refused(
                    AssetError.GIFT_CARD_STATE,
                    () -> cards().activate(issued.cards().get(0).id(), key("a")));
            assertThat(refusal.details()).containsEntry("state", "EXPIRED");
        }

        @Test
        void an_unknown_card_is_refused() {
            CustomerId ann = crm().newCustomer(ACME);

            refused(AssetError.UNKNOWN_GIFT_CARD, () -> cards().activate(nobody(), key("a")));
            refused(AssetError.UNKNOWN_GIFT_CARD, () -> cards().activate(ann, key("a")));
        }
    }

    /** Cards of one customer. */
    @Nested
    final class Bind {
        @Test
        void only_she_can_use_it_then() {
            Sold card = sold(100);
            CustomerId ann = crm().newCustomer(ACME);
            CustomerId bob = crm().newCustomer(ACME);

            assertThat(cards().bind(card.id(), ann, key("bind")).boundTo()).contains(ann);

            refused(AssetError.GIFT_CARD_BOUND, () -> cards().redeem(card.presented(), yuan(1), key("r1")));
            refused(
                    AssetError.GIFT_CARD_BOUND,
                    () -> cards().redeem(card.presented().by(bob), yuan(1), key("r2")));
            refused(AssetError.GIFT_CARD_BOUND, () -> cards().moveToAccount(card.presented(), bob, key("m")));
            assertThat(cards().redeem(card.presented().by(ann), yuan(1), key("r3"))
                            .balance())
                    .isEqualTo(yuan(99));
        }

        @Test
        void it_may_not_be_bound_to_another() {
            Sold card = sold(100);
            CustomerId ann = crm().newCustomer(ACME);
            cards().bind(card.id(), ann, key("k1"));

            refused(AssetError.GIFT_CARD_BOUND, () -> cards().bind(card.id(), crm().newCustomer(ACME), key("k2")));
            assertThat(cards().bind(card.id(), ann, key("k3")).boundTo()).contains(ann);
            refused(CoreError.REQUEST_KEY_REUSED, () -> cards().block(card.id(), key("k3")));
        }

        @Test
        void many_at_once_bind_it_to_one() {
            Sold card = sold(100);
            List<CustomerId> customers =
                    Stream.generate(() -> crm().newCustomer(ACME)).limit(8).toList();

            List<Race.Attempt<GiftCard>> attempts =
                    Race.of(8, number -> cards().bind(card.id(), customers.get(number), key("k" + number)));

            assertThat(attempts).filteredOn(Race.Attempt::succeeded).hasSize(1);
        }

        @Test
        void a_repetition_is_told_from_other_content() {
            Sold card = sold(100);
            CustomerId ann = crm().newCustomer(ACME);
            GiftCard bound = cards().bind(card.id(), ann, key("k"));

            assertThat(cards().bind(card.id(), ann, key("k"))).isEqualTo(bound);
            refused(CoreError.REQUEST_KEY_REUSED, () -> cards().bind(card.id(), crm().newCustomer(ACME), key("k")));
        }

        @Test
        void an_unknown_customer_is_refused() {
            Sold card = sold(100);
            CustomerId ofAnother = crm().newCustomer(ZENITH);

            refused(CoreError.UNKNOWN_CUSTOMER, () -> cards().bind(card.id(), nobody(), key("k")));
            refused(CoreError.UNKNOWN_CUSTOMER, () -> cards().bind(card.id(), ofAnother, key("k")));
            refused(CoreError.UNKNOWN_CUSTOMER, () -> cards().bind(card.id(), card.id(), key("k")));
        }
    }

    /** Lost cards. */
    @Nested
    final class Block {
        @Test
        void keeps_a_card_from_being_used_until_it_is_unblocked() {
            Sold card = sold(100);

            assertThat(cards().block(card.id(), key("lost")).state()).isEqualTo(GiftCardState.BLOCKED);
            refused(AssetError.GIFT_CARD_STATE, () -> cards().redeem(card.presented(), yuan(1), key("r")));
            refused(
                    AssetError.GIFT_CARD_STATE,
                    () -> cards().moveToAccount(card.presented(), crm().newCustomer(ACME), key("m")));
            refused(AssetError.GIFT_CARD_STATE, () -> cards().block(card.id(), key("lost again")));

            assertThat(cards().unblock(card.id(), key("found")).state()).isEqualTo(GiftCardState.ACTIVE);
            cards().redeem(card.presented(), yuan(1), key("r"));
            refused(AssetError.GIFT_CARD_STATE, () -> cards().unblock(card.id(), key("found again")));
        }

        @Test
        void a_card_not_yet_sold_is_what_it_was_when_it_is_unblocked() {
            Sold card = issued(100);
            cards().block(card.id(), key("lost"));
            refused(AssetError.GIFT_CARD_STATE, () -> cards().activate(card.id(), key("a")));

            assertThat(cards().unblock(card.id(), key("found")).state()).isEqualTo(GiftCardState.ISSUED);
        }

        @Test
        void a_repetition_changes_nothing() {
            Sold card = sold(100);
            cards().block(card.id(), key("lost"));
            cards().unblock(card.id(), key("found"));

            assertThat(cards().block(card.id(), key("lost")).state()).isEqualTo(GiftCardState.ACTIVE);
            refused(CoreError.REQUEST_KEY_REUSED, () -> cards().unblock(card.id(), key("lost")));
        }

        @Test
        void a_redemption_comes_before_or_after_but_not_beside_it() {
            Sold card = sold(100);

            List<Race.Attempt<Boolean>> attempts = Race.of(10, number -> {
                if (number == 5) {
                    cards().block(card.id(), key("lost"));
                } else {
                    cards().redeem(card.presented(), yuan(1), key("r" + number));
                }
                return true;
            });

            long redeemed = attempts.stream().filter(Race.Attempt::succeeded).count() - 1;
            assertThat(value(card.code())).isEqualTo(yuan(100 - redeemed));
            assertThat(cards().find(card.id()).orElseThrow().state()).isEqualTo(GiftCardState.BLOCKED);
        }
    }

    /** What is told and shown. */
    @Nested
    final class Tell {
        @Test
        void each_change_of_state_is_told_in_the_stream_of_the_card() {
            Sold card = issued(100);
            CustomerId ann = crm().newCustomer(ACME);
            cards().activate(card.id(), key("a"));
            cards().bind(card.id(), ann, key("b1"));
            cards().bind(card.id(), ann, key("b2"));
            cards().block(card.id(), key("lost"));
            cards().unblock(card.id(), key("found"));
            cards().redeem(card.presented().by(ann), yuan(1), key("r"));

            assertThat(told())
                    .filteredOn(event -> event.customer().equals(card.id()))
                    .extracting(event -> event.source() + " " + event.seq() + " " + event.type())
                    .containsExactlyInAnyOrder(
                            "gift-card 1 gift-card.issued",
                            "gift-card 2 gift-card.activated",
                            "gift-card 3 gift-card.bound",
                            "gift-card 4 gift-card.blocked",
                            "gift-card 5 gift-card.unblocked",
                            "wallet 1 gift.top-up",
                            "wallet 2 gift.spend");
        }

        @Test
        void codes_are_nowhere_but_in_the_answer_to_the_issue() {
            IssuedGiftCards issued =
                    cards().issue(GiftCardIssue.of(1, yuan(100)).activated(), key("b"));
            GiftCardCode code = issued.codes().get(0);
            PresentedCard presented = presented(code);
            cards().redeem(presented, yuan(1), key("r"));
            String tooMuch = String.valueOf(
                    refused(AssetError.INSUFFICIENT_VALUE, () -> cards().redeem(presented, yuan(1_000), key("r2"))));
            List<Object> shown = new ArrayList<>(crm().dump());
            shown.addAll(told());
            shown.addAll(List.of(issued, presented, cards().balance(presented), tooMuch));

            assertThat(shown)
                    .allSatisfy(it -> assertThat(it.toString())
                            .doesNotContain(code.reveal())
                            .doesNotContain(code.reveal().replace("-", ""))
                            .doesNotContain(code.reveal().substring(0, 9)));
            assertThat(issued.cards().get(0).maskedCode()).isEqualTo("****-****-****-" + code.lastFour());
            assertThat(code).hasToString(issued.cards().get(0).maskedCode());
        }

        @Test
        void cards_are_found_with_the_pepper_they_were_issued_with() {
            byte[] old = "a pepper of 16 b".getBytes(StandardCharsets.US_ASCII);
            byte[] now = "another of 16 by".getBytes(StandardCharsets.US_ASCII);
            GiftCardCode plain = sold(100).code();
            GiftCardCode peppered = in(builder(ACME, CNY, TERMS).pepper(old), ACME, CNY)
                    .issue(GiftCardIssue.of(1, yuan(100)).activated(), key("b2"))
                    .codes()
                    .get(0);

            GiftCards rotated = in(builder(ACME, CNY, TERMS).pepper(now, old, new byte[0]), ACME, CNY);

            assertThat(rotated.balance(presented(plain)).value()).isEqualTo(yuan(100));
            assertThat(rotated.balance(presented(peppered)).value()).isEqualTo(yuan(100));
            refused(AssetError.UNKNOWN_GIFT_CARD, () -> cards().balance(presented(peppered)));
        }

        @Test
        void another_tenant_neither_finds_nor_changes_a_card() {
            Sold card = sold(100);
            GiftCards theirs = in(builder(ZENITH, CNY, TERMS), ZENITH, CNY);
            List<String> before = crm().dump();

            refused(AssetError.UNKNOWN_GIFT_CARD, () -> theirs.redeem(card.presented(), yuan(1), key("r")));
            refused(AssetError.UNKNOWN_GIFT_CARD, () -> theirs.block(card.id(), key("k")));
            refused(AssetError.UNKNOWN_GIFT_CARD, () -> theirs.balance(card.id()));
            assertThat(theirs.find(card.id())).isEmpty();
            assertThat(theirs.statement(card.id(), PageRequest.first(10)).items())
                    .isEmpty();

            assertThat(crm().dump()).isEqualTo(before);
        }

        @Test
        void a_host_that_has_read_before_gets_the_answers_of_what_was_booked_meanwhile() {
            CustomerId ann = crm().newCustomer(ACME);
            Sold card = issued(100);
            GiftCardIssue more = GiftCardIssue.of(2, yuan(5));
            try (var race = new Race();
                    HostTransaction host = crm().begin()) {
                cards().find(card.id());
                IssuedGiftCards issued = Race.result(race.start(() -> {
                    cards().activate(card.id(), key("a"));
                    cards().bind(card.id(), ann, key("k"));
                    return cards().issue(more, key("more"));
                }));

                assertThat(cards().issue(more, key("more")).cards()).isEqualTo(issued.cards());
                assertThat(cards().bind(card.id(), ann, key("k")).boundTo()).contains(ann);
                assertThat(cards().activate(card.id(), key("a")).state()).isEqualTo(GiftCardState.ACTIVE);
                refused(CoreError.REQUEST_KEY_REUSED, () -> cards().block(card.id(), key("k")));
                assertThat(cards().activate(issued.cards().get(0).id(), key("a"))
                                .state())
                        .isEqualTo(GiftCardState.ACTIVE);
                host.commit();
            }
        }

        @Test
        void commands_of_a_host_are_committed_together() {
            Sold card = issued(100);
            CustomerId ann = crm().newCustomer(ACME);
            List<String> before = crm().dump();
            rolledBack(() -> {
                cards().activate(card.id(), key("a"));
                cards().bind(card.id(), ann, key("b1"));
                cards().redeem(card.presented().by(ann), yuan(1), key("r"));
                cards().moveToAccount(card.presented(), ann, key("m"));
            });
            assertThat(crm().dump()).isEqualTo(before);

            commit(() -> {
                cards().activate(card.id(), key("a"));
                cards().moveToAccount(card.presented(), ann, key("m"));
                accounts().spend(ann, yuan(30), key("s"));
            });

            assertThat(accounts().balance(ann).available()).isEqualTo(yuan(70));
        }

        private List<EventEnvelope> told() {
            List<EventEnvelope> told = new ArrayList<>();
            EventRelay.builder(ACME, crm().outbox(), crm().unitOfWork(), crm().clock())
                    .to(told::add)
                    .drain(10_000);
            return told;
        }
    }
}

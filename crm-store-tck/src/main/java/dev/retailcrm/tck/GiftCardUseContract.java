package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.ledger.Calendar;
import dev.retailcrm.assets.ledger.Entry;
import dev.retailcrm.assets.ledger.EntryType;
import dev.retailcrm.assets.ledger.Expiry;
import dev.retailcrm.assets.ledger.LapsedReturn;
import dev.retailcrm.assets.stored.GiftCardBooking;
import dev.retailcrm.assets.stored.GiftCardCode;
import dev.retailcrm.assets.stored.GiftCardIssue;
import dev.retailcrm.assets.stored.GiftCardState;
import dev.retailcrm.assets.stored.GiftCards;
import dev.retailcrm.assets.stored.PresentedCard;
import dev.retailcrm.assets.stored.TopUp;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** How the value on {@link GiftCards} is used, given back and moved, and how guessing is slowed down. */
public abstract class GiftCardUseContract extends GiftCardContract {
    /** A contract. */
    protected GiftCardUseContract() {}

    /** Paying with cards. */
    @Nested
    final class Redeem {
        @Test
        void takes_part_of_the_value_till_nothing_is_left() {
            Sold card = sold(100);

            GiftCardBooking first = cards().redeem(card.presented(), yuan(60), key("r1"));

            assertThat(first.card()).isEqualTo(card.id());
            assertThat(first.amount()).isEqualTo(yuan(-60));
            assertThat(first.balance()).isEqualTo(yuan(40));
            CrmException refusal =
                    refused(AssetError.INSUFFICIENT_VALUE, () -> cards().redeem(card.presented(), yuan(41), key("r2")));
            assertThat(refusal.details()).containsEntry("available", 4_000L).containsEntry("missing", 100L);
            assertThat(cards().redeemUpTo(card.presented(), yuan(41), key("r3")).amount())
                    .isEqualTo(yuan(-40));
            assertThat(cards().balance(card.id()).state()).isEqualTo(GiftCardState.USED_UP);
        }

        @Test
        void a_code_is_read_however_it_was_typed() {
            Sold card = sold(100);
            String typed =
                    card.code().reveal().replace("-", " ").replace('0', 'o').replace('1', 'l');

            assertThat(cards().redeem(PresentedCard.of(typed, "till-1"), yuan(1), key("r"))
                            .card())
                    .isEqualTo(card.id());
        }

        @Test
        void a_repetition_gets_the_same_answer_and_other_content_a_refusal() {
            Sold card = sold(100);
            CustomerId ann = crm().newCustomer(ACME);
            GiftCardBooking first = cards().redeem(card.presented(), yuan(60), key("r"));
            cards().block(card.id(), key("lost"));
            List<String> before = crm().dump();

            assertThat(cards().redeem(card.presented(), yuan(60), key("r"))).isEqualTo(first);
            refused(CoreError.REQUEST_KEY_REUSED, () -> cards().redeem(card.presented(), yuan(61), key("r")));
            refused(CoreError.REQUEST_KEY_REUSED, () -> cards().redeemUpTo(card.presented(), yuan(60), key("r")));
            refused(
                    CoreError.REQUEST_KEY_REUSED,
                    () -> cards().redeem(card.presented().by(ann), yuan(60), key("r")));

            assertThat(crm().dump()).isEqualTo(before);
        }

        @Test
        void of_five_tills_that_take_eighty_from_a_hundred_one_succeeds() {
            Sold card = sold(100);

            List<Race.Attempt<GiftCardBooking>> attempts =
                    Race.of(5, number -> cards().redeem(card.presented(), yuan(80), key("r" + number)));

            assertThat(attempts).filteredOn(Race.Attempt::succeeded).hasSize(1);
            assertThat(attempts)
                    .filteredOn(attempt -> !attempt.succeeded())
                    .allSatisfy(attempt ->
                            assertThat(String.valueOf(attempt.refusal())).contains(AssetError.INSUFFICIENT_VALUE.id()));
            assertThat(value(card.code())).isEqualTo(yuan(20));
        }

        @Test
        void of_five_tills_that_take_up_to_eighty_from_a_hundred_one_gets_eighty_and_one_twenty() {
            Sold card = sold(100);

            List<Race.Attempt<GiftCardBooking>> attempts =
                    Race.of(5, number -> cards().redeemUpTo(card.presented(), yuan(80), key("r" + number)));

            assertThat(attempts.stream()
                            .filter(Race.Attempt::succeeded)
                            .map(attempt -> attempt.orFail().amount()))
                    .containsExactlyInAnyOrder(yuan(-80), yuan(-20));
            assertThat(value(card.code())).isEqualTo(yuan(0));
        }

        @Test
        void many_at_once_with_one_key_take_it_once() {
            Sold card = sold(100);

            List<Race.Attempt<GiftCardBooking>> attempts =
                    Race.of(20, number -> cards().redeem(card.presented(), yuan(30), key("r")));

            List<GiftCardBooking> answers =
                    attempts.stream().map(Race.Attempt::orFail).toList();
            assertThat(answers).containsOnly(answers.get(0));
            assertThat(value(card.code())).isEqualTo(yuan(70));
        }

        @Test
        void a_card_that_is_not_active_is_refused() {
            Sold card = issued(100);
            CrmException refusal =
                    refused(AssetError.GIFT_CARD_STATE, () -> cards().redeem(card.presented(), yuan(1), key("r")));
            assertThat(refusal.details()).containsEntry("state", "ISSUED");

            cards().activate(card.id(), key("a"));
            assertThat(cards().redeem(card.presented(), yuan(1), key("r")).balance())
                    .isEqualTo(yuan(99));
        }

        @Test
        void the_last_instant_is_the_one_before_the_expiry() {
            Expiry expiry = Expiry.after(1, Calendar.MONTH);
            Sold card = sold(GiftCardIssue.of(1, yuan(100)).expiring(expiry).activated());
            Instant end = Instant.parse("2026-04-02T00:00:00Z");
            assertThat(cards().find(card.id()).orElseThrow().expiresAt()).contains(end);

            crm().clock().set(end.minusMillis(1));
            cards().redeem(card.presented(), yuan(1), key("r1"));
            crm().clock().set(end);

            CrmException refusal =
                    refused(AssetError.GIFT_CARD_STATE, () -> cards().redeem(card.presented(), yuan(1), key("r2")));
            assertThat(refusal.details()).containsEntry("state", "EXPIRED");
            assertThat(cards().balance(card.presented()).value()).isEqualTo(yuan(0));
            assertThat(cards().balance(card.presented()).state()).isEqualTo(GiftCardState.EXPIRED);
            assertThat(cards().sweep(null, 10).lapsed()).isEqualTo(9_900);
        }

        @Test
        void a_card_of_another_currency_is_refused() {
            Sold card = sold(100);
            CurrencyUnit usd = CurrencyUnit.of("USD");
            GiftCards dollars = in(builder(ACME, usd, TERMS), ACME, usd);

            refused(AssetError.WRONG_CURRENCY, () -> dollars.redeem(card.presented(), Money.parse("USD 1"), key("r")));
            refused(AssetError.WRONG_CURRENCY, () -> cards().redeem(card.presented(), Money.parse("USD 1"), key("r")));
            assertThat(dollars.find(card.id())).isEmpty();
        }
    }

    /** Giving redemptions back. */
    @Nested
    final class Refund {
        @Test
        void gives_a_redemption_back_in_parts_and_not_more() {
            Sold card = sold(100);
            cards().redeem(card.presented(), yuan(60), key("r"));

            assertThat(cards().refund(card.id(), RequestKey.of("r"), yuan(20), key("f1"))
                            .balance())
                    .isEqualTo(yuan(60));
            refused(
                    AssetError.REVERSAL_EXCEEDS_BOOKING,
                    () -> cards().refund(card.id(), RequestKey.of("r"), yuan(41), key("f2")));
            assertThat(cards().refund(card.id(), RequestKey.of("r"), yuan(40), key("f3"))
                            .balance())
                    .isEqualTo(yuan(100));
        }

        @Test
        void goes_to_a_blocked_card_too() {
            Sold card = sold(100);
            cards().redeem(card.presented(), yuan(60), key("r"));
            cards().block(card.id(), key("lost"));

            cards().refund(card.id(), RequestKey.of("r"), yuan(60), key("f"));

            assertThat(cards().balance(card.id()).state()).isEqualTo(GiftCardState.BLOCKED);
            assertThat(cards().balance(card.id()).value()).isEqualTo(yuan(100));
        }

        @Test
        void an_expired_card_gets_the_days_of_grace_the_terms_give() {
            GiftCards graced = in(builder(ACME, CNY, TERMS.onLapsedReturn(LapsedReturn.grace(30))), ACME, CNY);
            Sold card =
                    sold(GiftCardIssue.of(1, yuan(100)).expiring(Expiry.days(1)).activated());
            graced.redeem(card.presented(), yuan(60), key("r"));
            crm().clock().advance(Duration.ofDays(2));

            graced.refund(card.id(), RequestKey.of("r"), yuan(60), key("f"));

            assertThat(graced.balance(card.id()).value()).isEqualTo(yuan(60));
        }

        @Test
        void only_what_was_redeemed_on_this_card_is_given_back() {
            Sold card = sold(100);
            Sold other = sold(100);
            cards().redeem(card.presented(), yuan(60), key("r"));

            refused(
                    AssetError.UNKNOWN_BOOKING,
                    () -> cards().refund(other.id(), RequestKey.of("r"), yuan(60), key("f")));
            refused(AssetError.NOT_REVERSIBLE, () -> cards().refund(card.id(), RequestKey.of("b"), yuan(60), key("f")));
            refused(
                    AssetError.UNKNOWN_GIFT_CARD,
                    () -> cards().refund(nobody(), RequestKey.of("r"), yuan(60), key("f")));
        }
    }

    /** Moving value into a customer's account. */
    @Nested
    final class MoveToAccount {
        @Test
        void moves_all_there_is_and_books_the_key_for_both() {
            Sold card = sold(100);
            CustomerId ann = crm().newCustomer(ACME);
            accounts().topUp(ann, TopUp.of(yuan(5)), key("t"));
            cards().redeem(card.presented(), yuan(30), key("r"));

            GiftCardBooking moved = cards().moveToAccount(card.presented(), ann, key("m"));

            assertThat(moved.amount()).isEqualTo(yuan(-70));
            assertThat(value(card.code())).isEqualTo(yuan(0));
            assertThat(accounts().balance(ann).available()).isEqualTo(yuan(75));
            assertThat(cards().moveToAccount(card.presented(), ann, key("m"))).isEqualTo(moved);
            refused(CoreError.REQUEST_KEY_REUSED, () -> accounts().spend(ann, yuan(1), key("m")));
            assertThat(accounts().balance(ann).available()).isEqualTo(yuan(75));
        }

        @Test
        void opens_the_account_of_a_customer_who_has_none() {
            Sold card = sold(100);
            CustomerId ann = crm().newCustomer(ACME);

            cards().moveToAccount(card.presented(), ann, key("m"));

            assertThat(accounts().balance(ann).available()).isEqualTo(yuan(100));
            assertThat(accounts().statement(ann, PageRequest.first(10)).items())
                    .extracting(Entry::type)
                    .containsExactly(EntryType.TRANSFER_IN);
        }

        @Test
        void the_value_keeps_its_expiry() {
            Sold card = sold(
                    GiftCardIssue.of(1, yuan(100)).expiring(Expiry.days(10)).activated());
            CustomerId ann = crm().newCustomer(ACME);

            cards().moveToAccount(card.presented(), ann, key("m"));

            assertThat(accounts()
                            .balance(ann, T0.plus(Duration.ofDays(10)).minusMillis(1))
                            .available())
                    .isEqualTo(yuan(100));
            assertThat(accounts().balance(ann, T0.plus(Duration.ofDays(10))).available())
                    .isEqualTo(yuan(0));
        }

        @Test
        void the_key_is_refused_for_another_customer() {
            Sold card = sold(100);
            CustomerId ann = crm().newCustomer(ACME);
            CustomerId bob = crm().newCustomer(ACME);
            cards().moveToAccount(card.presented(), ann, key("m"));

            refused(CoreError.REQUEST_KEY_REUSED, () -> cards().moveToAccount(card.presented(), bob, key("m")));
            refused(AssetError.INSUFFICIENT_VALUE, () -> cards().moveToAccount(card.presented(), bob, key("m2")));
            assertThat(accounts().balance(bob).available()).isEqualTo(yuan(0));
        }

        @Test
        void what_was_moved_cannot_be_refunded_to_the_card() {
            Sold card = sold(100);
            cards().moveToAccount(card.presented(), crm().newCustomer(ACME), key("m"));

            refused(
                    AssetError.NOT_REVERSIBLE,
                    () -> cards().refund(card.id(), RequestKey.of("m"), yuan(100), key("f")));
        }

        @Test
        void an_unknown_customer_is_refused_and_nothing_moved() {
            Sold card = sold(100);
            Sold other = sold(100);
            List<String> before = crm().dump();

            refused(CoreError.UNKNOWN_CUSTOMER, () -> cards().moveToAccount(card.presented(), nobody(), key("m")));
            refused(CoreError.UNKNOWN_CUSTOMER, () -> cards().moveToAccount(card.presented(), other.id(), key("m")));

            assertThat(crm().dump()).isEqualTo(before);
        }

        @Test
        void many_at_once_move_it_once() {
            Sold card = sold(100);
            List<CustomerId> customers =
                    Stream.generate(() -> crm().newCustomer(ACME)).limit(8).toList();

            List<Race.Attempt<GiftCardBooking>> attempts = Race.of(
                    8, number -> cards().moveToAccount(card.presented(), customers.get(number), key("m" + number)));

            assertThat(attempts).filteredOn(Race.Attempt::succeeded).hasSize(1);
            assertThat(customers.stream()
                            .map(customer -> accounts().balance(customer).available())
                            .reduce(yuan(0), Money::plus))
                    .isEqualTo(yuan(100));
        }

        @Test
        void many_cards_move_into_one_account_at_once() {
            CustomerId early = crm().newCustomer(ACME);
            List<Sold> some = Stream.generate(() -> sold(100)).limit(6).toList();
            CustomerId late = crm().newCustomer(ACME);

            Race.of(
                            6,
                            number -> cards().moveToAccount(
                                            some.get(number).presented(),
                                            number % 2 == 0 ? early : late,
                                            key("m" + number)))
                    .forEach(Race.Attempt::orFail);

            assertThat(accounts().balance(early).available()).isEqualTo(yuan(300));
            assertThat(accounts().balance(late).available()).isEqualTo(yuan(300));
        }
    }

    /** Guessing codes. */
    @Nested
    final class Guess {
        @Test
        void a_right_code_is_refused_like_a_wrong_one_after_ten_wrong_ones() {
            Sold card = sold(100);
            List<GiftCardCode> wrongCodes = wrong(11);
            guess(wrongCodes.subList(0, 10), "till-1");

            CrmException right =
                    refused(AssetError.TOO_MANY_GUESSES, () -> cards().redeem(card.presented(), yuan(1), key("r")));
            CrmException wrong =
                    refused(AssetError.TOO_MANY_GUESSES, () -> cards().balance(presented(wrongCodes.get(10))));

            assertThat(right).hasMessage(wrong.getMessage());
            assertThat(right.details()).isEqualTo(wrong.details()).containsEntry("retryAfterSeconds", 900L);
        }

        @Test
        void other_tills_go_on_and_this_one_does_after_its_wait() {
            Sold card = sold(100);
            guess(wrong(10), "till-1");

            cards().balance(PresentedCard.of(card.code().reveal(), "till-2"));
            crm().clock().advance(Duration.ofSeconds(899));
            refused(AssetError.TOO_MANY_GUESSES, () -> cards().balance(card.presented()));
            crm().clock().advance(Duration.ofSeconds(1));

            assertThat(cards().balance(card.presented()).value()).isEqualTo(yuan(100));
        }

        @Test
        void a_right_code_makes_no_room_for_wrong_ones() {
            Sold card = sold(100);
            List<GiftCardCode> wrongCodes = wrong(10);
            guess(wrongCodes.subList(0, 9), "till-1");
            cards().balance(card.presented());
            guess(wrongCodes.subList(9, 10), "till-1");

            refused(AssetError.TOO_MANY_GUESSES, () -> cards().balance(card.presented()));
        }

        @Test
        void a_mistyped_code_is_refused_before_anybody_looks_and_does_not_count() {
            Sold card = sold(100);
            String code = card.code().reveal();
            String mistyped = (code.startsWith("7") ? "8" : "7") + code.substring(1);
            for (int i = 0; i < 20; i++) {
                refused(AssetError.MALFORMED_CODE, () -> cards().balance(PresentedCard.of(mistyped, "till-1")));
            }

            assertThat(cards().balance(card.presented()).value()).isEqualTo(yuan(100));
        }

        @Test
        void a_wrong_code_counts_though_the_host_rolls_back() {
            Sold card = sold(100);
            List<GiftCardCode> wrongCodes = wrong(10);
            rolledBack(() -> guess(wrongCodes, "till-1"));

            refused(AssetError.TOO_MANY_GUESSES, () -> cards().balance(card.presented()));
        }

        private void guess(List<GiftCardCode> wrong, String till) {
            for (GiftCardCode code : wrong) {
                var presented = PresentedCard.of(code.reveal(), till);
                refused(AssetError.UNKNOWN_GIFT_CARD, () -> cards().balance(presented));
            }
        }

        /** Well-formed codes that no card of the tenant has. */
        private List<GiftCardCode> wrong(int count) {
            return in(builder(ZENITH, CNY, TERMS), ZENITH, CNY)
                    .issue(GiftCardIssue.of(count, yuan(1)), key("of zenith"))
                    .codes();
        }
    }
}

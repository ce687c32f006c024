package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.ledger.Calendar;
import dev.retailcrm.assets.ledger.Entry;
import dev.retailcrm.assets.ledger.EntryType;
import dev.retailcrm.assets.ledger.Expiry;
import dev.retailcrm.assets.ledger.LapsedReturn;
import dev.retailcrm.assets.ledger.Ledger;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.ledger.Terms;
import dev.retailcrm.assets.stored.GiftCard;
import dev.retailcrm.assets.stored.GiftCardBooking;
import dev.retailcrm.assets.stored.GiftCardCode;
import dev.retailcrm.assets.stored.GiftCardIssue;
import dev.retailcrm.assets.stored.GiftCardState;
import dev.retailcrm.assets.stored.GiftCards;
import dev.retailcrm.assets.stored.IssuedGiftCards;
import dev.retailcrm.assets.stored.LocalGuessThrottle;
import dev.retailcrm.assets.stored.PresentedCard;
import dev.retailcrm.assets.stored.StoredValue;
import dev.retailcrm.assets.stored.TopUp;
import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.event.EventRelay;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.ErrorCode;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.kernel.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** How {@link GiftCards} behave on the stores of a fixture. */
public abstract class GiftCardsContract extends StoreContract {
    private static final CurrencyUnit CNY = CurrencyUnit.of("CNY");
    private static final Terms TERMS = Terms.in(ZoneOffset.UTC);

    private final LocalGuessThrottle throttle = new LocalGuessThrottle();

    /** A contract. */
    protected GiftCardsContract() {}

    private GiftCards.Builder builder(TenantId tenant, CurrencyUnit currency, Terms terms) {
        return GiftCards.builder(tenant, currency, terms).throttle(throttle);
    }

    private GiftCards in(GiftCards.Builder builder, TenantId tenant, CurrencyUnit currency) {
        return builder.in(crm().giftCards(), crm().ledgerPorts(), accounts(tenant, currency));
    }

    private GiftCards cards() {
        return in(builder(ACME, CNY, TERMS), ACME, CNY);
    }

    private StoredValue accounts(TenantId tenant, CurrencyUnit currency) {
        return new StoredValue(new Ledger(tenant, Asset.storedValue(currency), TERMS, crm().ledgerPorts()));
    }

    private StoredValue accounts() {
        return accounts(ACME, CNY);
    }

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
        void two_tills_at_once_get_exactly_the_value() {
            Sold card = sold(100);

            List<Race.Attempt<GiftCardBooking>> attempts =
                    Race.of(20, number -> cards().redeem(card.presented(), yuan(80), key("r" + number)));

            assertThat(attempts).filteredOn(Race.Attempt::succeeded).hasSize(1);
            assertThat(attempts)
                    .filteredOn(attempt -> !attempt.succeeded())
                    .allSatisfy(attempt ->
                            assertThat(String.valueOf(attempt.refusal())).contains(AssetError.INSUFFICIENT_VALUE.id()));
            assertThat(value(card.code())).isEqualTo(yuan(20));
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

    /** A card and its code. */
    private record Sold(CustomerId id, GiftCardCode code) {
        PresentedCard presented() {
            return GiftCardsContract.presented(code);
        }
    }

    private Sold issued(long yuan) {
        return sold(GiftCardIssue.of(1, yuan(yuan)));
    }

    private Sold sold(long yuan) {
        return sold(GiftCardIssue.of(1, yuan(yuan)).activated());
    }

    private int batches;

    private Sold sold(GiftCardIssue issue) {
        IssuedGiftCards issued = cards().issue(issue, key(batches == 0 ? "b" : "b#" + batches));
        batches++;
        return new Sold(issued.cards().get(0).id(), issued.codes().get(0));
    }

    private Money value(GiftCardCode code) {
        return cards().balance(presented(code)).value();
    }

    private static PresentedCard presented(GiftCardCode code) {
        return PresentedCard.of(code.reveal(), "till-1");
    }

    private static Money yuan(long amount) {
        return Money.ofMinor(CNY, 100 * amount);
    }

    private static Posting key(String key) {
        return Posting.key(key);
    }

    private static CrmException refused(ErrorCode code, Runnable command) {
        Race.Attempt<Boolean> attempt = Race.attempt(() -> {
            command.run();
            return true;
        });
        CrmException refusal = attempt.refusal();
        if (refusal == null) {
            throw new AssertionError("not refused as " + code);
        }
        assertThat(refusal.code()).as(refusal.getMessage()).isEqualTo(code);
        return refusal;
    }
}

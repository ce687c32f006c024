package dev.retailcrm.core.trade;

import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.ErrorKind;
import java.time.Instant;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A kind of facts that a batch is of: how each is read, and decided about. Immutable.
 *
 * @param <F> the facts
 * @param <S> what is kept of one
 * @param <O> what is told of one
 */
record TradeFacts<F, S, O>(
        Function<F, CustomerId> customer,
        Function<F, OrderNumber> number,
        Function<F, Instant> occurredAt,
        BiFunction<F, CustomerId, F> owned,
        BiFunction<TradeDraft, F, S> decision,
        Outcome<S, O> outcome) {
    static final TradeFacts<Order, OrderSummary, OrderOutcome> ORDERS = new TradeFacts<>(
            Order::customer, Order::number, Order::occurredAt, Order::of, TradeDraft::record, OrderOutcome::new);
    static final TradeFacts<Refund, RefundSummary, RefundOutcome> REFUNDS = new TradeFacts<>(
            Refund::customer, Refund::order, Refund::occurredAt, Refund::of, TradeDraft::refund, RefundOutcome::new);

    /** Makes an outcome. */
    interface Outcome<S, O> {
        O of(@Nullable S kept, boolean repeated, @Nullable CrmException refusal);
    }

    /** Decides about a fact in the draft of its customer. */
    O decide(TradeBooks books, F fact, Map<CustomerId, TradeDraft> drafts) {
        try {
            books.requireInRange(occurredAt.apply(fact));
            TradeDraft draft = drafts.get(customer.apply(fact));
            if (draft == null) {
                throw TradeBooks.unknown(customer.apply(fact));
            }
            int before = draft.decisions();
            S kept = decision.apply(draft, fact);
            return outcome.of(kept, draft.decisions() == before, null);
        } catch (CrmException refusal) {
            if (refusal.kind() == ErrorKind.STORAGE) {
                throw refusal;
            }
            return outcome.of(null, false, refusal);
        }
    }
}

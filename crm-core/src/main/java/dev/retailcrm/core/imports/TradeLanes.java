package dev.retailcrm.core.imports;

import dev.retailcrm.core.customer.Customers;
import dev.retailcrm.core.imports.NamedLane.Draft;
import dev.retailcrm.core.imports.NamedLane.Tried;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.trade.Order;
import dev.retailcrm.core.trade.OrderNumber;
import dev.retailcrm.core.trade.OrderOutcome;
import dev.retailcrm.core.trade.Refund;
import dev.retailcrm.core.trade.RefundOutcome;
import dev.retailcrm.core.trade.Trade;
import dev.retailcrm.core.trade.TradeRehearsal;
import java.io.IOException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Orders and refunds, from their records to their batches. Immutable. */
record TradeLanes(Customers customers, Trade trade, ZoneId zone, ImportFile file, ImportRun run) {
    Lane<?> orders(OrderMapping mapping) throws IOException {
        CompositeNumber numbers = mapping.requireComplete(file);
        Gatherer<Draft<Order>> gatherer = gatherer(mapping, numbers);
        Function<List<Order>, List<OrderOutcome>> command = run.dry()
                ? rehearsal(Recurring.in(file, mapping.columns(), numbers::find, mapping.isGrouped()))::recordAll
                : trade::recordAll;
        return new NamedLane<>(
                customers,
                mapping.customer(),
                mapping.columns(),
                Trade.CHUNK,
                Map.of(
                        CoreError.ORDER_NUMBER_REUSED,
                        numbers.column(),
                        CoreError.INSTANT_OUT_OF_RANGE,
                        mapping.instantColumn()),
                gatherer,
                orders -> command.apply(orders).stream()
                        .map(it -> new Tried(it.repeated(), it.refusal()))
                        .toList());
    }

    private Gatherer<Draft<Order>> gatherer(OrderMapping mapping, CompositeNumber numbers) throws IOException {
        if (mapping.isGrouped()) {
            Recurring scattered = Recurring.in(file, mapping.columns(), mapping::group, true);
            return new OrderGatherer(mapping, numbers, customers, zone, scattered::contains);
        }
        return Gatherer.ofEach(
                record -> mapping.order(record, numbers.of(record, run.name(), OrderNumber::of), customers, zone),
                Draft::parts);
    }

    /** Asked about numbers of which some may come again, in another revision or as they were. */
    private TradeRehearsal rehearsal(Recurring numbers) {
        return trade.rehearsal(customers, number -> numbers.contains(number.value()));
    }

    Lane<?> refunds(RefundMapping mapping) throws IOException {
        CompositeNumber numbers = mapping.requireComplete();
        Function<List<Refund>, List<RefundOutcome>> command = run.dry()
                ? rehearsal(Recurring.in(file, mapping.columns(), numbers::find, false))::refundAll
                : trade::refundAll;
        return new NamedLane<>(
                customers,
                mapping.customer(),
                mapping.columns(),
                Trade.CHUNK,
                Map.of(
                        CoreError.ORDER_NUMBER_REUSED,
                        mapping.numberColumn(),
                        CoreError.REFUND_EXCEEDS_ORDER,
                        mapping.amountColumn(),
                        CoreError.INSTANT_OUT_OF_RANGE,
                        mapping.instantColumn()),
                Gatherer.ofEach(record -> mapping.refund(record, numbers, customers, zone), Draft::parts),
                refunds -> command.apply(refunds).stream()
                        .map(it -> new Tried(it.repeated(), it.refusal()))
                        .toList());
    }
}

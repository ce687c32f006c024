package dev.retailcrm.core.imports;

import dev.retailcrm.core.customer.Customers;
import dev.retailcrm.core.imports.NamedLane.Draft;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.trade.Order;
import dev.retailcrm.core.trade.OrderLine;
import dev.retailcrm.core.trade.OrderNumber;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes orders of records that are one line each: those of one number that follow one another. An order is never booked without all its
 * lines, so one whose lines are scattered over the file is refused, and so is one beside a record of which it cannot be told whose it is.
 */
final class OrderGatherer implements Gatherer<Draft<Order>> {
    private final OrderMapping mapping;
    private final CompositeNumber numbers;
    private final Customers customers;
    private final ZoneId zone;
    private final Predicate<String> scattered;
    private final List<Gathered<Draft<Order>>> done = new ArrayList<>(2);
    private @Nullable Fault doubt;
    private @Nullable Group open;

    /**
     * A gatherer.
     *
     * @param scattered which {@linkplain OrderMapping#group groups} occur more than once in the file
     */
    OrderGatherer(
            OrderMapping mapping,
            CompositeNumber numbers,
            Customers customers,
            ZoneId zone,
            Predicate<String> scattered) {
        this.mapping = mapping;
        this.numbers = numbers;
        this.customers = customers;
        this.zone = zone;
        this.scattered = scattered;
    }

    @Override
    public Step<Draft<Order>> take(RecordReader.Next next) {
        ImportRecord record = next.record();
        String name = record == null ? null : mapping.group(record);
        Group current = open;
        Held held;
        if (record == null || name == null) {
            if (current != null) {
                current.doubtful = true;
            }
            close();
            doubt = record == null ? Objects.requireNonNull(next.fault()) : nameless(record);
            held = Held.LAST;
        } else if (current != null && current.name.equals(name)) {
            current.add(record);
            held = Held.MORE;
        } else {
            boolean alone = current != null || doubt == null;
            if (current != null) {
                close();
            }
            Group started = new Group(name, record, doubt != null);
            started.add(record);
            open = started;
            held = alone ? Held.LAST : Held.MORE;
        }
        var step = new Step<>(List.copyOf(done), held);
        done.clear();
        return step;
    }

    @Override
    public List<Gathered<Draft<Order>>> end() {
        close();
        return List.copyOf(done);
    }

    /** What is held is complete. */
    private void close() {
        if (doubt != null) {
            done.add(Gathered.refused(doubt));
        }
        if (open != null) {
            done.add(open.order());
        }
        doubt = null;
        open = null;
    }

    private Fault nameless(ImportRecord record) {
        try {
            numbers.value(record, "");
            throw CoreError.STORE_FAILED.because("a record has a number and is not found by it");
        } catch (FaultyValue missing) {
            return new Fault(record.line(), missing.column(), missing.refusal());
        }
    }

    /** The records of one order. */
    private final class Group {
        private final String name;
        private final ImportRecord first;
        private final Map<String, String> whole = new HashMap<>();
        private final List<OrderLine> lines = new ArrayList<>(1);
        private boolean doubtful;
        private @Nullable Fault fault;

        Group(String name, ImportRecord first, boolean doubtful) {
            this.name = name;
            this.first = first;
            this.doubtful = doubtful;
        }

        void add(ImportRecord record) {
            if (fault != null) {
                return;
            }
            Gathered<Boolean> read = Gatherer.read(
                    record,
                    it -> {
                        addWhole(it);
                        if (lines.size() == Order.MAX_LINES) {
                            throw CoreError.INVALID_VALUE.because("an order has at most %d lines", Order.MAX_LINES);
                        }
                        return lines.add(mapping.line(it, mapping.currencyOf(ImportRecord.of(first.line(), whole))));
                    },
                    added -> 1);
            fault = read.fault();
            if (fault != null) {
                lines.clear();
            }
        }

        private void addWhole(ImportRecord record) throws FaultyValue {
            for (String column : mapping.columnsOfWhole()) {
                String text = FaultyValue.in(record, column, it -> it);
                String before = text == null ? null : whole.putIfAbsent(column, text);
                if (before != null && !before.equals(text)) {
                    throw new FaultyValue(
                            column, CoreError.INVALID_VALUE.because("an earlier line of the order says otherwise"));
                }
            }
        }

        Gathered<Draft<Order>> order() {
            if (scattered.test(name)) {
                return Gathered.refused(new Fault(
                        first.line(),
                        numbers.column(),
                        CoreError.ORDER_SCATTERED.because("the file has lines of the order in several places")));
            }
            if (fault != null) {
                return Gathered.refused(fault);
            }
            if (doubtful) {
                return Gathered.refused(new Fault(
                        first.line(),
                        null,
                        CoreError.ORDER_IN_DOUBT.because("a record beside the order may be a line of it")));
            }
            return Gatherer.read(
                    first,
                    it -> mapping.order(
                            ImportRecord.of(it.line(), whole),
                            numbers.of(it, "", OrderNumber::of),
                            List.copyOf(lines),
                            customers,
                            zone),
                    Draft::parts);
        }
    }
}

package dev.retailcrm.core.imports;

import com.google.common.collect.ImmutableSet;
import dev.retailcrm.core.customer.Customers;
import dev.retailcrm.core.imports.NamedLane.Draft;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.trade.OrderNumber;
import dev.retailcrm.core.trade.Refund;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Which column of a file is what of a refund, one a record. Values are read without the blanks around them; an empty one is not known. All
 * but the units must be mapped. Immutable.
 */
public final class RefundMapping {
    private static final String ORDER = "number of the order";
    private static final String NUMBER = "number of the refund";
    private static final String AT = "instant of the refund";
    private static final String CURRENCY = "currency";
    private static final String AMOUNT = "amount";
    private static final String UNITS = "units";

    private final CustomerColumn customer;
    private final @Nullable CompositeNumber order;
    private final Columns columns;
    private final DateTimeFormatter form;

    private RefundMapping(
            CustomerColumn customer, @Nullable CompositeNumber order, Columns columns, DateTimeFormatter form) {
        this.customer = customer;
        this.order = order;
        this.columns = columns;
        this.form = form;
    }

    /** A mapping of refunds to customers who are named so. */
    public static RefundMapping of(CustomerColumn customer) {
        return new RefundMapping(
                Check.present(customer, "column of the customer"), null, Columns.NONE, InstantForm.ISO);
    }

    /** The number of the order, given by this system; see {@link OrderMapping#numbered}. */
    public RefundMapping order(String source, String... parts) {
        return new RefundMapping(customer, CompositeNumber.of(source, parts), columns, form);
    }

    /** The number of the refund, unique among those of the order. */
    public RefundMapping numbered(String column) {
        return with(columns.with(NUMBER, column));
    }

    /** When it was given back; see {@link OrderMapping#boughtAt(String)}. */
    public RefundMapping givenAt(String column) {
        return givenAt(column, InstantForm.ISO);
    }

    /** When it was given back, in this form; one that names no zone is read in the tenant's. */
    public RefundMapping givenAt(String column, DateTimeFormatter written) {
        return new RefundMapping(customer, order, columns.with(AT, column), Check.present(written, "form of instants"));
    }

    /** The ISO 4217 code of the currency. */
    public RefundMapping currency(String column) {
        return with(columns.with(CURRENCY, column));
    }

    /** The currency of all refunds of the file. */
    public RefundMapping currency(CurrencyUnit all) {
        return with(columns.always(CURRENCY, Check.present(all, CURRENCY).getCode()));
    }

    /** The amount given back, a decimal number above zero such as {@code 12.50}. */
    public RefundMapping amount(String column) {
        return with(columns.with(AMOUNT, column));
    }

    /** How many units came back, a decimal number. Default: not known. */
    public RefundMapping units(String column) {
        return with(columns.with(UNITS, column));
    }

    private RefundMapping with(Columns more) {
        return new RefundMapping(customer, order, more, form);
    }

    CustomerColumn customer() {
        return customer;
    }

    /** The column to blame for the number of a refund. */
    String numberColumn() {
        return columns.of(NUMBER);
    }

    /** The column to blame for an amount. */
    String amountColumn() {
        return columns.of(AMOUNT);
    }

    /** The column to blame for an instant. */
    String instantColumn() {
        return columns.of(AT);
    }

    /** Refuses a mapping that does not say enough; returns how orders are numbered. */
    CompositeNumber requireComplete() {
        columns.require(NUMBER, AT, CURRENCY, AMOUNT);
        if (order == null) {
            throw CoreError.INVALID_VALUE.because("the mapping must say which column is the %s", ORDER);
        }
        return order;
    }

    Set<String> columns() {
        return Stream.of(
                        List.of(customer.column()),
                        order == null ? List.<String>of() : order.columns(),
                        columns.names())
                .flatMap(Collection::stream)
                .collect(ImmutableSet.toImmutableSet());
    }

    Draft<Refund> refund(ImportRecord record, CompositeNumber numbers, Customers customers, ZoneId zone)
            throws FaultyValue {
        CustomerColumn.Named named = customer.named(record, customers);
        OrderNumber of = numbers.of(record, "", OrderNumber::of);
        String number = columns.required(record, NUMBER, it -> Check.code(it, OrderNumber.MAX_LENGTH, NUMBER));
        Instant at = columns.required(record, AT, it -> InstantForm.parse(it, form, zone));
        CurrencyUnit currency = columns.required(record, CURRENCY, CurrencyUnit::of);
        Money amount = columns.required(record, AMOUNT, it -> Amount.money(it, currency));
        BigDecimal units = columns.in(record, UNITS, Amount::decimal);
        return new Draft<>(named, 1, id -> {
            Refund refund = Refund.of(id, of, number, at, amount);
            return units == null ? refund : refund.units(units);
        });
    }
}

package dev.retailcrm.core.imports;

import com.google.common.collect.ImmutableSet;
import dev.retailcrm.core.customer.Customers;
import dev.retailcrm.core.imports.NamedLane.Draft;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.trade.Order;
import dev.retailcrm.core.trade.OrderLine;
import dev.retailcrm.core.trade.OrderNumber;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.joda.money.CurrencyUnit;
import org.jspecify.annotations.Nullable;

/**
 * Which column of a file is what of an order. A record is a line of an order, and records of one number that follow one another are one
 * order; or a record is a whole order, {@linkplain #numberedByLine of one line} or with {@linkplain #linesIn lines of its own}. What is
 * said of the order as a whole need not be said again with its further lines. Values are read without the blanks around them; an empty one
 * is not known. Customer, number, instant, SKU, amount and currency must be mapped. Immutable.
 */
public final class OrderMapping {
    private static final String NUMBER = "number of the order";
    private static final String AT = "instant of the order";
    private static final String CURRENCY = "currency";
    private static final String REVISION = "revision";
    private static final String CANCELLED = "word for cancelled";
    private static final String CHANNEL = "channel";
    private static final String STORE = "store";
    private static final String SKU = "SKU";
    private static final String QUANTITY = "quantity";
    private static final String AMOUNT = "amount";
    private static final String CATEGORY = "category";
    private static final String BRAND = "brand";

    private final CustomerColumn customer;
    private final @Nullable CompositeNumber number;
    private final Columns whole;
    private final Columns line;
    private final DateTimeFormatter form;
    private final Set<String> cancelled;
    private final @Nullable String lines;

    private OrderMapping(
            CustomerColumn customer,
            @Nullable CompositeNumber number,
            Columns whole,
            Columns line,
            DateTimeFormatter form,
            Set<String> cancelled,
            @Nullable String lines) {
        this.customer = customer;
        this.number = number;
        this.whole = whole;
        this.line = line;
        this.form = form;
        this.cancelled = cancelled;
        this.lines = lines;
    }

    /** A mapping of orders of customers who are named so. */
    public static OrderMapping of(CustomerColumn customer) {
        return new OrderMapping(
                Check.present(customer, "column of the customer"),
                null,
                Columns.NONE,
                Columns.NONE,
                InstantForm.ISO,
                Set.of(),
                null);
    }

    /**
     * The number of the order, given by this system.
     *
     * @param columns whose values together are unique to the order, such as those of store, till and receipt; they are joined by {@code /}
     */
    public OrderMapping numbered(String source, String... columns) {
        CompositeNumber given = CompositeNumber.of(source, columns);
        return new OrderMapping(customer, given, whole, line, form, cancelled, lines);
    }

    /**
     * Orders have no numbers: each record is an order of one line, and is known by its line in the file and the name of the import. To be
     * imported again, the file must stay as it is.
     */
    public OrderMapping numberedByLine(String source) {
        var given = new CompositeNumber(source, List.of());
        return new OrderMapping(customer, given, whole, line, form, cancelled, lines);
    }

    /**
     * Each record is a whole order, whose lines are the objects of an array: of those are the columns of SKU, quantity, amount, category
     * and brand. Of JSON lines only.
     */
    public OrderMapping linesIn(String column) {
        return new OrderMapping(customer, number, whole, line, form, cancelled, CustomerMapping.named(column));
    }

    /**
     * When it was bought: {@code 2026-03-01T09:00:00Z} or, in the tenant's zone, {@code 2026-03-01T17:00:00} or {@code 2026-03-01}, its
     * beginning.
     */
    public OrderMapping boughtAt(String column) {
        return boughtAt(column, InstantForm.ISO);
    }

    /** When it was bought, in this form; one that names no zone is read in the tenant's. */
    public OrderMapping boughtAt(String column, DateTimeFormatter written) {
        Check.present(written, "form of instants");
        return new OrderMapping(customer, number, whole.with(AT, column), line, written, cancelled, lines);
    }

    /** The ISO 4217 code of the currency. */
    public OrderMapping currency(String column) {
        return whole(whole.with(CURRENCY, column));
    }

    /** The currency of all orders of the file. */
    public OrderMapping currency(CurrencyUnit all) {
        return whole(whole.always(CURRENCY, Check.present(all, CURRENCY).getCode()));
    }

    /** The revision, a whole number from 1. Default: 1. */
    public OrderMapping revision(String column) {
        return whole(whole.with(REVISION, column));
    }

    /** Whether it was cancelled: if the column has one of these words. Default: none was. */
    public OrderMapping cancelled(String column, Set<String> words) {
        Set<String> known = ImmutableSet.copyOf(Check.present(words, "words for cancelled"));
        return new OrderMapping(customer, number, whole.with(CANCELLED, column), line, form, known, lines);
    }

    /** The channel. */
    public OrderMapping channel(String column) {
        return whole(whole.with(CHANNEL, column));
    }

    /** The store. */
    public OrderMapping store(String column) {
        return whole(whole.with(STORE, column));
    }

    /** The article of a line. */
    public OrderMapping sku(String column) {
        return line(line.with(SKU, column));
    }

    /** The article of all lines, of a file that does not tell them. */
    public OrderMapping skuAlways(String code) {
        return line(line.always(SKU, code));
    }

    /** The quantity of a line, a decimal number such as {@code 1.235}. Default: 1. */
    public OrderMapping quantity(String column) {
        return line(line.with(QUANTITY, column));
    }

    /** What was paid for a line after all discounts, a decimal number such as {@code 12.50}. */
    public OrderMapping amount(String column) {
        return line(line.with(AMOUNT, column));
    }

    /** The category of a line. */
    public OrderMapping category(String column) {
        return line(line.with(CATEGORY, column));
    }

    /** The brand of a line. */
    public OrderMapping brand(String column) {
        return line(line.with(BRAND, column));
    }

    private OrderMapping whole(Columns columns) {
        return new OrderMapping(customer, number, columns, line, form, cancelled, lines);
    }

    private OrderMapping line(Columns columns) {
        return new OrderMapping(customer, number, whole, columns, form, cancelled, lines);
    }

    CustomerColumn customer() {
        return customer;
    }

    /** The column to blame for an instant. */
    String instantColumn() {
        return whole.of(AT);
    }

    /** Refuses a mapping that does not say enough, or not of such a file; returns how orders are numbered. */
    CompositeNumber requireComplete(ImportFile file) {
        whole.require(AT, CURRENCY);
        line.require(SKU, AMOUNT);
        if (lines != null && file.format() != ImportFile.Format.JSON_LINES) {
            throw CoreError.INVALID_VALUE.because("only JSON lines hold orders with lines of their own");
        }
        if (number == null) {
            throw CoreError.INVALID_VALUE.because("the mapping must say which column is the %s", NUMBER);
        }
        return number;
    }

    /** Whether several records are one order. */
    boolean isGrouped() {
        return lines == null && number != null && !number.isLine();
    }

    Set<String> columns() {
        return Stream.of(
                        List.of(customer.column()),
                        number == null ? List.<String>of() : number.columns(),
                        whole.names(),
                        line.names(),
                        lines == null ? List.<String>of() : List.of(lines))
                .flatMap(Collection::stream)
                .collect(ImmutableSet.toImmutableSet());
    }

    /** The columns of what is said of an order as a whole. */
    Set<String> columnsOfWhole() {
        return Stream.concat(Stream.of(customer.column()), whole.names().stream())
                .collect(ImmutableSet.toImmutableSet());
    }

    /** By what records of one order are known, the revision included; {@code null} if the record has no number. */
    @Nullable
    String group(ImportRecord record) {
        String value = number == null ? null : number.find(record);
        if (value == null) {
            return null;
        }
        return value + "\u0000" + revision(record);
    }

    private String revision(ImportRecord record) {
        try {
            String revision = whole.in(record, REVISION, text -> text);
            return revision == null ? "1" : revision;
        } catch (FaultyValue unreadable) {
            return "";
        }
    }

    /** A record that is a whole order. */
    Draft<Order> order(ImportRecord record, OrderNumber given, Customers customers, ZoneId zone) throws FaultyValue {
        CurrencyUnit currency = currencyOf(record);
        if (lines == null) {
            return order(record, given, List.of(line(record, currency)), customers, zone);
        }
        List<ImportRecord> items = FaultyValue.of(lines, () -> record.items(lines));
        List<OrderLine> all = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            try {
                all.add(line(items.get(i), currency));
            } catch (FaultyValue value) {
                throw value.within(lines + "/" + i);
            }
        }
        return order(record, given, all, customers, zone);
    }

    /** An order of these lines, of which a record says the rest. */
    Draft<Order> order(ImportRecord record, OrderNumber given, List<OrderLine> all, Customers customers, ZoneId zone)
            throws FaultyValue {
        CustomerColumn.Named named = customer.named(record, customers);
        Instant at = whole.required(record, AT, value -> InstantForm.parse(value, form, zone));
        Long revision = whole.in(record, REVISION, Long::valueOf);
        Boolean isCancelled = whole.in(record, CANCELLED, cancelled::contains);
        String channel = whole.in(record, CHANNEL, value -> Check.code(value, Order.MAX_CHANNEL, CHANNEL));
        StoreId store = whole.in(record, STORE, StoreId::of);
        return new Draft<>(
                named,
                all.size(),
                id -> new Order(
                        id,
                        given,
                        revision == null ? 1 : revision,
                        at,
                        channel,
                        store,
                        all,
                        Boolean.TRUE.equals(isCancelled)));
    }

    CurrencyUnit currencyOf(ImportRecord record) throws FaultyValue {
        return whole.required(record, CURRENCY, CurrencyUnit::of);
    }

    OrderLine line(ImportRecord record, CurrencyUnit currency) throws FaultyValue {
        OrderLine priced = line.required(record, AMOUNT, value -> OrderLine.of("-", Amount.money(value, currency)));
        OrderLine named = line.required(
                record, SKU, value -> new OrderLine(value, null, null, priced.quantity(), priced.amount()));
        OrderLine counted = or(named, line.in(record, QUANTITY, value -> named.quantity(Amount.decimal(value))));
        OrderLine sorted = or(counted, line.in(record, CATEGORY, counted::category));
        return or(sorted, line.in(record, BRAND, sorted::brand));
    }

    private static OrderLine or(OrderLine otherwise, @Nullable OrderLine found) {
        return found == null ? otherwise : found;
    }
}

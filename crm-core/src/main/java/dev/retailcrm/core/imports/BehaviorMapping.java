package dev.retailcrm.core.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.retailcrm.core.behavior.BehaviorEvent;
import dev.retailcrm.core.behavior.BehaviorId;
import dev.retailcrm.core.behavior.Properties;
import dev.retailcrm.core.customer.Customers;
import dev.retailcrm.core.imports.NamedLane.Draft;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.StoreId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.joda.money.CurrencyUnit;
import org.jspecify.annotations.Nullable;

/**
 * Which column of a file is what of an event of behaviour, one a record. Values are read without the blanks around them; an empty one is
 * not known. Customer, id, type and instant must be mapped. Immutable.
 */
public final class BehaviorMapping {
    private static final String TYPE = "type of the event";
    private static final String AT = "instant of the event";
    private static final String CHANNEL = "channel";
    private static final String STORE = "store";

    private final CustomerColumn customer;
    private final @Nullable CompositeNumber id;
    private final Columns columns;
    private final DateTimeFormatter form;
    private final List<Rule> properties;
    private final @Nullable String object;

    private BehaviorMapping(
            CustomerColumn customer,
            @Nullable CompositeNumber id,
            Columns columns,
            DateTimeFormatter form,
            List<Rule> properties,
            @Nullable String object) {
        this.customer = customer;
        this.id = id;
        this.columns = columns;
        this.form = form;
        this.properties = properties;
        this.object = object;
    }

    /** What the value of a column adds. */
    private interface Reading {
        Properties add(Properties properties, String value, ZoneId zone);
    }

    private record Rule(String column, Reading reading) {}

    /** A mapping of events of customers who are named so. */
    public static BehaviorMapping of(CustomerColumn customer) {
        return new BehaviorMapping(
                Check.present(customer, "column of the customer"),
                null,
                Columns.NONE,
                InstantForm.ISO,
                List.of(),
                null);
    }

    /** The id of the event, given by this system, which is its request key; several columns are joined by {@code /}. */
    public BehaviorMapping identified(String source, String... parts) {
        return new BehaviorMapping(customer, CompositeNumber.of(source, parts), columns, form, properties, object);
    }

    /** Events have no ids: the same content is the same event. */
    public BehaviorMapping identifiedByContent(String source) {
        var none = new CompositeNumber(source, List.of());
        return new BehaviorMapping(customer, none, columns, form, properties, object);
    }

    /** The name of the type. */
    public BehaviorMapping type(String column) {
        return with(columns.with(TYPE, column));
    }

    /** The type of all events of the file. */
    public BehaviorMapping typeAlways(String name) {
        return with(columns.always(TYPE, name));
    }

    /** When it occurred; see {@link OrderMapping#boughtAt(String)}. */
    public BehaviorMapping occurredAt(String column) {
        return occurredAt(column, InstantForm.ISO);
    }

    /** When it occurred, in this form; one that names no zone is read in the tenant's. */
    public BehaviorMapping occurredAt(String column, DateTimeFormatter written) {
        Check.present(written, "form of instants");
        return new BehaviorMapping(customer, id, columns.with(AT, column), written, properties, object);
    }

    /** The channel. */
    public BehaviorMapping channel(String column) {
        return with(columns.with(CHANNEL, column));
    }

    /** The store. */
    public BehaviorMapping store(String column) {
        return with(columns.with(STORE, column));
    }

    /** All properties as {@link Properties#json()} writes them: an object in a column. Of JSON lines only. */
    public BehaviorMapping properties(String column) {
        return new BehaviorMapping(customer, id, columns, form, properties, CustomerMapping.named(column));
    }

    /** A text. */
    public BehaviorMapping text(String property, String column) {
        return and(column, (it, value, zone) -> it.text(property, value));
    }

    /** A whole number. */
    public BehaviorMapping number(String property, String column) {
        return and(column, (it, value, zone) -> it.number(property, Long.parseLong(value)));
    }

    /** A decimal number such as {@code 1.25}. */
    public BehaviorMapping decimal(String property, String column) {
        return and(column, (it, value, zone) -> it.decimal(property, Amount.decimal(value)));
    }

    /** An amount in a currency, a decimal number such as {@code 12.50}. */
    public BehaviorMapping money(String property, String column, CurrencyUnit currency) {
        Check.present(currency, "currency");
        return and(column, (it, value, zone) -> it.money(property, Amount.money(value, currency)));
    }

    /** An instant; see {@link OrderMapping#boughtAt(String)}. */
    public BehaviorMapping instant(String property, String column) {
        return and(column, (it, value, zone) -> it.instant(property, InstantForm.parse(value, InstantForm.ISO, zone)));
    }

    /** A day such as {@code 2026-03-01}. */
    public BehaviorMapping date(String property, String column) {
        return and(column, (it, value, zone) -> it.date(property, LocalDate.parse(value)));
    }

    /** True, if the column has one of these words, or false. */
    public BehaviorMapping flag(String property, String column, Set<String> words) {
        Set<String> known = ImmutableSet.copyOf(Check.present(words, "words for true"));
        return and(column, (it, value, zone) -> it.flag(property, known.contains(value)));
    }

    private BehaviorMapping and(String column, Reading reading) {
        var rule = new Rule(CustomerMapping.named(column), reading);
        List<Rule> more = Stream.concat(properties.stream(), Stream.of(rule)).collect(ImmutableList.toImmutableList());
        return new BehaviorMapping(customer, id, columns, form, more, object);
    }

    private BehaviorMapping with(Columns more) {
        return new BehaviorMapping(customer, id, more, form, properties, object);
    }

    CustomerColumn customer() {
        return customer;
    }

    /** The column to blame for a type. */
    String typeColumn() {
        return columns.of(TYPE);
    }

    /** The column to blame for an instant. */
    String instantColumn() {
        return columns.of(AT);
    }

    /** Refuses a mapping that does not say enough, or not of such a file; returns how events are named. */
    CompositeNumber requireComplete(ImportFile file) {
        columns.require(TYPE, AT);
        if (object != null && file.format() != ImportFile.Format.JSON_LINES) {
            throw CoreError.INVALID_VALUE.because("only JSON lines hold an object of properties");
        }
        if (id == null) {
            throw CoreError.INVALID_VALUE.because("the mapping must say which column is the id of the event");
        }
        return id;
    }

    Set<String> columns() {
        return Stream.of(
                        List.of(customer.column()),
                        id == null ? List.<String>of() : id.columns(),
                        columns.names(),
                        properties.stream().map(Rule::column).toList(),
                        object == null ? List.<String>of() : List.of(object))
                .flatMap(Collection::stream)
                .collect(ImmutableSet.toImmutableSet());
    }

    Draft<BehaviorEvent> event(ImportRecord record, CompositeNumber ids, Customers customers, ZoneId zone)
            throws FaultyValue {
        CustomerColumn.Named named = customer.named(record, customers);
        BehaviorId given =
                ids.isLine() ? BehaviorId.of(ids.source(), RecordKey.hash(record)) : ids.of(record, "", BehaviorId::of);
        String type = columns.required(record, TYPE, it -> it);
        Instant at = columns.required(record, AT, it -> InstantForm.parse(it, form, zone));
        String channel = columns.in(record, CHANNEL, it -> Check.code(it, BehaviorEvent.MAX_CHANNEL, CHANNEL));
        StoreId store = columns.in(record, STORE, StoreId::of);
        Properties all = propertiesOf(record, zone);
        return new Draft<>(
                named, 1, customer -> new BehaviorEvent(customer, null, type, given, at, channel, store, all));
    }

    private Properties propertiesOf(ImportRecord record, ZoneId zone) throws FaultyValue {
        Properties all = Properties.none();
        if (object != null) {
            JsonNode node = FaultyValue.of(object, () -> record.object(object));
            all = node == null ? all : FaultyValue.of(object, () -> Properties.parse(node.toString()));
        }
        for (Rule rule : properties) {
            Properties before = all;
            Properties more = FaultyValue.in(
                    record, rule.column(), value -> rule.reading().add(before, value, zone));
            all = more == null ? before : more;
        }
        return all;
    }
}

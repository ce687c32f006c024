package dev.retailcrm.core.imports;

import dev.retailcrm.core.customer.Customers;
import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.customer.IdentityKind;
import dev.retailcrm.core.kernel.CustomerId;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which column of a file names a customer, and by what. Immutable. */
public final class CustomerColumn {
    private final String column;
    private final @Nullable IdentityKind kind;
    private final Reading reading;

    private CustomerColumn(String column, @Nullable IdentityKind kind, Reading reading) {
        this.column = CustomerMapping.named(column);
        this.kind = kind;
        this.reading = reading;
    }

    /** Whom the value of the column names. */
    private interface Reading {
        Named of(String value, Customers customers);
    }

    /** A customer, by one of both. */
    record Named(@Nullable CustomerId id, @Nullable Identity identity) {}

    /** By our own id, as {@link CustomerId#toString()} writes it; the old id of somebody who was merged stands for the survivor. */
    public static CustomerColumn id(String column) {
        return new CustomerColumn(column, null, (value, customers) -> new Named(CustomerId.parse(value), null));
    }

    /** By a phone number, as it is dialled in the tenant's region or in international form. */
    public static CustomerColumn phone(String column) {
        return new CustomerColumn(
                column, IdentityKind.PHONE, (value, customers) -> new Named(null, customers.phone(value)));
    }

    /** By a mail address. */
    public static CustomerColumn email(String column) {
        return identity(column, IdentityKind.EMAIL, Identity::email);
    }

    /** By a member card. */
    public static CustomerColumn memberCard(String column) {
        return identity(column, IdentityKind.MEMBER_CARD, Identity::memberCard);
    }

    /** By her number in another system, see {@link Identity#external(String, String)}. */
    public static CustomerColumn externalId(String system, String column) {
        Identity.external(system, "1");
        return identity(column, IdentityKind.EXTERNAL, value -> Identity.external(system, value));
    }

    /** By her id with a chat service, see {@link Identity#chat(String, String)}. */
    public static CustomerColumn chat(String system, String column) {
        Identity.chat(system, "1");
        return identity(column, IdentityKind.CHAT, value -> Identity.chat(system, value));
    }

    private static CustomerColumn identity(String column, IdentityKind kind, Function<String, Identity> reading) {
        return new CustomerColumn(column, kind, (value, customers) -> new Named(null, reading.apply(value)));
    }

    String column() {
        return column;
    }

    /** The kind of the identity; {@code null} for our own id. */
    @Nullable
    IdentityKind kind() {
        return kind;
    }

    Named named(String value, Customers customers) {
        return reading.of(value, customers);
    }

    /** Whom a record names. */
    Named named(ImportRecord record, Customers customers) throws FaultyValue {
        return FaultyValue.required(record, column, value -> named(value, customers));
    }
}

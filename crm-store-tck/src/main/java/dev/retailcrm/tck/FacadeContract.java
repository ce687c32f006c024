package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.Entry;
import dev.retailcrm.assets.ledger.Ledger;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.ledger.Terms;
import dev.retailcrm.assets.points.Points;
import dev.retailcrm.assets.stored.StoredValue;
import dev.retailcrm.core.customer.Customers;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.ErrorCode;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.privacy.Privacy;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.BeforeEach;

/** Points and stored value over the fixture's ports, for contracts that test behaviour whatever the store. */
abstract class FacadeContract extends StoreContract {
    /** Eight hours ahead of UTC, without daylight saving. */
    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    static final Asset POINTS = Asset.points("standard");
    static final CurrencyUnit CNY = CurrencyUnit.of("CNY");
    static final Duration DAY = Duration.ofDays(1);

    CustomerId ann = nobody();

    /** Registers the customer that most rules are about. */
    @BeforeEach
    public final void registerAnn() {
        ann = crm().newCustomer(ACME);
    }

    final Customers customers() {
        return Customers.builder(ACME, crm().clock()).in(crm().customers(), crm().requests(), crm().unitOfWork());
    }

    final Privacy privacy() {
        return new Privacy(ACME, crm().privacyPorts(), PrivacyParts.of(crm()));
    }

    final Terms terms() {
        return Terms.in(ZONE);
    }

    final Points points() {
        return points(terms());
    }

    final Points points(Terms terms) {
        return points(ACME, terms);
    }

    final Points points(TenantId tenant, Terms terms) {
        return new Points(ledger(tenant, POINTS, terms));
    }

    final StoredValue stored() {
        return stored(terms());
    }

    final StoredValue stored(Terms terms) {
        return new StoredValue(ledger(ACME, Asset.storedValue(CNY), terms));
    }

    final Ledger ledger(TenantId tenant, Asset asset, Terms terms) {
        return new Ledger(tenant, asset, terms, crm().ledgerPorts());
    }

    /** A posting under this key, in a store, by somebody, for a document. */
    static Posting by(String key) {
        return Posting.key(key).in(StoreId.of("S01")).by(StaffId.of("kim")).reference("000812");
    }

    static Money yuan(String amount) {
        return Money.of(CNY, new BigDecimal(amount));
    }

    /** An instant by the retailer's wall clock. */
    static Instant local(String dateTime) {
        return LocalDateTime.parse(dateTime).atZone(ZONE).toInstant();
    }

    /** Sets the clock by the retailer's wall clock. */
    final void now(String dateTime) {
        crm().clock().set(local(dateTime));
    }

    final long available() {
        return points().balance(ann).available();
    }

    final List<Entry> entries(Points points) {
        return Pages.all(1000, page -> points.statement(ann, page));
    }

    /** The types and amounts of an account's entries, such as {@code EARN 100}. */
    final List<String> lines(Points points) {
        return entries(points).stream()
                .map(entry -> entry.type() + " " + entry.amount())
                .toList();
    }

    /** Asserts that the work is refused with this code and changes nothing; returns the details. */
    final Map<String, Object> refused(ErrorCode code, Runnable work) {
        List<String> before = crm().dump();
        CrmException refusal =
                Objects.requireNonNull(catchThrowableOfType(CrmException.class, work::run), "not refused");
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(crm().dump()).as("rows after a refusal").isEqualTo(before);
        return refusal.details();
    }

    /** Asserts that the work done again answers equally and changes nothing. */
    final <T> T repeatable(Supplier<T> work) {
        T first = work.get();
        List<String> before = crm().dump();
        assertThat(work.get()).as("the answer to a repetition").isEqualTo(first);
        assertThat(crm().dump()).as("rows after a repetition").isEqualTo(before);
        return first;
    }
}

package dev.retailcrm.core.customer;

import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.history.FieldChange;
import dev.retailcrm.core.history.HistoryQuery;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.privacy.Erased;
import dev.retailcrm.core.privacy.ErasureStep;
import dev.retailcrm.core.privacy.ExportLists;
import dev.retailcrm.core.privacy.ExportRow;
import dev.retailcrm.core.privacy.Ties;
import dev.retailcrm.core.spi.CustomerChange;
import dev.retailcrm.core.spi.CustomerSnapshot;
import dev.retailcrm.core.spi.CustomerStore;
import dev.retailcrm.core.spi.PrivacyParticipant;
import dev.retailcrm.core.spi.RequestStore;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The records of customers: profile, identities and history are exported, and erased at once with her custom fields and her data key; that
 * she was a customer, from when to when, is kept. Thread-safe.
 */
public final class CustomerPrivacy implements PrivacyParticipant {
    private static final String NAME = "customer";

    private final CustomerStore store;

    /** On this store. */
    public CustomerPrivacy(CustomerStore store) {
        this.store = store;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Page<ExportRow> export(TenantId tenant, CustomerId customer, PageRequest page) {
        return ExportLists.page(
                page,
                List.of(
                        ExportLists.whole(() -> record(tenant, customer)),
                        changes -> changes(tenant, customer, changes)));
    }

    private Page<ExportRow> changes(TenantId tenant, CustomerId customer, PageRequest page) {
        var before = HistoryCursor.parse(page.after());
        return HistoryCursor.page(
                        store.changes(tenant, HistoryQuery.of(customer), before, page.size() + 1), page.size())
                .map(CustomerPrivacy::row);
    }

    private List<ExportRow> record(TenantId tenant, CustomerId customer) {
        return store.find(tenant, customer).stream()
                .flatMap(it -> Stream.concat(
                        Stream.of(row(it)), it.identities().stream().map(identity -> row(it, identity))))
                .toList();
    }

    private static ExportRow row(CustomerSnapshot it) {
        Profile profile = it.profile();
        return ExportRow.of("profile")
                .and("status", it.status())
                .and("mergedInto", it.mergedInto())
                .and("joinedAt", it.joining().at())
                .and("joinedStore", it.joining().joinedAt())
                .and("kind", profile.kind())
                .and("name", profile.name().map(CustomerPrivacy::row))
                .and("gender", profile.gender())
                .and("birthDate", profile.birthDate().map(BirthDate::toString))
                .and("language", profile.language())
                .and("timeZone", profile.timeZone())
                .and(
                        "addresses",
                        profile.addresses().stream().map(CustomerPrivacy::row).toList())
                .and("remark", profile.remark());
    }

    private static ExportRow row(PersonName name) {
        return ExportRow.of("name")
                .and("display", name.display())
                .and("given", name.given())
                .and("family", name.family());
    }

    private static ExportRow row(PostalAddress address) {
        return ExportRow.of("address")
                .and("use", address.use())
                .and("country", address.country())
                .and("region", address.region())
                .and("city", address.city())
                .and("district", address.district())
                .and("street", address.street())
                .and("postcode", address.postcode())
                .and("recipient", address.recipient());
    }

    private static ExportRow row(CustomerSnapshot owner, Identity identity) {
        Verification verified = owner.verifications().get(identity);
        return ExportRow.of("identities")
                .and("kind", identity.kind())
                .and("system", identity.system().isEmpty() ? null : identity.system())
                .and("value", identity.value())
                .and("verifiedAt", verified == null ? null : verified.at())
                .and("verifiedBy", verified == null ? null : verified.method());
    }

    /** Without the operator, who is somebody else. */
    private static ExportRow row(FieldChange change) {
        return ExportRow.of("history")
                .and("at", change.at())
                .and("field", change.field())
                .and("before", change.before())
                .and("after", change.after())
                .and("by", change.actor().kind())
                .and("store", change.actor().store())
                .and("channel", change.actor().channel());
    }

    /** {@inheritDoc} Nothing more: the record was erased as the erasure began. */
    @Override
    public Erased erase(ErasureStep step, int limit) {
        return Erased.NOTHING;
    }

    @Override
    public Map<CustomerId, Ties> ties(TenantId tenant, Collection<CustomerId> customers, Instant at) {
        Map<CustomerId, Instant> changed = new HashMap<>();
        store.standings(tenant, customers).forEach((customer, it) -> changed.put(customer, it.changedAt()));
        return Ties.active(changed);
    }

    /**
     * Whether a request key is new for a customer.
     *
     * @throws dev.retailcrm.core.kernel.CrmException {@link CoreError#REQUEST_KEY_REUSED} if it was used for something else than her erasure
     */
    public boolean requireSame(RequestStore requests, CustomerSnapshot record, RequestKey key) {
        var booked = requests.find(record.tenant(), record.id(), key);
        if (booked.isPresent() && booked.get().fingerprint() != erasure().value()) {
            throw Customers.reused();
        }
        return booked.isEmpty();
    }

    /** Restricts a customer who is to be erased, and books the key. Her record is locked, and the key is new. */
    public CustomerSnapshot restrict(CustomerSnapshot record, RequestKey key, Instant at, Actor actor) {
        return apply(Customer.of(record).become(CustomerStatus.RESTRICTED, Request.of(key, erasure(), at, actor)));
    }

    /** Erases the record of a customer; one that was erased already stays as it is. */
    public void eraseRecord(ErasureStep step) {
        CustomerSnapshot record = store.lock(step.tenant(), step.customer())
                .orElseThrow(() -> CoreError.UNKNOWN_CUSTOMER.because("there is no customer %s", step.customer()));
        if (record.status() != CustomerStatus.ERASED) {
            var key = RequestKey.of("crm.erasure#" + (record.version() + 1));
            apply(Customer.of(record)
                    .become(CustomerStatus.ERASED, Request.of(key, erasure(), step.at(), step.actor())));
        }
    }

    private CustomerSnapshot apply(CustomerChange change) {
        if (!store.apply(change).written()) {
            throw Customers.unbooked();
        }
        return change.after();
    }

    private static Fingerprint erasure() {
        return Fingerprint.of("customer.erase");
    }
}

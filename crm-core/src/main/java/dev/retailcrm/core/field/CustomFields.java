package dev.retailcrm.core.field;

import static com.google.common.collect.ImmutableSortedMap.toImmutableSortedMap;

import dev.retailcrm.core.access.Access;
import dev.retailcrm.core.access.Right;
import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.Survivors;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.rule.FactTopic;
import dev.retailcrm.core.spi.CustomerSnapshot;
import dev.retailcrm.core.spi.FactObserver;
import dev.retailcrm.core.spi.FieldDefinitionChange;
import dev.retailcrm.core.spi.FieldPorts;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The fields that one tenant defined for its customers, and their values. Commands are repeatable: the same key and content again writes
 * nothing and answers with what is there by then. They join the host's transaction if there is one. Thread-safe.
 *
 * <p>Round trips are counted without those that open and commit a transaction; a repetition or refusal takes up to three more.
 */
public final class CustomFields {
    /** The most fields of a tenant, retired ones included. */
    public static final int MAX_FIELDS = 100;

    /** What the key of a field follows in histories and catalogs. */
    static final String PREFIX = "custom.";

    private final TenantId tenant;
    private final FieldPorts ports;
    private final Instants instants;
    private final Actor actor;
    private final FactObserver observer;
    private final Access access;

    /** The fields of a tenant, kept by these ports. */
    public CustomFields(TenantId tenant, FieldPorts ports) {
        this(
                Check.present(tenant, "tenant"),
                Check.present(ports, "ports"),
                Actor.UNKNOWN,
                FactObserver.NONE,
                Access.unrestricted());
    }

    private CustomFields(TenantId tenant, FieldPorts ports, Actor actor, FactObserver observer, Access access) {
        this.tenant = tenant;
        this.ports = ports;
        this.instants = new Instants(ports.clock());
        this.actor = actor;
        this.observer = observer;
        this.access = access;
    }

    /** The same fields, whose values are changed by this actor: histories name it. */
    public CustomFields as(Actor who) {
        return new CustomFields(tenant, ports, Check.present(who, "actor"), observer, access);
    }

    /** The same fields, of whose values this is told as they are set. */
    public CustomFields observedBy(FactObserver watcher) {
        return new CustomFields(tenant, ports, actor, Check.present(watcher, "observer"), access);
    }

    /** The same fields, as far as this access permits, and with values that its principal changes. */
    public CustomFields guardedBy(Access granted) {
        Check.present(granted, "access");
        return new CustomFields(tenant, ports, granted.actor().orElse(actor), observer, granted);
    }

    /**
     * Makes a field. Seven round trips.
     *
     * @return the field, in use, at version 1
     * @throws CrmException {@link CoreError#FIELD_EXISTS} if there is one with its key, be it retired; {@link CoreError#TOO_MANY_FIELDS};
     *     {@link CoreError#REQUEST_KEY_REUSED}
     */
    public FieldDefinition define(FieldDefinition definition, RequestKey key) {
        access.require(Right.DEFINE);
        FieldDefinition wanted = Check.present(definition, "definition").at(FieldStatus.ACTIVE, 1);
        return command(key, content("field.define", wanted), fields -> {
            if (fields.containsKey(wanted.key())) {
                throw CoreError.FIELD_EXISTS.because("there is a field %s", wanted.key());
            }
            if (fields.size() >= MAX_FIELDS) {
                throw CoreError.TOO_MANY_FIELDS.because("a tenant has at most %d fields", MAX_FIELDS);
            }
            return wanted;
        });
    }

    /**
     * Changes label, rules, options, required, access and initial value of a field. Values stored before stay as they are, whatever the new
     * rules. Six round trips.
     *
     * @param changed the field as it was read and then changed; it must not have been changed since
     * @return the field after it
     * @throws CrmException {@link CoreError#UNKNOWN_FIELD}; {@link CoreError#VERSION_CONFLICT}; {@link CoreError#FIELD_FIXED} if it differs
     *     in type, currency, unique or personal, or lacks an option; {@link CoreError#REQUEST_KEY_REUSED}
     */
    public FieldDefinition change(FieldDefinition changed, RequestKey key) {
        access.require(Right.DEFINE);
        Check.present(changed, "definition");
        return command(
                key,
                content("field.change", changed),
                fields -> known(fields, changed.key()).changedTo(changed));
    }

    /**
     * Calls a field otherwise. Six round trips.
     *
     * @param label 1 to 80 characters
     * @throws CrmException {@link CoreError#UNKNOWN_FIELD}; {@link CoreError#INVALID_VALUE}; {@link CoreError#REQUEST_KEY_REUSED}
     */
    public FieldDefinition rename(String field, String label, RequestKey key) {
        access.require(Right.DEFINE);
        var content = Fingerprint.of("field.rename")
                .and(FieldDefinition.requireKey(field))
                .and(label);
        return command(key, content, fields -> {
            FieldDefinition before = known(fields, field);
            return before.label(label).at(before.status(), before.version() + 1);
        });
    }

    /**
     * Takes a field out of use: its values are kept, and neither shown nor set nor searched. Six round trips.
     *
     * @throws CrmException {@link CoreError#UNKNOWN_FIELD}; {@link CoreError#REQUEST_KEY_REUSED}
     */
    public FieldDefinition retire(String field, RequestKey key) {
        access.require(Right.DEFINE);
        return become(field, FieldStatus.RETIRED, key);
    }

    /**
     * Takes a field back into use, with the values it had. Six round trips.
     *
     * @throws CrmException {@link CoreError#UNKNOWN_FIELD}; {@link CoreError#REQUEST_KEY_REUSED}
     */
    public FieldDefinition restore(String field, RequestKey key) {
        access.require(Right.DEFINE);
        return become(field, FieldStatus.ACTIVE, key);
    }

    private FieldDefinition become(String field, FieldStatus status, RequestKey key) {
        var content = Fingerprint.of("field.become")
                .and(FieldDefinition.requireKey(field))
                .and(status.name());
        return command(key, content, fields -> {
            FieldDefinition before = known(fields, field);
            return before.status() == status ? before : before.at(status, before.version() + 1);
        });
    }

    /** All fields, in use and retired, by ascending key. One round trip. */
    public List<FieldDefinition> definitions() {
        access.require(Right.READ_DEFINITIONS);
        return ports.unitOfWork().read(() -> ports.store().definitions(tenant));
    }

    /** The fields that rules can ask about: those every customer has, and the tenant's in use. One round trip. */
    public FieldCatalog catalog() {
        return FieldCatalog.ofCustomers()
                .and(definitions().stream()
                        .filter(FieldDefinition::isActive)
                        .map(CatalogField::of)
                        .toList());
    }

    /** Her values in the fields in use; none if there is no such customer, or she was erased. Three round trips. */
    public FieldValues values(CustomerId customer) {
        access.require(Right.SEE_PERSONAL_DATA, customer);
        return access.show(
                Right.SEE_PERSONAL_DATA,
                ports.unitOfWork(),
                () -> {
                    CustomerId current = current(customer);
                    return shown(current, byKey(), stored(current));
                },
                values -> List.of(values.customer()));
    }

    /**
     * Her values in the fields in use as they may be shown to those who are not to see personal data, as {@link FieldText}: those of personal
     * fields masked, unless the {@link dev.retailcrm.core.spi.AccessPolicy#shown access policy} says otherwise. None if there is no such
     * customer, or she was erased. Three round trips, one more if a personal field is in clear, which is recorded.
     */
    public Map<String, String> view(CustomerId customer) {
        access.require(Right.READ_CUSTOMER, customer);
        return new FieldViews(access, ports.unitOfWork()).of(() -> {
            CustomerId current = current(customer);
            SortedMap<String, FieldDefinition> fields = byKey();
            return new FieldViews.Found(fields, shown(current, fields, stored(current)));
        });
    }

    /** The keys of the required fields in use of which she has no value, ascending. Three round trips. */
    public List<String> missing(CustomerId customer) {
        access.require(Right.READ_CUSTOMER, customer);
        return ports.unitOfWork().read(() -> ValueDecision.missing(byKey(), stored(current(customer))));
    }

    /** The customer she is by now, if she was merged. */
    private CustomerId current(CustomerId customer) {
        return Survivors.current(
                customer, it -> ports.customers().find(tenant, it).map(CustomerSnapshot::mergedInto));
    }

    /**
     * Sets and clears values of a customer, all of them or none. Who had no value at all gets the initial values of the other fields as well.
     * A patch that changes nothing leaves version, history and events as they are. Ten round trips, one or two more for unique and for
     * personal fields.
     *
     * @return her values after it
     * @throws CrmException {@link CoreError#UNKNOWN_CUSTOMER}; {@link CoreError#CUSTOMER_ERASED}; {@link CoreError#UNKNOWN_FIELD};
     *     {@link CoreError#FIELD_RETIRED}; {@link CoreError#FIELD_VALUE_REFUSED} if a value is of another type or breaks a rule;
     *     {@link CoreError#FIELD_REQUIRED} if a required field would have no value; {@link CoreError#FIELD_VALUE_TAKEN} if another
     *     customer has a value that must be unique; {@link CoreError#REQUEST_KEY_REUSED}
     */
    public FieldValues set(CustomerId customer, FieldPatch patch, RequestKey key) {
        access.require(Right.CHANGE_CUSTOMER, customer);
        Check.present(key, "request key");
        long fingerprint =
                Check.present(patch, "patch").addTo(Fingerprint.of("field.set")).value();
        Instant at = instants.now();
        return ports.unitOfWork().run(() -> {
            var fields = byKey();
            requireEditable(fields, patch);
            Set<FactTopic> topics = topics(fields);
            FieldValues after = Survivors.follow(customer, current -> {
                var command = new SetValues(tenant, ports, current, patch, key, fingerprint, at, actor);
                return observer.watching(
                        tenant, current, topics, at, () -> shown(current, fields, command.run(fields)));
            });
            access.shown(Right.CHANGE_CUSTOMER, List.of(after.customer()));
            return after;
        });
    }

    /** All of them: who had no value gets initial ones too. */
    private static Set<FactTopic> topics(Map<String, FieldDefinition> fields) {
        return fields.keySet().stream().map(FactTopic::customField).collect(Collectors.toSet());
    }

    /**
     * The customers found by a value of a field, by ascending id. Two round trips.
     *
     * @throws CrmException {@link CoreError#UNKNOWN_FIELD}; {@link CoreError#FIELD_RETIRED}; {@link CoreError#INVALID_VALUE} if the field
     *     cannot be searched like this; {@link CoreError#INVALID_CURSOR}
     */
    public Page<CustomerId> search(FieldSearch search, PageRequest page) {
        access.requireSome(Right.SEE_PERSONAL_DATA);
        Check.present(search, "search");
        long last = Check.present(page, "page").afterNumber(0);
        if (last < 0) {
            throw CoreError.INVALID_CURSOR.because("not a cursor of this listing");
        }
        List<CustomerId> found = ports.unitOfWork().read(() -> {
            FieldDefinition field = known(byKey(), search.field());
            if (!field.isActive()) {
                throw CoreError.FIELD_RETIRED.because("field %s is retired", field.key());
            }
            search.requireFit(field);
            if (!field.access().isSeenBy(access)) {
                throw Access.denied(Right.SEE_PERSONAL_DATA);
            }
            CustomerId after = last == 0 ? null : CustomerId.of(last);
            return ports.store().search(tenant, field, search, after, page.size() + 1);
        });
        boolean more = found.size() > page.size();
        List<CustomerId> items = more ? found.subList(0, page.size()) : found;
        return new Page<>(
                access.permitted(Right.SEE_PERSONAL_DATA, items),
                more ? Long.toString(items.get(items.size() - 1).value()) : null);
    }

    private FieldDefinition command(
            RequestKey key,
            Fingerprint content,
            Function<SortedMap<String, FieldDefinition>, FieldDefinition> decision) {
        Check.present(key, "request key");
        long fingerprint = content.value();
        return ports.unitOfWork().run(() -> {
            var fields = byKey(ports.store().lockDefinitions(tenant));
            Optional<Booked> booked = ports.store().booked(tenant, key);
            if (booked.isPresent()) {
                requireSame(booked.get(), fingerprint);
                return known(fields, booked.get().answer());
            }
            FieldDefinition after = decision.apply(fields);
            ports.store().apply(new FieldDefinitionChange(tenant, after, key, new Booked(fingerprint, after.key())));
            return after;
        });
    }

    /** Refuses a request key that was booked for other content. */
    static void requireSame(Booked booked, long fingerprint) {
        if (booked.fingerprint() != fingerprint) {
            throw CoreError.REQUEST_KEY_REUSED.because("the request key was used for other content");
        }
    }

    private SortedMap<String, FieldDefinition> byKey() {
        return byKey(ports.store().definitions(tenant));
    }

    private static SortedMap<String, FieldDefinition> byKey(List<FieldDefinition> definitions) {
        return definitions.stream()
                .collect(toImmutableSortedMap(Comparator.naturalOrder(), FieldDefinition::key, it -> it));
    }

    private Map<String, FieldValue> stored(CustomerId customer) {
        return ports.store().values(tenant, List.of(customer)).getOrDefault(customer, Map.of());
    }

    private void requireEditable(Map<String, FieldDefinition> fields, FieldPatch patch) {
        for (String key : patch.values().keySet()) {
            FieldDefinition field = fields.get(key);
            if (field != null && !field.access().isEditedBy(access)) {
                throw Access.denied(Right.CHANGE_CUSTOMER);
            }
        }
    }

    private FieldValues shown(
            CustomerId customer, Map<String, FieldDefinition> fields, Map<String, FieldValue> stored) {
        return new FieldValues(
                customer,
                stored.entrySet().stream()
                        .filter(it -> fields.containsKey(it.getKey()) && isShown(known(fields, it.getKey())))
                        .collect(toImmutableSortedMap(
                                Comparator.naturalOrder(), Map.Entry::getKey, Map.Entry::getValue)));
    }

    private boolean isShown(FieldDefinition field) {
        return field.isActive() && field.access().isSeenBy(access);
    }

    private static FieldDefinition known(Map<String, FieldDefinition> fields, String key) {
        FieldDefinition known = fields.get(key);
        if (known == null) {
            throw CoreError.UNKNOWN_FIELD.with(Map.of("field", key), "there is no field %s", key);
        }
        return known;
    }

    private static Fingerprint content(String command, FieldDefinition definition) {
        return Fingerprint.of(command).and(FieldDefinitionJson.of(definition));
    }
}

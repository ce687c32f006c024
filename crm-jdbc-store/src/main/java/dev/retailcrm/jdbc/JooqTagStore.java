package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_CUSTOMER;
import static dev.retailcrm.jdbc.schema.Tables.CRM_TAG_ASSIGNMENT;
import static dev.retailcrm.jdbc.schema.Tables.CRM_TAG_CATALOG;
import static dev.retailcrm.jdbc.schema.Tables.CRM_TAG_DEFINITION;
import static dev.retailcrm.jdbc.schema.Tables.CRM_TAG_ENTRY;
import static dev.retailcrm.jdbc.schema.Tables.CRM_TAG_REQUEST;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.noCondition;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.RequestStore.Booked;
import dev.retailcrm.tags.TagAct;
import dev.retailcrm.tags.TagCatalog;
import dev.retailcrm.tags.TagEntry;
import dev.retailcrm.tags.TagMark;
import dev.retailcrm.tags.spi.TagChange;
import dev.retailcrm.tags.spi.TagDefinitionChange;
import dev.retailcrm.tags.spi.TagItem;
import dev.retailcrm.tags.spi.TagSnapshot;
import dev.retailcrm.tags.spi.TagStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jooq.Condition;
import org.jspecify.annotations.Nullable;

/**
 * Tags in {@code crm_tag_catalog}, {@code crm_tag_definition}, {@code crm_tag_request}, {@code crm_tag_assignment}, {@code crm_tag_entry} and
 * {@code crm_tag_tally}. A customer's tags are locked with her record in {@code crm_customer}. Definitions are copied as they are read; a
 * copy answers while the head of the tenant's definitions carries the stamp it was made under. Thread-safe.
 */
final class JooqTagStore implements TagStore {
    private final JdbcUnitOfWork work;
    private final StampedCopies<TenantId, TagCatalog> copies = new StampedCopies<>(
            CRM_TAG_CATALOG.STAMP,
            List.of(new StampedCopies.Name<>(CRM_TAG_CATALOG.TENANT_ID, TenantId::value)),
            false,
            TagCatalog.empty(),
            JooqTagStore::read);

    JooqTagStore(JdbcUnitOfWork work) {
        this.work = work;
    }

    @Override
    public TagCatalog catalog(TenantId tenant) {
        return copies.read(work.session(), tenant);
    }

    @Override
    public TagCatalog lockDefinitions(TenantId tenant) {
        return copies.lockAndRead(work.session(), tenant);
    }

    private static TagCatalog read(Session session, TenantId tenant) {
        var query = session.dsl()
                .select(
                        CRM_TAG_DEFINITION.KIND,
                        CRM_TAG_DEFINITION.ITEM_KEY,
                        CRM_TAG_DEFINITION.VERSION,
                        CRM_TAG_DEFINITION.DEFINITION)
                .from(CRM_TAG_DEFINITION)
                .where(CRM_TAG_DEFINITION.TENANT_ID.eq(tenant.value()));
        return TagCatalog.of(session.fetchFresh(query)
                .map(row -> new TagItem(TagItem.Kind.valueOf(row.value1()), row.value2(), row.value3(), row.value4())));
    }

    @Override
    public Optional<Booked> booked(TenantId tenant, RequestKey key) {
        Session session = work.session();
        var query = session.dsl()
                .select(CRM_TAG_REQUEST.FINGERPRINT, CRM_TAG_REQUEST.ANSWER)
                .from(CRM_TAG_REQUEST)
                .where(CRM_TAG_REQUEST.TENANT_ID.eq(tenant.value()))
                .and(CRM_TAG_REQUEST.REQUEST_KEY.eq(key.value()));
        return session.fetchFresh(query).stream().findFirst().map(row -> new Booked(row.value1(), row.value2()));
    }

    @Override
    public void define(TagDefinitionChange change) {
        Session session = work.session();
        String tenant = change.tenant().value();
        change.deleted()
                .forEach(it -> session.dsl()
                        .deleteFrom(CRM_TAG_DEFINITION)
                        .where(isItem(change.tenant(), it))
                        .execute());
        change.written().forEach(it -> write(session, change.tenant(), it));
        session.dsl()
                .insertInto(CRM_TAG_REQUEST)
                .set(CRM_TAG_REQUEST.TENANT_ID, tenant)
                .set(CRM_TAG_REQUEST.REQUEST_KEY, change.key().value())
                .set(CRM_TAG_REQUEST.FINGERPRINT, change.booked().fingerprint())
                .set(CRM_TAG_REQUEST.ANSWER, change.booked().answer())
                .execute();
        copies.change(session, change.tenant());
    }

    private static void write(Session session, TenantId tenant, TagItem item) {
        int updated = session.dsl()
                .update(CRM_TAG_DEFINITION)
                .set(CRM_TAG_DEFINITION.VERSION, item.version())
                .set(CRM_TAG_DEFINITION.DEFINITION, item.definition())
                .where(isItem(tenant, item))
                .execute();
        if (updated == 0) {
            session.dsl()
                    .insertInto(CRM_TAG_DEFINITION)
                    .set(CRM_TAG_DEFINITION.TENANT_ID, tenant.value())
                    .set(CRM_TAG_DEFINITION.KIND, item.kind().name())
                    .set(CRM_TAG_DEFINITION.ITEM_KEY, item.key())
                    .set(CRM_TAG_DEFINITION.VERSION, item.version())
                    .set(CRM_TAG_DEFINITION.DEFINITION, item.definition())
                    .execute();
        }
    }

    private static Condition isItem(TenantId tenant, TagItem item) {
        return CRM_TAG_DEFINITION
                .TENANT_ID
                .eq(tenant.value())
                .and(CRM_TAG_DEFINITION.KIND.eq(item.kind().name()))
                .and(CRM_TAG_DEFINITION.ITEM_KEY.eq(item.key()));
    }

    /**
     * {@inheritDoc}
     *
     * <p>Separate statements: one that waited for the lock would show PostgreSQL's tags as they were before waiting.
     */
    @Override
    public Map<CustomerId, TagSnapshot> lockAll(TenantId tenant, Collection<CustomerId> customers) {
        Session session = work.session();
        return new TagReads(session, tenant).of(RecordLock.locked(session, tenant, new HashSet<>(customers)));
    }

    @Override
    public Map<CustomerId, TagSnapshot> held(TenantId tenant, Collection<CustomerId> customers) {
        return new TagReads(work.session(), tenant).of(customers);
    }

    @Override
    public boolean apply(TagChange change) {
        Session session = work.session();
        TagChange.Booking booking = change.booking();
        if (booking != null
                && !JooqRequestStore.book(
                        session, change.tenant(), change.customer(), booking.key(), booking.booked())) {
            return false;
        }
        new TagWriter(session, change.tenant()).add(change).write();
        return true;
    }

    @Override
    public void applyAll(List<TagChange> changes) {
        if (!changes.isEmpty()) {
            var writer = new TagWriter(work.session(), changes.get(0).tenant());
            changes.forEach(writer::add);
            writer.write();
        }
    }

    @Override
    public long lockTag(TenantId tenant, String tag, Instant at) {
        return new TagTally(work.session(), tenant).lock(tag, at);
    }

    @Override
    public Map<CustomerId, List<TagMark>> marks(TenantId tenant, Collection<CustomerId> customers) {
        Map<CustomerId, List<TagMark>> found = new TreeMap<>();
        Map<CustomerId, CustomerId> survivors = new HashMap<>();
        work.session()
                .dsl()
                .select(CRM_CUSTOMER.CUSTOMER_ID, CRM_CUSTOMER.MERGED_INTO)
                .select(CRM_TAG_ASSIGNMENT.fields())
                .from(CRM_CUSTOMER)
                .leftJoin(CRM_TAG_ASSIGNMENT)
                .on(CRM_TAG_ASSIGNMENT.TENANT_ID.eq(CRM_CUSTOMER.TENANT_ID))
                .and(CRM_TAG_ASSIGNMENT.CUSTOMER_ID.eq(CRM_CUSTOMER.CUSTOMER_ID))
                .where(CRM_CUSTOMER.TENANT_ID.eq(tenant.value()))
                .and(CRM_CUSTOMER.CUSTOMER_ID.in(Column.ids(customers)))
                .orderBy(CRM_CUSTOMER.CUSTOMER_ID, CRM_TAG_ASSIGNMENT.TAG_KEY)
                .forEach(row -> {
                    CustomerId customer = CustomerId.of(row.get(CRM_CUSTOMER.CUSTOMER_ID));
                    CustomerId survivor = Column.customer(row.get(CRM_CUSTOMER.MERGED_INTO));
                    if (survivor != null) {
                        survivors.put(customer, survivor);
                    } else if (row.get(CRM_TAG_ASSIGNMENT.TAG_KEY) != null) {
                        found.computeIfAbsent(customer, first -> new ArrayList<>())
                                .add(TagRows.mark(row));
                    }
                });
        if (!survivors.isEmpty()) {
            Map<CustomerId, List<TagMark>> theirs = marks(tenant, Set.copyOf(survivors.values()));
            survivors.forEach((customer, survivor) -> {
                List<TagMark> marks = theirs.get(survivor);
                if (marks != null) {
                    found.put(customer, marks);
                }
            });
        }
        return found;
    }

    @Override
    public List<TagEntry> entries(TenantId tenant, CustomerId customer, long after, int limit) {
        Session session = work.session();
        return session.fetchFresh(session.dsl()
                        .selectFrom(CRM_TAG_ENTRY)
                        .where(CRM_TAG_ENTRY.TENANT_ID.eq(tenant.value()))
                        .and(CRM_TAG_ENTRY.CUSTOMER_ID.eq(customer.value()))
                        .and(CRM_TAG_ENTRY.SEQ.gt(after))
                        .orderBy(CRM_TAG_ENTRY.SEQ)
                        .limit(limit))
                .map(TagRows::entry);
    }

    @Override
    public List<CustomerId> holders(
            TenantId tenant, Set<String> tags, Instant at, @Nullable CustomerId after, int limit) {
        return customers(held(tenant, tags, at), after, limit);
    }

    @Override
    public List<CustomerId> marked(TenantId tenant, String tag, @Nullable CustomerId after, int limit) {
        return customers(
                CRM_TAG_ASSIGNMENT.TENANT_ID.eq(tenant.value()).and(CRM_TAG_ASSIGNMENT.TAG_KEY.eq(tag)), after, limit);
    }

    private List<CustomerId> customers(Condition asked, @Nullable CustomerId after, int limit) {
        return work.session()
                .dsl()
                .selectDistinct(CRM_TAG_ASSIGNMENT.CUSTOMER_ID)
                .from(CRM_TAG_ASSIGNMENT)
                .where(asked)
                .and(after == null ? noCondition() : CRM_TAG_ASSIGNMENT.CUSTOMER_ID.gt(after.value()))
                .orderBy(CRM_TAG_ASSIGNMENT.CUSTOMER_ID)
                .limit(limit)
                .fetch(row -> CustomerId.of(row.value1()));
    }

    /** The rows of customers who have one of these tags at an instant. */
    static Condition held(TenantId tenant, Set<String> tags, Instant at) {
        long millis = at.toEpochMilli();
        return CRM_TAG_ASSIGNMENT
                .TENANT_ID
                .eq(tenant.value())
                .and(CRM_TAG_ASSIGNMENT.TAG_KEY.in(tags))
                .and(CRM_TAG_ASSIGNMENT.FROM_MS.le(millis))
                .and(CRM_TAG_ASSIGNMENT.UNTIL_MS.isNull().or(CRM_TAG_ASSIGNMENT.UNTIL_MS.gt(millis)));
    }

    @Override
    public List<CustomerId> over(TenantId tenant, Instant at, int limit) {
        return work.session()
                .dsl()
                .select(CRM_TAG_ASSIGNMENT.CUSTOMER_ID)
                .from(CRM_TAG_ASSIGNMENT)
                .where(CRM_TAG_ASSIGNMENT.TENANT_ID.eq(tenant.value()))
                .and(CRM_TAG_ASSIGNMENT.UNTIL_MS.le(at.toEpochMilli()))
                .and(CRM_TAG_ASSIGNMENT.UNTIL_MS.gt(CRM_TAG_ASSIGNMENT.FROM_MS))
                .groupBy(CRM_TAG_ASSIGNMENT.CUSTOMER_ID)
                .orderBy(min(CRM_TAG_ASSIGNMENT.UNTIL_MS), CRM_TAG_ASSIGNMENT.CUSTOMER_ID)
                .limit(limit)
                .fetch(row -> CustomerId.of(row.value1()));
    }

    @Override
    public long count(TenantId tenant, Set<String> tags, Instant at) {
        return new TagTally(work.session(), tenant).count(tags, at);
    }

    @Override
    public Map<String, Long> counts(TenantId tenant, Instant at) {
        return new TagTally(work.session(), tenant).counts(noCondition(), at);
    }

    @Override
    public int fold(TenantId tenant, Instant before, int limit) {
        Session session = work.session();
        copies.lock(session, tenant);
        return new TagTally(session, tenant).fold(before, limit);
    }

    @Override
    public int remove(TenantId tenant, CustomerId customer, Instant at, int limit) {
        Session session = work.session();
        TagSnapshot hers = new TagReads(session, tenant).of(List.of(customer)).get(customer);
        List<TagMark> these = hers == null
                ? List.of()
                : hers.marks().values().stream().limit(limit).toList();
        these.forEach(it -> session.dsl()
                .deleteFrom(CRM_TAG_ASSIGNMENT)
                .where(CRM_TAG_ASSIGNMENT.TENANT_ID.eq(tenant.value()))
                .and(CRM_TAG_ASSIGNMENT.CUSTOMER_ID.eq(customer.value()))
                .and(CRM_TAG_ASSIGNMENT.TAG_KEY.eq(it.tag()))
                .execute());
        new TagTally(session, tenant)
                .add(these.stream().map(it -> erased(it, at)).toList());
        List<Long> entries = entries(tenant, customer, 0, limit - these.size()).stream()
                .map(TagEntry::seq)
                .toList();
        if (!entries.isEmpty()) {
            session.dsl()
                    .deleteFrom(CRM_TAG_ENTRY)
                    .where(CRM_TAG_ENTRY.TENANT_ID.eq(tenant.value()))
                    .and(CRM_TAG_ENTRY.CUSTOMER_ID.eq(customer.value()))
                    .and(CRM_TAG_ENTRY.SEQ.le(entries.get(entries.size() - 1)))
                    .execute();
        }
        return these.size() + entries.size();
    }

    /** As what is counted, and kept nowhere. */
    private static TagEntry erased(TagMark mark, Instant at) {
        return new TagEntry(1, mark.tag(), TagAct.REMOVED, mark, null, mark.source(), null, mark.actor(), null, at);
    }
}

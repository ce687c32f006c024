package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_AUDIENCE_DRAFT;
import static dev.retailcrm.jdbc.schema.Tables.CRM_AUDIENCE_FROZEN;
import static dev.retailcrm.jdbc.schema.Tables.CRM_AUDIENCE_PICK;
import static dev.retailcrm.jdbc.schema.Tables.CRM_AUDIENCE_STAY;
import static dev.retailcrm.jdbc.schema.Tables.CRM_OUTBOX;

import com.google.common.collect.Lists;
import dev.retailcrm.audience.AudienceChoice;
import dev.retailcrm.audience.AudiencePick;
import dev.retailcrm.audience.AudienceStay;
import dev.retailcrm.audience.StayReason;
import dev.retailcrm.audience.spi.AudienceFile;
import dev.retailcrm.audience.spi.AudienceFileChange;
import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.CustomerStore;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.TableField;

/** What is kept of customers and audiences, read and written by customer. Not thread-safe. */
final class AudienceFiles {
    private static final int IN_A_STATEMENT = 1_000;

    /** Written by hand, as it runs for every event that somebody leaves by. */
    private static final String END = "UPDATE crm_audience_stay SET until_ms = ?, until_for = ?, until_version = ?,"
            + " until_generation = 0 WHERE tenant_id = ? AND customer_id = ? AND audience_key = ? AND stay_no = ?";

    private final Session session;
    private final TenantId tenant;

    AudienceFiles(Session session, TenantId tenant) {
        this.session = session;
        this.tenant = tenant;
    }

    /** Three statements for up to 1,000. */
    Map<CustomerId, AudienceFile> of(Map<CustomerId, CustomerStore.Standing> standings) {
        Map<CustomerId, Map<String, AudienceStay>> stays = new HashMap<>();
        Map<CustomerId, Map<String, AudiencePick>> picks = new HashMap<>();
        Map<CustomerId, Map<String, Optional<CustomerId>>> frozen = new HashMap<>();
        for (List<CustomerId> some : Lists.partition(List.copyOf(standings.keySet()), IN_A_STATEMENT)) {
            read(some, stays, picks, frozen);
        }
        Map<CustomerId, AudienceFile> files = new TreeMap<>();
        standings.forEach((customer, standing) -> files.put(
                customer,
                new AudienceFile(
                        tenant,
                        customer,
                        standing.status(),
                        standing.mergedInto(),
                        stays.getOrDefault(customer, Map.of()),
                        picks.getOrDefault(customer, Map.of()),
                        frozen.getOrDefault(customer, Map.of()))));
        return files;
    }

    private void read(
            List<CustomerId> customers,
            Map<CustomerId, Map<String, AudienceStay>> stays,
            Map<CustomerId, Map<String, AudiencePick>> picks,
            Map<CustomerId, Map<String, Optional<CustomerId>>> frozen) {
        var s = CRM_AUDIENCE_STAY;
        rows(s, s.TENANT_ID, s.CUSTOMER_ID, customers)
                .forEach(row -> put(stays, row.get(s.CUSTOMER_ID))
                        .merge(
                                row.get(s.AUDIENCE_KEY),
                                stay(row),
                                (one, other) -> one.number() > other.number() ? one : other));
        var p = CRM_AUDIENCE_PICK;
        rows(p, p.TENANT_ID, p.CUSTOMER_ID, customers)
                .forEach(row -> put(picks, row.get(p.CUSTOMER_ID)).put(row.get(p.AUDIENCE_KEY), pick(row)));
        var f = CRM_AUDIENCE_FROZEN;
        rows(f, f.TENANT_ID, f.CUSTOMER_ID, customers)
                .forEach(row -> put(frozen, row.get(f.CUSTOMER_ID))
                        .put(row.get(f.SNAPSHOT_KEY), Optional.ofNullable(Column.customer(row.get(f.INHERITED_FROM)))));
    }

    private List<Record> rows(
            Table<Record> table, Field<String> ofTenant, Field<Long> customer, List<CustomerId> customers) {
        return customers.isEmpty()
                ? List.of()
                : session.fetchFresh(session.dsl()
                        .selectFrom(table)
                        .where(ofTenant.eq(tenant.value()))
                        .and(RuleScope.of(customers).holds(customer)));
    }

    private static <T> Map<String, T> put(Map<CustomerId, Map<String, T>> all, Long customer) {
        return all.computeIfAbsent(CustomerId.of(customer), first -> new HashMap<>());
    }

    static AudienceStay stay(Record row) {
        var s = CRM_AUDIENCE_STAY;
        Long until = row.get(s.UNTIL_MS);
        return new AudienceStay(
                row.get(s.AUDIENCE_KEY),
                row.get(s.STAY_NO),
                Instant.ofEpochMilli(row.get(s.FROM_MS)),
                StayReason.valueOf(row.get(s.FROM_FOR)),
                row.get(s.FROM_VERSION),
                until == null
                        ? null
                        : new AudienceStay.End(
                                Instant.ofEpochMilli(until),
                                StayReason.valueOf(row.get(s.UNTIL_FOR)),
                                row.get(s.UNTIL_VERSION)));
    }

    private static AudiencePick pick(Record row) {
        var p = CRM_AUDIENCE_PICK;
        String choice = row.get(p.CHOICE);
        return new AudiencePick(
                row.get(p.AUDIENCE_KEY),
                choice == null ? null : AudienceChoice.valueOf(choice),
                row.get(p.LISTING),
                row.get(p.PENDING),
                Column.customer(row.get(p.INHERITED_FROM)));
    }

    /** Something of a customer's. */
    private record Of<T>(CustomerId customer, T what) {}

    /** The caller holds the customers, so who has no row gets none meanwhile. */
    void write(List<AudienceFileChange> changes) {
        List<Of<AudienceStay>> begun = new ArrayList<>();
        List<Of<AudienceStay>> ended = new ArrayList<>();
        List<Of<AudiencePick>> picks = new ArrayList<>();
        List<Of<String>> thawed = new ArrayList<>();
        List<Of<Map.Entry<String, Optional<CustomerId>>>> frozen = new ArrayList<>();
        List<EventEnvelope> events = new ArrayList<>();
        for (AudienceFileChange change : changes) {
            CustomerId customer = change.customer();
            change.stays().forEach(it -> (it.isOpen() ? begun : ended).add(new Of<>(customer, it)));
            change.picks().forEach(it -> picks.add(new Of<>(customer, it)));
            change.thawed().forEach(it -> thawed.add(new Of<>(customer, it)));
            change.frozen().entrySet().forEach(it -> frozen.add(new Of<>(customer, it)));
            events.addAll(change.events());
        }
        end(ended);
        picks(picks);
        frozen(thawed, frozen);
        BulkInsert.each(
                session,
                Map.of(
                        CRM_AUDIENCE_STAY,
                        begun.stream().map(this::begun).toList(),
                        CRM_OUTBOX,
                        events.stream().map(JooqOutboxStore::columns).toList()));
    }

    private NewRow begun(Of<AudienceStay> stay) {
        var s = CRM_AUDIENCE_STAY;
        AudienceStay it = stay.what();
        return new NewRow()
                .put(s.TENANT_ID, tenant.value())
                .put(s.CUSTOMER_ID, stay.customer().value())
                .put(s.AUDIENCE_KEY, it.audience())
                .put(s.STAY_NO, it.number())
                .put(s.FROM_MS, it.from().toEpochMilli())
                .put(s.FROM_FOR, it.reason().name())
                .put(s.FROM_VERSION, it.version())
                .put(s.FROM_GENERATION, 0L);
    }

    private void end(List<Of<AudienceStay>> stays) {
        session.each(END, stays, (statement, it) -> {
            AudienceStay.End end = Objects.requireNonNull(it.what().end());
            new Bind(statement)
                    .instant(end.at())
                    .text(end.reason().name())
                    .number(end.version())
                    .text(tenant.value())
                    .number(it.customer().value())
                    .text(it.what().audience())
                    .number(it.what().number());
        });
    }

    private void picks(List<Of<AudiencePick>> picks) {
        if (picks.isEmpty()) {
            return;
        }
        var p = CRM_AUDIENCE_PICK;
        Map<CustomerId, Map<String, AudiencePick>> present = new HashMap<>();
        Set<CustomerId> customers = new HashSet<>();
        picks.forEach(it -> customers.add(it.customer()));
        for (List<CustomerId> some : Lists.partition(List.copyOf(customers), IN_A_STATEMENT)) {
            rows(p, p.TENANT_ID, p.CUSTOMER_ID, some)
                    .forEach(row -> put(present, row.get(p.CUSTOMER_ID)).put(row.get(p.AUDIENCE_KEY), pick(row)));
        }
        List<Of<AudiencePick>> gone = new ArrayList<>();
        List<Of<AudiencePick>> changed = new ArrayList<>();
        List<Of<AudiencePick>> added = new ArrayList<>();
        for (Of<AudiencePick> it : picks) {
            boolean there = present.getOrDefault(it.customer(), Map.of())
                    .containsKey(it.what().audience());
            if (there) {
                (it.what().isEmpty() ? gone : changed).add(it);
            } else if (!it.what().isEmpty()) {
                added.add(it);
            }
        }
        Condition isPick = p.TENANT_ID.eq("").and(p.CUSTOMER_ID.eq(0L)).and(p.AUDIENCE_KEY.eq(""));
        session.each(
                session.dsl().deleteFrom(p).where(isPick).getSQL(),
                gone,
                (statement, it) -> key(new Bind(statement), it));
        session.each(
                session.dsl()
                        .update(p)
                        .set(p.CHOICE, "")
                        .set(p.LISTING, 0L)
                        .set(p.PENDING, 0L)
                        .set(p.INHERITED_FROM, 0L)
                        .where(isPick)
                        .getSQL(),
                changed,
                (statement, it) -> key(said(new Bind(statement), it.what()), it));
        session.each(
                session.dsl()
                        .insertInto(
                                p,
                                p.CHOICE,
                                p.LISTING,
                                p.PENDING,
                                p.INHERITED_FROM,
                                p.TENANT_ID,
                                p.CUSTOMER_ID,
                                p.AUDIENCE_KEY)
                        .values((String) null, null, null, null, null, null, null)
                        .getSQL(),
                added,
                (statement, it) -> key(said(new Bind(statement), it.what()), it));
    }

    private static Bind said(Bind bind, AudiencePick pick) throws SQLException {
        AudienceChoice choice = pick.choice();
        CustomerId from = pick.inheritedFrom();
        return bind.text(choice == null ? null : choice.name())
                .number(pick.listing())
                .number(pick.pending())
                .numberOrNull(from == null ? 0 : from.value());
    }

    private void key(Bind bind, Of<AudiencePick> pick) throws SQLException {
        bind.text(tenant.value())
                .number(pick.customer().value())
                .text(pick.what().audience());
    }

    private void frozen(List<Of<String>> thawed, List<Of<Map.Entry<String, Optional<CustomerId>>>> frozen) {
        if (thawed.isEmpty() && frozen.isEmpty()) {
            return;
        }
        var f = CRM_AUDIENCE_FROZEN;
        session.each(
                session.dsl()
                        .deleteFrom(f)
                        .where(f.TENANT_ID.eq("").and(f.CUSTOMER_ID.eq(0L)).and(f.SNAPSHOT_KEY.eq("")))
                        .getSQL(),
                thawed,
                (statement, it) -> new Bind(statement)
                        .text(tenant.value())
                        .number(it.customer().value())
                        .text(it.what()));
        session.each(
                session.dsl()
                        .insertInto(f, f.TENANT_ID, f.CUSTOMER_ID, f.SNAPSHOT_KEY, f.INHERITED_FROM)
                        .values((String) null, null, null, null)
                        .getSQL(),
                frozen,
                (statement, it) -> new Bind(statement)
                        .text(tenant.value())
                        .number(it.customer().value())
                        .text(it.what().getKey())
                        .numberOrNull(
                                it.what().getValue().map(CustomerId::value).orElse(0L)));
    }

    int remove(CustomerId customer, int limit) {
        int removed = remove(CRM_AUDIENCE_STAY, CRM_AUDIENCE_STAY.AUDIENCE_KEY, customer, limit);
        removed += remove(CRM_AUDIENCE_PICK, CRM_AUDIENCE_PICK.AUDIENCE_KEY, customer, limit - removed);
        removed += remove(CRM_AUDIENCE_DRAFT, CRM_AUDIENCE_DRAFT.AUDIENCE_KEY, customer, limit - removed);
        return removed + remove(CRM_AUDIENCE_FROZEN, CRM_AUDIENCE_FROZEN.SNAPSHOT_KEY, customer, limit - removed);
    }

    /** Whole keys, at most so many; of one audience all stays at once. */
    private int remove(Table<Record> table, TableField<Record, String> key, CustomerId customer, int limit) {
        Field<String> ofTenant = Objects.requireNonNull(table.field(CRM_AUDIENCE_STAY.TENANT_ID));
        Field<Long> hers = Objects.requireNonNull(table.field(CRM_AUDIENCE_STAY.CUSTOMER_ID));
        Condition isHers = ofTenant.eq(tenant.value()).and(hers.eq(customer.value()));
        Collection<String> keys = limit <= 0
                ? List.of()
                : session.dsl()
                        .selectDistinct(key)
                        .from(table)
                        .where(isHers)
                        .orderBy(key)
                        .limit(limit)
                        .fetch(key);
        return keys.isEmpty()
                ? 0
                : session.dsl()
                        .deleteFrom(table)
                        .where(isHers)
                        .and(key.in(keys))
                        .execute();
    }
}

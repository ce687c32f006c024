package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_AUDIENCE_STAY;
import static dev.retailcrm.jdbc.schema.Tables.CRM_BEHAVIOR;
import static dev.retailcrm.jdbc.schema.Tables.CRM_CUSTOMER;
import static dev.retailcrm.jdbc.schema.Tables.CRM_LIFECYCLE;
import static dev.retailcrm.jdbc.schema.Tables.CRM_MEMBERSHIP;
import static dev.retailcrm.jdbc.schema.Tables.CRM_TIER;
import static dev.retailcrm.jdbc.schema.tables.CrmTagAssignment.CRM_TAG_ASSIGNMENT;

import com.google.common.collect.Maps;
import dev.retailcrm.assets.rule.AssetFacts;
import dev.retailcrm.assets.tier.TierFacts;
import dev.retailcrm.assets.tier.TierStanding;
import dev.retailcrm.assets.tier.TierText;
import dev.retailcrm.core.behavior.Properties;
import dev.retailcrm.core.behavior.Retention;
import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.membership.Member;
import dev.retailcrm.core.rule.CustomerFacts;
import dev.retailcrm.core.rule.EventFact;
import dev.retailcrm.core.rule.KernelFacts;
import dev.retailcrm.core.rule.MarkFact;
import dev.retailcrm.core.rule.RequiredFacts;
import dev.retailcrm.core.rule.TradeEvent;
import dev.retailcrm.core.spi.RuleQuery;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** Reads what a rule requires to be known of customers: a statement for each table that is asked about. Not thread-safe. */
final class RuleFacts {
    private final Session session;
    private final Sealing sealing;
    private final TenantId tenant;
    private final RuleQuery query;
    private final RequiredFacts required;
    private final Map<Long, CustomerFacts.Builder> found = new HashMap<>();

    RuleFacts(Session session, Sealing sealing, TenantId tenant, RuleQuery query) {
        this.session = session;
        this.sealing = sealing;
        this.tenant = tenant;
        this.query = query;
        this.required = query.rule().requiredFacts();
    }

    Map<CustomerId, CustomerFacts> of(Collection<CustomerId> customers) {
        records(Column.ids(customers));
        if (!found.isEmpty()) {
            Set<Long> active = Set.copyOf(found.keySet());
            values(active);
            tags(active);
            audiences(active);
            member(active);
            stage(active);
            behavior(active);
            new RuleTradeFacts(session, tenant, required, found).read(active);
            new RuleAssetFacts(session, tenant, AssetFacts.of(required)).read(found);
            tiers(active);
        }
        Map<CustomerId, CustomerFacts> facts = new HashMap<>();
        found.forEach((id, builder) -> facts.put(CustomerId.of(id), builder.build()));
        return facts;
    }

    private boolean asks(String prefix) {
        return required.fields().stream().anyMatch(name -> name.startsWith(prefix));
    }

    private CustomerFacts.@Nullable Builder of(Long customer) {
        return found.get(customer);
    }

    private void records(Collection<Long> ids) {
        var c = CRM_CUSTOMER;
        List<Field<?>> wanted =
                asks("profile.") || asks("joining.") || asks("status") ? RuleProfile.COLUMNS : List.of(c.CUSTOMER_ID);
        session.fetchFresh(session.dsl()
                        .select(wanted)
                        .from(c)
                        .where(c.TENANT_ID.eq(tenant.value()))
                        .and(c.CUSTOMER_ID.in(ids))
                        .and(c.STATUS.eq(CustomerStatus.ACTIVE.name()))
                        .and(c.MERGED_INTO.isNull()))
                .forEach(row -> {
                    var facts = CustomerFacts.of(required);
                    found.put(row.get(c.CUSTOMER_ID), facts);
                    if (wanted.size() > 1) {
                        RuleProfile.add(row, new KernelFacts(facts));
                    }
                });
    }

    private void values(Collection<Long> ids) {
        Set<String> keys = RuleFields.customKeys(required.fields());
        if (!keys.isEmpty()) {
            new FieldRows(session, sealing, tenant)
                    .find(ids.stream().map(CustomerId::of).toList(), keys)
                    .forEach((customer, values) -> {
                        var facts = of(customer.value());
                        if (facts != null) {
                            values.forEach((key, value) -> facts.field(RuleFields.CUSTOM + key, value));
                        }
                    });
        }
    }

    private void tags(Collection<Long> ids) {
        if (required.tags().isEmpty()) {
            return;
        }
        var a = CRM_TAG_ASSIGNMENT;
        session.fetchFresh(session.dsl()
                        .select(
                                a.CUSTOMER_ID,
                                a.TAG_KEY,
                                a.FROM_MS,
                                a.UNTIL_MS,
                                a.VALUE_TYPE,
                                a.TEXT_VALUE,
                                a.LONG_VALUE,
                                a.DECIMAL_VALUE)
                        .from(a)
                        .where(a.TENANT_ID.eq(tenant.value()))
                        .and(a.CUSTOMER_ID.in(ids))
                        .and(a.TAG_KEY.in(required.tags())))
                .forEach(row -> {
                    var facts = of(row.get(a.CUSTOMER_ID));
                    if (facts != null) {
                        facts.tag(row.get(a.TAG_KEY), mark(row));
                    }
                });
    }

    private void audiences(Collection<Long> ids) {
        if (required.audiences().isEmpty()) {
            return;
        }
        var s = CRM_AUDIENCE_STAY;
        session.fetchFresh(session.dsl()
                        .select(s.CUSTOMER_ID, s.AUDIENCE_KEY, s.FROM_MS)
                        .from(s)
                        .where(s.TENANT_ID.eq(tenant.value()))
                        .and(s.CUSTOMER_ID.in(ids))
                        .and(s.AUDIENCE_KEY.in(required.audiences()))
                        .and(s.UNTIL_MS.isNull()))
                .forEach(row -> {
                    var facts = of(row.value1());
                    if (facts != null) {
                        facts.audience(row.value2(), new MarkFact(Instant.ofEpochMilli(row.value3()), null, null));
                    }
                });
    }

    private static MarkFact mark(Record row) {
        var a = CRM_TAG_ASSIGNMENT;
        String type = row.get(a.VALUE_TYPE);
        FieldValue value = type == null
                ? null
                : FieldColumns.item(
                        FieldType.valueOf(type),
                        row.get(a.TEXT_VALUE),
                        row.get(a.LONG_VALUE),
                        row.get(a.DECIMAL_VALUE));
        Long until = row.get(a.UNTIL_MS);
        return new MarkFact(
                Instant.ofEpochMilli(row.get(a.FROM_MS)), until == null ? null : Instant.ofEpochMilli(until), value);
    }

    private void member(Collection<Long> ids) {
        if (asks("member.")) {
            var m = CRM_MEMBERSHIP;
            session.fetchFresh(session.dsl()
                            .selectFrom(m)
                            .where(m.TENANT_ID.eq(tenant.value()))
                            .and(m.CUSTOMER_ID.in(ids)))
                    .forEach(row -> {
                        var facts = of(row.get(m.CUSTOMER_ID));
                        Member member = JooqMembershipStore.member(row);
                        if (facts != null && member != null) {
                            new KernelFacts(facts).member(member);
                        }
                    });
        }
    }

    private void stage(Collection<Long> ids) {
        if (asks("lifecycle.")) {
            var l = CRM_LIFECYCLE;
            session.fetchFresh(session.dsl()
                            .selectFrom(l)
                            .where(l.TENANT_ID.eq(tenant.value()))
                            .and(l.CUSTOMER_ID.in(ids)))
                    .forEach(row -> {
                        var facts = of(row.get(l.CUSTOMER_ID));
                        if (facts != null) {
                            new KernelFacts(facts).stage(JooqStageStore.snapshot(tenant, row));
                        }
                    });
        }
    }

    private void tiers(Collection<Long> ids) {
        TierFacts wanted = TierFacts.of(required, query.rule().catalog());
        if (wanted.isEmpty()) {
            return;
        }
        var t = CRM_TIER;
        Map<Long, Map<String, TierStanding>> standings = new HashMap<>();
        session.fetchFresh(session.dsl()
                        .select(t.CUSTOMER_ID, t.STANDINGS)
                        .from(t)
                        .where(t.TENANT_ID.eq(tenant.value()))
                        .and(t.CUSTOMER_ID.in(ids)))
                .forEach(row -> standings.put(
                        row.value1(), Maps.uniqueIndex(TierText.standings(row.value2()), TierStanding::program)));
        found.forEach((customer, facts) -> wanted.add(facts, standings.getOrDefault(customer, Map.of())));
    }

    private void behavior(Collection<Long> ids) {
        Map<String, Map<String, FieldType>> types = new HashMap<>();
        required.events().stream()
                .filter(type -> TradeEvent.of(type).isEmpty())
                .forEach(type -> types.put(
                        type,
                        Maps.filterKeys(
                                query.rule().catalog().properties(type).orElse(Map.of()),
                                required.properties(type)::contains)));
        if (types.isEmpty()) {
            return;
        }
        var e = CRM_BEHAVIOR;
        session.fetchFresh(session.dsl()
                        .select(e.CUSTOMER_ID, e.TYPE, e.OCCURRED_MS, e.PROPERTIES)
                        .from(e)
                        .where(e.TENANT_ID.eq(tenant.value()))
                        .and(e.CUSTOMER_ID.in(ids))
                        .and(e.TYPE.in(types.keySet()))
                        .orderBy(e.CUSTOMER_ID, e.OCCURRED_MS, e.SOURCE, e.EVENT_ID))
                .forEach(row -> {
                    String type = row.value2();
                    Instant at = Instant.ofEpochMilli(row.value3());
                    var facts = of(row.value1());
                    if (facts != null && isKept(type, at)) {
                        Map<String, FieldType> properties = types.getOrDefault(type, Map.of());
                        facts.event(
                                type,
                                properties.isEmpty()
                                        ? EventFact.at(at)
                                        : EventFact.of(at, Properties.parse(row.value4()), properties));
                    }
                });
    }

    private boolean isKept(String type, Instant at) {
        for (Retention retention : query.retentions()) {
            if (retention.type().equals(type) && retention.isPast(at)) {
                return false;
            }
        }
        return true;
    }
}

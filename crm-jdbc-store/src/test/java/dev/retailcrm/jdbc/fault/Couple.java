package dev.retailcrm.jdbc.fault;

import dev.retailcrm.assets.ledger.Expiry;
import dev.retailcrm.assets.ledger.Grant;
import dev.retailcrm.assets.ledger.Ledger;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.stored.TopUp;
import dev.retailcrm.core.behavior.BehaviorEvent;
import dev.retailcrm.core.behavior.BehaviorId;
import dev.retailcrm.core.behavior.BehaviorType;
import dev.retailcrm.core.behavior.TimelineQuery;
import dev.retailcrm.core.behavior.Visitor;
import dev.retailcrm.core.consent.Channel;
import dev.retailcrm.core.consent.ContactTopic;
import dev.retailcrm.core.consent.Declaration;
import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.field.FieldDefinition;
import dev.retailcrm.core.field.FieldPatch;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.membership.Enrolment;
import dev.retailcrm.core.membership.MemberNumbers;
import dev.retailcrm.core.membership.Notice;
import dev.retailcrm.core.merge.MergeStrategy;
import dev.retailcrm.core.ownership.Instruction;
import dev.retailcrm.core.ownership.Owner;
import dev.retailcrm.core.trade.Order;
import dev.retailcrm.core.trade.OrderLine;
import dev.retailcrm.core.trade.OrderNumber;
import dev.retailcrm.core.trade.Refund;
import dev.retailcrm.jdbc.JdbcTenant;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * Two customers with everything a customer can have, who are merged and taken apart in turn. A tenant of their own, and a clock that only
 * tells the number of the step, so that two couples who took as many steps have the same rows. Not thread-safe.
 */
final class Couple {
    private static final Instant START = Couples.START;
    private static final CurrencyUnit CNY = CurrencyUnit.of("CNY");
    private static final ContactTopic SMS = ContactTopic.of("marketing", Channel.SMS);

    /** What differs from couple to couple: hashes of their ids, and what is drawn at random. */
    private static final Set<String> MASKED = Set.of("tenant_id", "fingerprint", "stamp");

    private final Couples all;
    private final String name;
    private final JdbcTenant tenant;
    private final CustomerId ann;
    private final CustomerId bob;
    private final Map<String, CustomerId> names = new TreeMap<>();

    private Couple(Couples all, String name) {
        all.set(START);
        this.all = all;
        this.name = name;
        this.tenant = all.crm.tenant(name);
        this.ann = register("Ann", "138 0013 8000");
        CustomerId second = register("Bob", "139 0013 9000");
        // Registered again while they are one, he is answered as Ann.
        this.bob = second.equals(ann) ? tenant.merges().of(ann).get(0).merged() : second;
    }

    /** Finds a couple. */
    static Couple of(Couples all, String name) {
        return new Couple(all, name).named();
    }

    /** Makes a couple. */
    static Couple prepare(Couples all, String name) {
        var couple = new Couple(all, name);
        couple.tenant.behavior().define(BehaviorType.of("visited"));
        couple.tenant.fields().define(FieldDefinition.of("size", "Shoe size", FieldType.LONG), RequestKey.of("define"));
        couple.furnish(couple.ann, "ann");
        couple.furnish(couple.bob, "bob");
        return couple.named();
    }

    private CustomerId register(String who, String phone) {
        return tenant.customers()
                .register(Registration.of(who)
                        .phone(phone)
                        .memberCard("card of " + who)
                        .at(START)
                        .key("register/" + who))
                .id();
    }

    private void furnish(CustomerId customer, String who) {
        var points = tenant.points();
        points.earn(
                customer, Grant.of(200).costing(Money.of(CNY, 2)).expiring(Expiry.days(3)), Posting.key(who + "/earn"));
        points.earn(customer, 50, Posting.key(who + "/more"));
        points.spend(customer, 45, Posting.key(who + "/spend"));
        points.refund(customer, RequestKey.of(who + "/spend"), 5, Posting.key(who + "/refund"));
        tenant.storedValue(CNY)
                .topUp(customer, TopUp.of(Money.of(CNY, 20)).bonus(Money.of(CNY, 3)), Posting.key(who + "/top-up"));
        var declared = Declaration.ofCustomer(who + "/consent", "web-form");
        if (who.equals("ann")) {
            tenant.consents().optIn(customer, SMS, declared);
        } else {
            tenant.consents().withdraw(customer, SMS, declared);
        }
        var trade = tenant.trade(tenant.lifecycle().observer());
        var number = OrderNumber.of("pos", who + "-1");
        trade.record(Order.of(customer, number, START, List.of(OrderLine.of("tea", Money.of(CNY, 9)))));
        trade.record(
                Order.of(customer, OrderNumber.of("pos", "same"), START, List.of(OrderLine.of(who, Money.of(CNY, 1)))));
        trade.refund(Refund.of(customer, number, "R1", START, Money.of(CNY, 4)));
        var behavior = tenant.behavior();
        behavior.record(BehaviorEvent.of(customer, "visited", BehaviorId.of("web", who), START));
        behavior.link(browser(who), customer, RequestKey.of(who + "/link"));
        tenant.fields()
                .set(
                        customer,
                        FieldPatch.none().set("size", FieldValue.number(who.length() + who.charAt(0))),
                        RequestKey.of(who + "/size"));
        tenant.ownership().assign(customer, Owner.staff(who + "'s"), Instruction.by("head", who + "/owner"));
        tenant.membership(numbered(who)).join(customer, Enrolment.of(Notice.ofStaff("kim", who + "/join")));
    }

    private static Visitor browser(String who) {
        return Visitor.of("web", who + "-0123456789abcdef");
    }

    private static MemberNumbers numbered(String who) {
        return new MemberNumbers() {
            @Override
            public String next() {
                return "M-" + who;
            }

            @Override
            public boolean isValid(String number) {
                return number.startsWith("M-");
            }
        };
    }

    /** Sets the clock to a step. */
    Couple at(int step) {
        all.set(START.plus(Duration.ofMinutes(step)));
        return this;
    }

    /** Merges them with an odd step, and takes them apart with an even one. */
    void step(int number) {
        at(number);
        RequestKey key = RequestKey.of("step/" + number);
        if (number % 2 == 1) {
            tenant.merges().merge(ann, bob, MergeStrategy.standard(), key);
        } else {
            tenant.merges().unmerge(bob, key);
        }
    }

    /** What is asked about both, which does not name them: the same before a merge and after its end. */
    List<String> answers() {
        List<String> answers = new ArrayList<>();
        for (CustomerId customer : List.of(ann, bob)) {
            answers.add("points " + tenant.points().balance(customer));
            answers.add("value " + tenant.storedValue(CNY).balance(customer));
            answers.add("sms " + tenant.consents().mayContact(customer, SMS).reason());
            answers.add("trade " + tenant.trade().statistics(customer, CNY));
            answers.add("events "
                    + tenant.behavior().timeline(TimelineQuery.of(customer), PageRequest.first(9)).items().stream()
                            .map(it -> it.id())
                            .toList());
            answers.add("fields " + tenant.fields().values(customer).values());
            answers.add("owner "
                    + tenant.ownership().ownerOf(customer).map(it -> it.owner().toString()));
            answers.add("member " + tenant.membership().find(customer).map(it -> it.status()));
            answers.add("stage " + tenant.lifecycle().stage(customer));
        }
        for (Identity identity : List.of(
                tenant.customers().phone("13800138000"),
                tenant.customers().phone("13900139000"),
                Identity.memberCard("card of Ann"),
                Identity.memberCard("M-bob"))) {
            answers.add(identity.kind() + " of "
                    + tenant.customers().findBy(identity).map(it -> it.id()));
        }
        return answers.stream().map(this::nameless).toList();
    }

    /** All points and all stored value, whoever has them. */
    List<Long> totals() {
        return List.of(
                total(tenant.points().ledger()), total(tenant.storedValue(CNY).ledger()));
    }

    private static long total(Ledger ledger) {
        return ledger.reads().sums(PageRequest.first(100)).items().stream()
                .mapToLong(sums -> {
                    if (!sums.agree()) {
                        throw new AssertionError("a ledger does not agree: " + sums);
                    }
                    return sums.posted();
                })
                .sum();
    }

    /** Every row of theirs in every table, which does not name them. */
    List<String> rows() throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = all.pool.getConnection()) {
            for (String table : tables(connection)) {
                try (var query = connection.prepareStatement("SELECT * FROM " + table + " WHERE tenant_id = ?")) {
                    query.setString(1, name);
                    try (ResultSet found = query.executeQuery()) {
                        while (found.next()) {
                            rows.add(nameless(table.toLowerCase(Locale.ROOT) + row(found)));
                        }
                    }
                }
            }
        }
        rows.sort(null);
        return rows;
    }

    private static Set<String> tables(Connection connection) throws SQLException {
        Map<String, Boolean> tables = new TreeMap<>();
        try (ResultSet columns = connection.getMetaData().getColumns(connection.getCatalog(), null, "%", "%")) {
            while (columns.next()) {
                String table = columns.getString("TABLE_NAME");
                if (table.toLowerCase(Locale.ROOT).startsWith("crm_")
                        && columns.getString("COLUMN_NAME").equalsIgnoreCase("tenant_id")) {
                    tables.put(table, true);
                }
            }
        }
        return tables.keySet();
    }

    private static String row(ResultSet found) throws SQLException {
        var text = new StringBuilder();
        for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
            String column = found.getMetaData().getColumnName(i).toLowerCase(Locale.ROOT);
            if (!MASKED.contains(column)) {
                Object value = found.getObject(i);
                text.append('|')
                        .append(column)
                        .append('=')
                        .append(value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : found.getString(i));
            }
        }
        return text.toString();
    }

    private String nameless(String text) {
        String nameless = text;
        for (Map.Entry<String, CustomerId> entry : names.entrySet()) {
            CustomerId id = entry.getValue();
            nameless =
                    nameless.replace(id.toString(), entry.getKey()).replace(Long.toString(id.value()), entry.getKey());
        }
        return nameless;
    }

    /** Gives the own ids of their browsers names too. */
    private Couple named() {
        names.put("<ann>", ann);
        names.put("<bob>", bob);
        for (String who : List.of("ann", "bob")) {
            tenant.behavior().visitor(browser(who)).ifPresent(it -> names.put("<browser of " + who + ">", it.id()));
        }
        return this;
    }

    /**
     * Waits until a step that a killed process had begun is over: a server may still be committing what it was sent. By a lock, since every
     * step locks both first.
     */
    Couple settled() throws SQLException {
        try (Connection connection = all.pool.getConnection();
                var lock = connection.prepareStatement(
                        "SELECT customer_id FROM crm_customer WHERE tenant_id = ? ORDER BY customer_id FOR UPDATE")) {
            lock.setString(1, name);
            lock.executeQuery().close();
        }
        return this;
    }

    /** Whether they are one by now. */
    boolean isMerged() {
        return ann.equals(tenant.customers().current(Set.of(bob)).get(bob));
    }
}

package dev.retailcrm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retailcrm.assets.checkout.Basket;
import dev.retailcrm.assets.checkout.BasketLine;
import dev.retailcrm.assets.checkout.CheckoutOrder;
import dev.retailcrm.assets.checkout.CheckoutPolicy;
import dev.retailcrm.assets.checkout.PointsRate;
import dev.retailcrm.assets.coupon.CouponBenefit;
import dev.retailcrm.assets.coupon.CouponClaim;
import dev.retailcrm.assets.coupon.CouponCode;
import dev.retailcrm.assets.coupon.CouponId;
import dev.retailcrm.assets.coupon.CouponLimits;
import dev.retailcrm.assets.coupon.CouponTemplate;
import dev.retailcrm.assets.coupon.PresentedCode;
import dev.retailcrm.assets.earn.CapPeriod;
import dev.retailcrm.assets.earn.EarnCap;
import dev.retailcrm.assets.earn.EarnRule;
import dev.retailcrm.assets.earn.EarningProgram;
import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.points.Points;
import dev.retailcrm.assets.stored.GiftCardIssue;
import dev.retailcrm.assets.stored.PresentedCard;
import dev.retailcrm.assets.stored.StoredValue;
import dev.retailcrm.assets.stored.TopUp;
import dev.retailcrm.core.behavior.Behavior;
import dev.retailcrm.core.behavior.BehaviorEvent;
import dev.retailcrm.core.behavior.BehaviorId;
import dev.retailcrm.core.behavior.BehaviorType;
import dev.retailcrm.core.behavior.TimelineQuery;
import dev.retailcrm.core.consent.Channel;
import dev.retailcrm.core.consent.ContactTopic;
import dev.retailcrm.core.consent.Declaration;
import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.ownership.Instruction;
import dev.retailcrm.core.ownership.Owner;
import dev.retailcrm.core.rule.CompiledRule;
import dev.retailcrm.core.rule.Rule;
import dev.retailcrm.core.rule.Rules;
import dev.retailcrm.core.trade.Order;
import dev.retailcrm.core.trade.OrderLine;
import dev.retailcrm.core.trade.OrderNumber;
import dev.retailcrm.core.trade.Refund;
import dev.retailcrm.core.trade.Trade;
import dev.retailcrm.jdbc.PartitionPlans.Mode;
import dev.retailcrm.jdbc.PartitionPlans.Plan;
import dev.retailcrm.jdbc.server.TestDatabase;
import dev.retailcrm.jdbc.server.TestPostgres;
import dev.retailcrm.tags.TagDefinition;
import dev.retailcrm.tags.Tagging;
import dev.retailcrm.tags.spi.SyncPhase;
import dev.retailcrm.tags.sync.SyncPolicy;
import dev.retailcrm.tags.sync.SyncSetup;
import dev.retailcrm.tck.MutableClock;
import dev.retailcrm.tck.SampleChannel;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/** Every statement of a hot command touches one partition of each table: the customer's, or the one of the key it looks up. */
class PartitionPlansTest {
    private static final CurrencyUnit CNY = CurrencyUnit.of("CNY");
    private static final Set<String> LOOK_UPS = Set.of(
            "crm_identity_lookup",
            "crm_gift_card_code",
            "crm_coupon_code",
            "crm_coupon_batch",
            "crm_coupon_template",
            "crm_coupon_taken",
            "crm_asset_catalog",
            "crm_asset_definition",
            "crm_tag_catalog",
            "crm_tag_definition",
            "crm_tag_tally",
            "crm_sync_run",
            "crm_sync_link");
    private static final List<String> BOOKED = List.of("crm_request", "crm_entry", "crm_account", "crm_outbox");
    private static final AtomicInteger CUSTOMERS = new AtomicInteger();

    private static final TestDatabase DATABASE = create();
    private static final PartitionPlans PLANS = new PartitionPlans();
    private static final StatementLog LOG = new StatementLog(PLANS);
    private static final JdbcTenant TENANT = JdbcCrm.builder(LOG.on(DATABASE.dataSource()))
            .clock(MutableClock.at("2026-03-02T09:00:00Z"))
            .region("CN")
            .build()
            .tenant("acme");

    private final Points points = TENANT.points();
    private final StoredValue stored = TENANT.storedValue(CNY);
    private final String phone = "+861380013%04d".formatted(CUSTOMERS.incrementAndGet());
    private final CustomerId ann = TENANT.customers()
            .register(Registration.of("Ann").phone(phone).key(phone))
            .id();

    private static TestDatabase create() {
        TestDatabase database = TestPostgres.fast().newDatabase("plans");
        PartitionedTables.create(database.dataSource());
        return database;
    }

    @Test
    void register() throws SQLException {
        PLANS.drain();
        CustomerId bob = TENANT.customers()
                .register(Registration.of("Bob")
                        .phone(phone.replace("138", "139"))
                        .key("bob/" + phone))
                .id();

        Set<String> tables = touched(bob, 3); // registration, phone, its last four

        assertThat(tables).contains("crm_customer", "crm_identity", "crm_identity_lookup", "crm_request", "crm_outbox");
    }

    @Test
    void look_up_by_phone() throws SQLException {
        Set<String> tables = of(() -> TENANT.customers().findBy(Identity.phone(phone)));

        assertThat(tables).containsOnly("crm_identity_lookup", "crm_customer", "crm_data_key", "crm_identity");
    }

    @Test
    void look_up_by_the_last_four_of_customers_who_are_anywhere() {
        String four = phone.substring(phone.length() - 4);
        PLANS.drain();

        TENANT.customers().viewByLastFour(four, PageRequest.first(9));

        assertThat(PLANS.drain())
                .isNotEmpty()
                .allSatisfy(plan ->
                        assertThat(plan.touched().get("crm_identity_lookup")).hasSize(1));
    }

    @Test
    void earn() throws SQLException {
        Set<String> first = of(() -> points.earn(ann, 10, Posting.key("first")));
        Set<String> second = of(() -> points.earn(ann, 10, Posting.key("second")));

        assertThat(first).containsAll(BOOKED).contains("crm_customer", "crm_wallet", "crm_lot");
        assertThat(second).containsAll(BOOKED).contains("crm_lot");
    }

    @Test
    void spend() throws SQLException {
        points.earn(ann, 10, Posting.key("earn-1"));
        points.earn(ann, 10, Posting.key("earn-2"));

        Set<String> tables = of(() -> points.spend(ann, 15, Posting.key("spend")));

        assertThat(tables).containsAll(BOOKED).contains("crm_lot", "crm_movement");
    }

    @Test
    void hold_capture_and_release() throws SQLException {
        points.earn(ann, 20, Posting.key("earn"));

        Set<String> held = of(() -> points.hold(ann, 10, Duration.ofHours(1), Posting.key("hold-1")));
        long second =
                points.hold(ann, 5, Duration.ofHours(1), Posting.key("hold-2")).holdNo();
        long first = points.account(ann).orElseThrow().holds().get(0).no();
        Set<String> captured = of(() -> points.capture(ann, first, 5, Posting.key("capture")));
        Set<String> released = of(() -> points.release(ann, second, Posting.key("release")));

        assertThat(List.of(held, captured, released))
                .allSatisfy(tables ->
                        assertThat(tables).containsAll(BOOKED).contains("crm_lot", "crm_movement", "crm_hold"));
    }

    @Test
    void reverse() throws SQLException {
        points.earn(ann, 10, Posting.key("earn"));
        points.spend(ann, 10, Posting.key("spend"));

        Set<String> refunded = of(() -> points.refund(ann, RequestKey.of("spend"), 5, Posting.key("refund")));
        Set<String> takenBack = of(() -> points.takeBack(ann, RequestKey.of("earn"), 5, Posting.key("back")));

        assertThat(List.of(refunded, takenBack))
                .allSatisfy(tables -> assertThat(tables).containsAll(BOOKED).contains("crm_lot", "crm_movement"));
    }

    @Test
    void the_facts_of_a_rule() throws SQLException {
        CompiledRule rule = TENANT.rules()
                .compile(Rule.of(Rules.allOf(
                        Rules.field("profile.gender").exists(),
                        Rules.field("member.status").exists(),
                        Rules.field("lifecycle.stage").exists(),
                        Rules.field("trade.CNY.orders").atLeast(0),
                        Rules.did("purchase").atLeast(1),
                        Rules.did("refund").atLeast(1))));

        Set<String> tables = of(() -> TENANT.rules().facts(rule, ann));

        assertThat(tables)
                .contains(
                        "crm_customer",
                        "crm_membership",
                        "crm_lifecycle",
                        "crm_trade_total",
                        "crm_order",
                        "crm_order_line",
                        "crm_refund");
    }

    @Test
    void repeat() throws SQLException {
        points.earn(ann, 10, Posting.key("earn"));

        Set<String> tables = of(() -> points.earn(ann, 10, Posting.key("earn")));

        assertThat(tables).contains("crm_request", "crm_entry", "crm_account");
    }

    @Test
    void balance_and_statement() throws SQLException {
        points.earn(ann, 10, Posting.key("earn"));
        points.spend(ann, 5, Posting.key("spend"));

        assertThat(of(() -> points.balance(ann))).contains("crm_account");
        assertThat(of(() -> points.account(ann))).contains("crm_account", "crm_lot", "crm_hold");
        assertThat(of(() -> points.statement(ann, PageRequest.first(1)))).contains("crm_entry");
    }

    @Test
    void top_up_and_pay() throws SQLException {
        Set<String> toppedUp = of(() -> stored.topUp(ann, TopUp.of(yuan(10)).bonus(yuan(1)), Posting.key("top-up")));
        Set<String> paid = of(() -> stored.spend(ann, yuan(5), Posting.key("pay")));

        assertThat(toppedUp).containsAll(BOOKED).contains("crm_lot");
        assertThat(paid).containsAll(BOOKED).contains("crm_lot", "crm_movement");
    }

    @Test
    void opt_in_and_ask_whether_she_may_be_contacted() throws SQLException {
        var consents = TENANT.consents();
        var topic = ContactTopic.of("marketing", Channel.SMS);

        Set<String> first = of(() -> consents.optIn(ann, topic, Declaration.ofCustomer("in", "till")));
        Set<String> second = of(() -> consents.optOut(ann, topic, Declaration.ofCustomer("out", "till")));
        Set<String> asked = of(() -> consents.mayContact(ann, topic));
        Set<String> listed = of(() -> consents.history(ann, PageRequest.first(10)));

        assertThat(List.of(first, second))
                .allSatisfy(tables -> assertThat(tables)
                        .containsOnly("crm_customer", "crm_consent", "crm_consent_proof", "crm_request", "crm_outbox"));
        assertThat(asked).containsOnly("crm_customer", "crm_consent", "crm_consent_proof");
        assertThat(listed).containsOnly("crm_consent_proof");
    }

    @Test
    void assign_offer_and_ask_for_the_owner() throws SQLException {
        var ownership = TENANT.ownership();
        Owner kim = Owner.staff("kim");

        Set<String> first = of(() -> ownership.assign(ann, kim, Instruction.by("head", "assign")));
        Set<String> second =
                of(() -> ownership.offer(ann, Owner.staff("lee"), Duration.ofDays(1), Instruction.by("kim", "offer")));
        Set<String> asked = of(() -> ownership.ownerOf(ann));

        assertThat(first).contains("crm_customer", "crm_ownership", "crm_request");
        assertThat(second).contains("crm_customer", "crm_ownership", "crm_ownership_entry", "crm_request");
        assertThat(asked).containsOnly("crm_customer", "crm_ownership");
    }

    @Test
    void tag_a_customer_and_ask_for_her_tags() throws SQLException {
        var tags = TENANT.tags();
        if (tags.definitions().find("vip").isEmpty()) {
            tags.definitions().define(TagDefinition.flag("vip", "VIP"), RequestKey.of("vip/" + phone));
        }

        Set<String> assigned = of(() -> tags.assign(ann, Tagging.of("vip"), RequestKey.of("tag/" + phone)));
        Set<String> asked = of(() -> tags.of(ann));

        assertThat(assigned).contains("crm_customer", "crm_tag_assignment", "crm_tag_entry", "crm_request");
        assertThat(asked).contains("crm_customer", "crm_tag_assignment");
    }

    @Test
    void synchronise_the_tags_of_a_customer() throws SQLException {
        var messenger = new SampleChannel();
        messenger.put("r", messenger.tag("Known there"));
        var sync = TENANT.tagSync(
                messenger,
                refs -> Map.of("r", ann),
                SyncSetup.of(SyncPolicy.THEIRS).adopting());
        for (var at = sync.start(false); at.phase() != SyncPhase.CUSTOMERS; at = sync.step()) {
            assertThat(at.isOver()).isFalse();
        }

        Set<String> tables = of(sync::step);

        assertThat(tables).contains("crm_sync_mark", "crm_customer", "crm_tag_assignment", "crm_request");
    }

    @Test
    void settle_an_order() throws SQLException {
        var coupons = TENANT.coupons();
        coupons.templates()
                .define(
                        CouponTemplate.of("off/" + phone, "One", new CouponBenefit.AmountOff(Money.of(CNY, 1)))
                                .active(),
                        RequestKey.of("off/" + phone));
        coupons.claim(ann, CouponClaim.of("off/" + phone), Posting.key("claim one"));
        TENANT.earning()
                .define(
                        EarningProgram.of(
                                phone,
                                Asset.points("standard"),
                                List.of(EarnRule.perMoney("base", 1, Money.of(CNY, 1)))),
                        RequestKey.of("program/" + phone));
        points.earn(ann, 100, Posting.key("points"));
        stored.topUp(ann, TopUp.of(Money.of(CNY, 9)), Posting.key("value"));
        var rate = PointsRate.of(1, Money.parse("CNY 0.01")).capped(EarnCap.points(CapPeriod.DAY, 1_000));
        var checkout = TENANT.checkout(CheckoutPolicy.standard().points(rate));
        var order = CheckoutOrder.of(phone, Basket.of(BasketLine.of(1, "A", Money.of(CNY, 20))))
                .bestCoupons()
                .allPoints()
                .storedValue(Money.of(CNY, 2));

        Set<String> settled = of(() -> checkout.settle(ann, order, Posting.key("settle")));

        assertThat(settled)
                .containsAll(BOOKED)
                .contains("crm_customer", "crm_checkout", "crm_coupon", "crm_earning", "crm_earn_use", "crm_lot");
    }

    @Test
    void claim_use_and_ask_for_coupons() throws SQLException {
        var coupons = TENANT.coupons();
        coupons.templates()
                .define(
                        CouponTemplate.of(phone, "Free", new CouponBenefit.FreeItem(1))
                                .limitedTo(CouponLimits.none()
                                        .total(100)
                                        .perCustomer(9)
                                        .perDay(50))
                                .active(),
                        RequestKey.of("coupon/" + phone));
        CouponCode code = coupons.codes()
                .make(
                        coupons.codes()
                                .order(phone, 1, RequestKey.of("order/" + phone))
                                .id(),
                        1)
                .get(0);

        Set<String> claimed = of(() -> coupons.claim(ann, CouponClaim.of(phone, 2), Posting.key("claim")));
        Set<String> bound = of(() -> coupons.bind(ann, PresentedCode.of(code.reveal(), "pos"), Posting.key("bind")));
        Set<CouponId> these = Set.of(coupons.usable(ann).get(0).id());
        Set<String> used = of(() -> coupons.redeem(ann, these, Posting.key("redeem coupon")));
        Set<String> asked = of(() -> coupons.usable(ann));

        assertThat(claimed)
                .contains(
                        "crm_customer",
                        "crm_coupon",
                        "crm_coupon_entry",
                        "crm_coupon_taken",
                        "crm_request",
                        "crm_outbox");
        assertThat(bound).contains("crm_coupon_code", "crm_coupon_batch", "crm_coupon");
        assertThat(used).contains("crm_coupon", "crm_coupon_entry", "crm_coupon_template");
        assertThat(asked).containsOnly("crm_customer", "crm_coupon");
    }

    @Test
    void redeem_a_gift_card() throws SQLException {
        var issued =
                TENANT.giftCards(CNY).issue(GiftCardIssue.of(1, yuan(10)).activated(), Posting.key("issue/" + phone));
        var shown = PresentedCard.of(issued.codes().get(0).reveal(), "pos");
        PLANS.drain();

        TENANT.giftCards(CNY).redeem(shown, yuan(1), Posting.key("redeem"));
        Set<String> tables = touched(issued.cards().get(0).id(), 1);

        assertThat(tables)
                .containsAll(BOOKED)
                .contains("crm_gift_card_code", "crm_gift_card", "crm_lot", "crm_movement");
    }

    @Test
    void record_refund_and_look_at_orders() throws SQLException {
        Trade trade = TENANT.trade();
        var number = OrderNumber.of("pos", "1");
        Instant at = Instant.parse("2026-03-01T09:00:00Z");
        var line = OrderLine.of("tea", yuan(5)).category("drinks");
        Order order = Order.of(ann, number, at, List.of(line));
        Order second = Order.of(ann, OrderNumber.of("pos", "2"), at, List.of(line));

        Set<String> first = of(() -> trade.record(order));
        Set<String> next = of(() -> trade.record(second));
        Set<String> revised = of(() -> trade.record(order.revision(2)));
        Set<String> refunded = of(() -> trade.refund(Refund.of(ann, number, "r", at, yuan(1))));

        Set<String> sums = Set.of("crm_trade", "crm_trade_total", "crm_trade_bucket", "crm_outbox");
        assertThat(List.of(first, next, revised))
                .allSatisfy(tables -> assertThat(tables).containsAll(sums).contains("crm_order", "crm_order_line"));
        assertThat(refunded).containsAll(sums).contains("crm_order", "crm_refund");
        assertThat(of(() -> trade.statistics(ann, CNY))).containsOnly("crm_trade_total", "crm_trade_bucket");
        assertThat(of(() -> trade.orders(ann, PageRequest.first(9)))).containsOnly("crm_order", "crm_refund");
        assertThat(of(() -> trade.order(ann, number))).containsOnly("crm_order", "crm_order_line", "crm_refund");
    }

    @Test
    void record_and_look_at_events() throws SQLException {
        Behavior behavior = TENANT.behavior();
        behavior.define(BehaviorType.of("product.viewed"));
        Instant at = Instant.parse("2026-03-01T09:00:00Z");
        BehaviorEvent event = BehaviorEvent.of(ann, "product.viewed", BehaviorId.of("web", "1"), at);

        Set<String> recorded = of(() -> behavior.record(event));
        Set<String> repeated = of(() -> behavior.record(event));

        assertThat(recorded).contains("crm_behavior", "crm_customer");
        assertThat(repeated).contains("crm_behavior");
        assertThat(of(() -> behavior.statistics(ann))).contains("crm_behavior");
        assertThat(of(() -> behavior.timeline(TimelineQuery.of(ann), PageRequest.first(9))))
                .contains("crm_behavior");
    }

    @Test
    void a_statement_that_does_not_name_the_customer_is_seen() throws SQLException {
        points.earn(ann, 10, Posting.key("earn"));
        for (String sql : List.of(
                "SELECT * FROM crm_lot WHERE tenant_id = ? AND asset = 'POINTS:standard'",
                "SELECT * FROM crm_account WHERE tenant_id = ? ORDER BY customer_id FOR UPDATE",
                "UPDATE crm_account SET due_ms = NULL WHERE tenant_id = ?",
                "DELETE FROM crm_hold WHERE tenant_id = ?")) {
            send(sql);

            assertThat(PLANS.drain())
                    .hasSize(2)
                    .allSatisfy(plan -> assertThat(plan.touched().values())
                            .singleElement()
                            .satisfies(partitions -> assertThat(partitions).hasSize(PartitionedTables.PARTITIONS)));
        }
    }

    @Test
    void a_row_of_another_partition_is_seen() throws SQLException {
        long other = CustomerId.of(1).value();
        while (partition(CustomerId.of(other)) == partition(ann)) {
            other++;
        }
        send("INSERT INTO crm_wallet (tenant_id, customer_id) VALUES (?, " + other + ")");

        assertThatThrownBy(() -> touched(ann, 1)).isInstanceOf(AssertionError.class);
    }

    /** The tables that a command about Ann touches, each in one partition. */
    private Set<String> of(Runnable command) throws SQLException {
        PLANS.drain();
        command.run();
        return touched(ann, 1);
    }

    /** The tables touched since the last time; a statement with more than one key may look into more than one partition. */
    private static Set<String> touched(CustomerId customer, int keys) throws SQLException {
        Set<Integer> own = Set.of(partition(customer));
        Set<String> tables = new TreeSet<>();
        Set<Mode> modes = EnumSet.noneOf(Mode.class);
        for (Plan plan : PLANS.drain()) {
            modes.add(plan.mode());
            tables.addAll(plan.touched().keySet());
            plan.touched().forEach((table, partitions) -> {
                if (LOOK_UPS.contains(table)) {
                    assertThat(partitions).as("%s in %s", table, plan).hasSizeBetween(1, keys);
                } else {
                    assertThat(partitions).as("%s in %s", table, plan).isEqualTo(own);
                }
            });
        }
        assertThat(modes).containsExactly(Mode.values());
        return tables;
    }

    private static int partition(CustomerId customer) throws SQLException {
        try (Connection connection = DATABASE.connect();
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT i FROM generate_series(0, ? - 1) i WHERE satisfies_hash_partition('crm_account'::regclass, ?, i, ?)")) {
            statement.setInt(1, PartitionedTables.PARTITIONS);
            statement.setInt(2, PartitionedTables.PARTITIONS);
            statement.setLong(3, customer.value());
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }

    private static void send(String sql) throws SQLException {
        PLANS.drain();
        try (Connection connection = LOG.on(DATABASE.connect());
                PreparedStatement statement = connection.prepareStatement(sql)) {
            connection.setAutoCommit(false);
            statement.setString(1, "acme");
            statement.execute();
            connection.rollback();
        }
    }

    private static Money yuan(int amount) {
        return Money.of(CNY, amount);
    }
}

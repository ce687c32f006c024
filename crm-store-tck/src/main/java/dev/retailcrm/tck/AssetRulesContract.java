package dev.retailcrm.tck;

import static dev.retailcrm.core.rule.Rules.field;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.Award;
import dev.retailcrm.assets.ledger.Calendar;
import dev.retailcrm.assets.ledger.Entry;
import dev.retailcrm.assets.ledger.EntryType;
import dev.retailcrm.assets.ledger.Expiry;
import dev.retailcrm.assets.ledger.Grant;
import dev.retailcrm.assets.ledger.Ledger;
import dev.retailcrm.assets.ledger.Lot;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.ledger.ShortfallPolicy;
import dev.retailcrm.assets.points.Points;
import dev.retailcrm.assets.rule.AssetField;
import dev.retailcrm.assets.tier.TierLevel;
import dev.retailcrm.assets.tier.TierMeasure;
import dev.retailcrm.assets.tier.TierOutlook;
import dev.retailcrm.assets.tier.TierPeriod;
import dev.retailcrm.assets.tier.TierProgram;
import dev.retailcrm.assets.tier.TierProgress;
import dev.retailcrm.assets.tier.Tiers;
import dev.retailcrm.audience.AudienceCatalog;
import dev.retailcrm.audience.AudienceRule;
import dev.retailcrm.audience.Audiences;
import dev.retailcrm.audience.StayReason;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.rule.CompiledRule;
import dev.retailcrm.core.rule.Condition;
import dev.retailcrm.core.rule.FieldCondition;
import dev.retailcrm.core.rule.Rule;
import dev.retailcrm.core.rule.RuleIndexes;
import dev.retailcrm.core.rule.ValueTest;
import dev.retailcrm.core.rule.Verdict;
import dev.retailcrm.core.spi.FactObserver;
import dev.retailcrm.core.trade.Order;
import dev.retailcrm.core.trade.OrderLine;
import dev.retailcrm.core.trade.OrderNumber;
import dev.retailcrm.core.trade.Trade;
import dev.retailcrm.tags.AutoTag;
import dev.retailcrm.tags.AutoTags;
import dev.retailcrm.tags.spi.AutoTagPorts;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What rules find out about accounts, whatever the store. */
public abstract class AssetRulesContract extends AudienceFacade {
    private static final int CUSTOMERS = 12;

    private final RuleIndexes<AudienceCatalog, AudienceRule> indexes = new RuleIndexes<>();

    /** A contract. */
    protected AssetRulesContract() {}

    @Override
    Audiences audiences() {
        return live(indexes);
    }

    private Ledger watched(Asset asset) {
        return ledger(asset, audiences().observer());
    }

    private Ledger ledger(Asset asset, FactObserver observer) {
        return new Ledger(ACME, asset, terms(), crm().ledgerPorts().observedBy(observer));
    }

    private Ledger indebted(Asset asset) {
        return ledger(ACME, asset, terms().onShortfall(ShortfallPolicy.DEBT));
    }

    /** Customers with accounts at random, as of a time after everything that happens in them. */
    private List<CustomerId> populate(Random random) {
        crm().clock().set(Instant.parse("2031-01-01T00:00:00Z"));
        var accounts = new RuleAccounts(random);
        List<CustomerId> customers =
                Stream.generate(() -> crm().newCustomer(ACME)).limit(CUSTOMERS).toList();
        customers.forEach(customer -> accounts.use(customer, this::indebted));
        return customers;
    }

    private Verdict verdict(AssetField field, CustomerId customer, Instant at) {
        CompiledRule rule = rules(ACME).compile(Rule.of(is(field.name(), new ValueTest.Presence(true))));
        return rules(ACME).evaluate(rule, customer, at);
    }

    private static Condition is(String field, ValueTest test) {
        return new FieldCondition(field, test);
    }

    @Test
    public final void accounts_are_as_their_ledgers_say_at_every_instant() {
        long seed = new Random().nextLong();
        int changes = 0;
        for (CustomerId customer : populate(new Random(seed))) {
            for (Asset asset : RuleAccounts.ASSETS) {
                Ledger ledger = indebted(asset);
                AssetField available = new AssetField(asset, AssetField.What.AVAILABLE, 0);
                for (Instant at : instants(ledger, customer)) {
                    String what = "%s of %s at %s, seed %d".formatted(asset, customer, at, seed);
                    Verdict now = verdict(available, customer, at);
                    long is = ledger.reads().balance(customer, at).available();
                    assertThat(now.why().actual()).as(what).contains(available.amount(is));
                    CompiledRule same = rules(ACME)
                            .compile(Rule.of(
                                    is(available.name(), new ValueTest.In(List.of(available.amount(is)), false))));
                    Optional<Instant> until =
                            rules(ACME).evaluate(same, customer, at).validUntil();
                    assertThat(rules(ACME).members(same, at, null, 1_000))
                            .as(what)
                            .contains(customer);
                    until.ifPresent(end -> {
                        var reads = ledger.reads();
                        assertThat(reads.balance(customer, end.minusMillis(1)).available())
                                .as(what)
                                .isEqualTo(is);
                        assertThat(reads.balance(customer, end).available())
                                .as(what)
                                .isNotEqualTo(is);
                    });
                    changes += until.isPresent() ? 1 : 0;
                    lapsing(ledger, customer, at, what);
                }
            }
        }
        assertThat(changes).as("changes by time alone").isGreaterThan(CUSTOMERS);
    }

    /** From the last entry on, when something lapses, comes or is freed, and just before. */
    private static Set<Instant> instants(Ledger ledger, CustomerId customer) {
        var reads = ledger.reads();
        Set<Instant> edges = new TreeSet<>();
        reads.account(customer).ifPresent(account -> {
            Instant start = account.asOf();
            Stream.of(
                            reads.lots(customer).stream().map(Lot::availableFrom),
                            reads.lots(customer).stream().map(Lot::expiresAt),
                            reads.holds(customer).stream().map(it -> it.expiresAt()))
                    .flatMap(it -> it)
                    .filter(it -> it != null && it.isAfter(start))
                    .forEach(it -> edges.addAll(List.of(it, it.minusMillis(1))));
            edges.add(start);
        });
        return edges.isEmpty() ? Set.of(T0) : edges;
    }

    /** Of who holds nothing, since what is held lapses too once it is free. */
    private void lapsing(Ledger ledger, CustomerId customer, Instant at, String what) {
        if (!ledger.reads().holds(customer).isEmpty()) {
            return;
        }
        List<Lot> left = ledger.reads().lots(customer).stream()
                .filter(it -> it.remaining() > 0 && it.expiresAt() != null && !it.isExpired(at))
                .toList();
        AssetField week = new AssetField(ledger.asset(), AssetField.What.EXPIRING, 7);
        Instant end = at.plus(Duration.ofDays(7)).minusMillis(1);
        assertThat(verdict(week, customer, at).why().actual())
                .as(what)
                .contains(week.amount(left.stream()
                        .filter(it -> it.isExpired(end))
                        .mapToLong(Lot::remaining)
                        .sum()));
        Optional<FieldValue> next = left.stream()
                .flatMap(it -> Stream.ofNullable(it.expiresAt()))
                .min(Instant::compareTo)
                .map(FieldValue::instant);
        assertThat(verdict(new AssetField(ledger.asset(), AssetField.What.NEXT_EXPIRY, 0), customer, at)
                        .why()
                        .actual())
                .as(what)
                .isEqualTo(next);
    }

    @Test
    public final void templates_find_whom_statements_and_lots_name() {
        Random random = new Random();
        List<CustomerId> customers = populate(random);
        crm().clock().set(RulePopulation.INSTANTS.get(random.nextInt(RulePopulation.INSTANTS.size())));
        Instant now = now();
        for (int days : List.of(1, 5, 30)) {
            Rule expiring = audiences()
                    .templates()
                    .rule("points-expiring", Map.of("days", FieldValue.number(days), "points", FieldValue.number(2)));
            assertThat(found(expiring, now))
                    .isEqualTo(among(customers, it -> expiring(it, now, Duration.ofDays(days)) >= 2));
            Rule unused = audiences()
                    .templates()
                    .rule(
                            "stored-value-unused",
                            Map.of("currency", FieldValue.text("CNY"), "days", FieldValue.number(days)));
            assertThat(found(unused, now))
                    .isEqualTo(among(
                            customers,
                            it -> available(it, now) > 0 && !isActive(it, now.minus(Duration.ofDays(days)), now)));
        }
    }

    private Set<CustomerId> found(Rule rule, Instant at) {
        return new TreeSet<>(rules(ACME).members(rules(ACME).compile(rule), at, null, 10_000));
    }

    private static Set<CustomerId> among(List<CustomerId> customers, java.util.function.Predicate<CustomerId> wanted) {
        return new TreeSet<>(customers.stream().filter(wanted).toList());
    }

    private long expiring(CustomerId customer, Instant now, Duration within) {
        long sum = 0;
        for (var rest : RuleAccounts.rests(indebted(POINTS), customer, now)) {
            Instant expiry = rest.lot().expiresAt();
            boolean lapses = expiry != null && expiry.isAfter(now) && expiry.isBefore(now.plus(within));
            sum += lapses ? rest.amount() : 0;
        }
        return sum;
    }

    private long available(CustomerId customer, Instant now) {
        long sum = 0;
        for (var rest : RuleAccounts.rests(indebted(Asset.storedValue(CNY)), customer, now)) {
            sum += rest.lot().availableFrom().isAfter(now) || rest.lot().isExpired(now) ? 0 : rest.amount();
        }
        return sum;
    }

    /** By the last entry of her own doing. */
    private boolean isActive(CustomerId customer, Instant after, Instant now) {
        Instant last = null;
        List<Entry> entries = new ArrayList<>(
                Pages.all(100, page -> indebted(Asset.storedValue(CNY)).reads().entries(customer, null, null, page)));
        for (Entry entry : entries) {
            boolean own = Set.of(EntryType.TOP_UP, EntryType.SPEND, EntryType.HOLD, EntryType.CAPTURE)
                    .contains(entry.type());
            last = own ? entry.at() : last;
        }
        return last != null && last.isAfter(after) && !last.isAfter(now);
    }

    @Test
    public final void live_audiences_follow_what_is_booked_and_what_lapses() {
        define("rich", field("points.standard.available").atLeast(100));
        define("soon", field("points.standard.expiring_1d").atLeast(1));
        advance();
        CustomerId bob = crm().newCustomer(ACME);
        var points = new Points(watched(POINTS));
        try (HostTransaction host = crm().begin()) {
            points.earn(ann, Grant.of(100), Posting.key("rolled back"));
            assertThat(members("rich")).containsExactly(ann);
            host.rollback();
        }
        assertThat(members("rich")).isEmpty();
        Instant start = now();
        points.earn(ann, Grant.of(120).expiring(Expiry.until(start.plus(Duration.ofDays(5)))), Posting.key("ann"));
        points.ledger().grantAll(EntryType.EARN, List.of(new Award(bob, Grant.of(90), Posting.key("bob"))), 10);
        assertThat(members("rich")).containsExactly(ann);

        points.transfer(ann, bob, 15, Posting.key("gift"));
        assertThat(members("rich")).containsExactlyInAnyOrder(ann, bob);
        points.spend(bob, 10, Posting.key("spent"));
        assertThat(members("rich")).containsExactly(ann);
        points.hold(ann, 10, Duration.ofDays(1), Posting.key("held"));
        assertThat(members("rich")).isEmpty();
        after(Duration.ofDays(9));
        advance();

        assertThat(stays(ann, "rich")).containsExactly("PT0S-PT0S", "PT24H-PT120H");
        assertThat(stays(ann, "soon")).containsExactly("PT96H0.001S-PT120H");
        assertThat(stays(bob, "soon")).containsExactly("PT96H0.001S-PT120H");
    }

    /** From when until when since the start. */
    private List<String> stays(CustomerId customer, String audience) {
        return audiences().stays(customer, PageRequest.first(1_000)).items().stream()
                .filter(it -> it.audience().equals(audience) && it.reason() == StayReason.RULE)
                .map(it -> Duration.between(T0, it.from()) + "-"
                        + (it.end() == null ? "" : Duration.between(T0, it.end().at())))
                .toList();
    }

    private Tiers tiers(FactObserver observer) {
        return new Tiers(ACME, ZONE, crm().tierPorts().observedBy(observer));
    }

    private void trade(CustomerId customer, Instant at, String amount) {
        new Trade(ACME, crm().trade(), crm().unitOfWork(), crm().clock(), ZONE)
                .record(Order.of(
                        customer,
                        OrderNumber.of("pos", customer.toString()),
                        at,
                        List.of(OrderLine.of("tea", yuan(amount)))));
    }

    @Test
    public final void tiers_are_as_they_were_booked_and_the_template_finds_whose_level_ends() {
        Random random = new Random();
        var tiers = tiers(FactObserver.NONE);
        var levels = List.of(TierLevel.of("base", 0), TierLevel.of("silver", 1_000), TierLevel.of("gold", 5_000));
        tiers.define(
                TierProgram.of(
                                "club",
                                TierMeasure.spent(CNY),
                                TierPeriod.last(60, Calendar.DAY),
                                levels,
                                LocalDate.of(2025, 1, 1))
                        .valid(TierProgram.Validity.of(90, Calendar.DAY)),
                key());
        List<CustomerId> customers = new ArrayList<>(List.of(ann));
        for (int i = 0; i < 2 * CUSTOMERS; i++) {
            CustomerId customer = crm().newCustomer(ACME);
            customers.add(customer);
            if (i % 3 > 0) {
                trade(customer, T0.minus(Duration.ofHours(random.nextInt(150 * 24))), i % 2 == 0 ? "20.00" : "80.00");
            } else if (i % 6 == 0) {
                Instant end = T0.plus(Duration.ofHours(1L + random.nextInt(90 * 24)));
                tiers.pay(customer, "club", "gold", end, Posting.key("paid/" + i));
            }
        }
        for (TierProgress step = tiers.advance("club", null, 10); !step.isDone(); ) {
            step = tiers.advance("club", step.cursor(), 10);
        }
        for (int days : List.of(10, 30, 60)) {
            Rule lapsing = audiences()
                    .templates()
                    .rule("tier-lapsing", Map.of("program", FieldValue.text("club"), "days", FieldValue.number(days)));
            Instant end = now().plus(Duration.ofDays(days));
            assertThat(found(lapsing, now())).isEqualTo(among(customers, it -> {
                TierOutlook outlook = tiers.outlook(it, "club");
                Instant changes = outlook.changesAt();
                return !outlook.level().key().equals("base") && changes != null && changes.isBefore(end);
            }));
        }
        for (TierLevel level : levels) {
            Rule at = Rule.of(field("tier.club.level").is(level.key()));
            assertThat(found(at, now()))
                    .isEqualTo(among(
                            customers, it -> tiers.level(it, "club", now()).equals(level)));
        }
    }

    @Test
    public final void live_audiences_follow_tiers_as_they_are_booked_and_what_was_paid_for_as_it_ends() {
        tiers(FactObserver.NONE).define(RuleTiers.program("club"), key());
        define("gold", field("tier.club.rank").atLeast(3));
        advance();
        var tiers = tiers(audiences().observer());
        tiers.pay(ann, "club", "gold", T0.plus(Duration.ofDays(2)), Posting.key("paid"));
        CustomerId bob = crm().newCustomer(ACME);
        trade(bob, T0, "80.00");
        assertThat(members("gold")).containsExactly(ann);
        tiers.advance("club", null, 100);
        assertThat(members("gold")).containsExactlyInAnyOrder(ann, bob);
        after(Duration.ofDays(9));
        advance();
        assertThat(stays(ann, "gold")).containsExactly("PT0S-PT48H");
        assertThat(stays(bob, "gold")).containsExactly("PT0S-");
    }

    @Test
    public final void what_is_booked_is_followed_by_automatic_tags() {
        flags("saver");
        AutoTags auto = new AutoTags(
                ACME, new AutoTagPorts(crm().tagPorts(), crm().autoTags(), new RuleIndexes<>()), rules(ACME));
        auto.define(
                AutoTag.of(
                                "auto",
                                "saver",
                                Rule.of(field("stored.CNY.available").atLeast(FieldValue.money(yuan("50")))))
                        .removing(),
                key());
        while (!auto.advance(10).isDone()) {}
        Ledger stored = ledger(Asset.storedValue(CNY), auto.observer());

        stored.grant(ann, EntryType.TOP_UP, Grant.of(6_000), Posting.key("paid in"));
        assertThat(tags().of(ann)).hasSize(1);
        stored.spend(ann, 2_000, false, Posting.key("paid"));
        assertThat(tags().of(ann)).isEmpty();
    }

    @Test
    public final void rules_about_accounts_have_names_types_and_rights() {
        refused(
                CoreError.INVALID_RULE,
                () -> rules(ACME)
                        .compile(Rule.of(field("points.STANDARD.available").exists())));
        refused(
                CoreError.INVALID_RULE,
                () -> rules(ACME).compile(Rule.of(field("gift.CNY.available").exists())));
        refused(
                CoreError.INVALID_RULE,
                () -> rules(ACME).compile(Rule.of(field("stored.XYZ.available").exists())));
        refused(
                CoreError.INVALID_RULE,
                () -> rules(ACME).compile(Rule.of(field("points.a.expiring_0d").exists())));
        refused(
                CoreError.INVALID_RULE,
                () -> rules(ACME)
                        .compile(Rule.of(field("points.a.expiring_3661d").exists())));
        assertThat(rules(ACME)
                        .catalog()
                        .field("stored.JPY.expiring_3660d")
                        .orElseThrow()
                        .type())
                .isEqualTo(FieldType.MONEY);
        Rule rule = Rule.of(field("points.standard.available").atLeast(1));
        assertThat(Rule.parse(rule.toJson())).isEqualTo(rule);
    }
}

package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.imports.CustomerColumn;
import dev.retailcrm.core.imports.ImportFile;
import dev.retailcrm.core.imports.ImportProgress;
import dev.retailcrm.core.imports.ImportRun;
import dev.retailcrm.core.imports.Imports;
import dev.retailcrm.core.imports.OrderMapping;
import dev.retailcrm.core.imports.RefundMapping;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.trade.Order;
import dev.retailcrm.core.trade.OrderDetails;
import dev.retailcrm.core.trade.OrderLine;
import dev.retailcrm.core.trade.OrderNumber;
import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What {@link Imports} does with orders and refunds, whatever the store. */
public abstract class OrderImportContract extends ImportFacade {
    private static final OrderMapping BY_CARD = OrderMapping.of(CustomerColumn.memberCard("card"))
            .numbered("pos", "no")
            .boughtAt("at", DateTimeFormatter.ofPattern("dd.MM.yyyy HH:mm"))
            .currency("cur")
            .store("shop")
            .channel("via")
            .sku("sku")
            .quantity("qty")
            .amount("paid")
            .category("cat");

    private static final OrderMapping BY_ID = OrderMapping.of(CustomerColumn.id("who"))
            .numbered("web", "shop", "no")
            .revision("rev")
            .cancelled("state", Set.of("void"))
            .boughtAt("/when")
            .currency(CNY)
            .linesIn("/lines")
            .sku("sku")
            .quantity("qty")
            .amount("/price/paid")
            .brand("brand");

    private static final RefundMapping REFUNDS = RefundMapping.of(CustomerColumn.memberCard("card"))
            .order("pos", "no")
            .numbered("refund")
            .givenAt("at")
            .currency(CNY)
            .amount("paid")
            .units("qty");

    /** A contract. */
    protected OrderImportContract() {}

    private CustomerId holder(String card) {
        return inChina()
                .register(Registration.of(card).memberCard(card).key("card/" + card))
                .id();
    }

    @Test
    public final void lines_that_follow_one_another_are_an_order_and_what_is_refused_is_told() {
        CustomerId kim = holder("C1");
        CustomerId lee = holder("C2");
        ImportFile file = ImportFile.csv(written(
                "orders.csv",
                "no,card,at,cur,shop,via,sku,qty,paid,cat\n",
                "1,C1,28.02.2026 23:30,CNY,S01,till,tea,2,59.00,drinks\n",
                "1,,,,,,pears,1.235,7.40,fruit\n",
                "1,C1,28.02.2026 23:30,CNY,S01,till,tea,,0,\n",
                "2,C2,01.03.2026 09:00,USD,,app,tea,1,9.99,\n",
                "3,nobody,01.03.2026 09:00,CNY,,,tea,1,1,\n",
                "4,C1,01.03.2026 09:00,CNY,,,tea,1,1.005,\n",
                "5,C1,2026-03-01,CNY,,,tea,1,1,\n",
                "6,C1,01.03.2026 09:00,CNY,,,tea,1,1,\n",
                "6,C2,,,,,tea,1,1,\n",
                "6,C1,,,,,tea,1,1,\n",
                "7,C1,01.03.2026 09:00,CNY,,,,1,1,\n",
                "8,C1,01.03.2026 09:00,CNY,,,tea,0.0001,1,\n",
                "9,C1,01.03.2026 09:00,ZZZ,,,tea,1,1,\n",
                "10,C1,01.03.2026 09:00,CNY,,,tea,1,-1,\n",
                "11,C1,01.03.2027 09:00,CNY,,,tea,1,1,\n",
                "12,C1,01.03.2026 09:00,CNY,,,tea,1,1e9,\n",
                "13,C1,01.03.2026 09:00,CNY,,,tea,1,1,\n",
                "13,,,USD,,,tea,1,1,\n",
                "14,,01.03.2026 09:00,CNY,,,tea,1,1,\n"));

        List<String> rejects = imported("orders", run -> imports().orders(file, BY_CARD, run));

        assertThat(rejects)
                .containsExactly(
                        "6 card CRM-CORE-102",
                        "7 paid CRM-CORE-001",
                        "8 at CRM-CORE-001",
                        "10 card CRM-CORE-001",
                        "12 sku CRM-CORE-001",
                        "13 qty CRM-CORE-001",
                        "14 cur CRM-CORE-001",
                        "15 paid CRM-CORE-001",
                        "16 at " + CoreError.INSTANT_OUT_OF_RANGE.id(),
                        "17 paid CRM-CORE-001",
                        "19 cur CRM-CORE-001",
                        "20 card CRM-CORE-001");
        Order first = trade().order(kim, number("1")).map(OrderDetails::order).orElseThrow();
        assertThat(first)
                .isEqualTo(order(
                        kim,
                        "1",
                        "2026-02-28T23:30:00",
                        OrderLine.of("tea", yuan("59.00")).category("drinks").quantity(2),
                        pears("7.40", "1.235"),
                        OrderLine.of("tea", yuan("0.00"))));
        assertThat(trade().statistics(kim, CNY).amount()).isEqualTo(yuan("66.40"));
        assertThat(trade().orders(lee, PageRequest.first(9)).items()).hasSize(1);
    }

    @Test
    public final void an_order_is_booked_with_all_its_lines_or_not_at_all() {
        CustomerId kim = holder("C1");
        ImportFile file = ImportFile.csv(written(
                "scattered.csv",
                "no,card,at,cur,shop,via,sku,qty,paid,cat\n",
                "1,C1,01.03.2026 09:00,CNY,,,tea,1,1,\n",
                "2,C1,01.03.2026 09:00,CNY,,,tea,1,1,\n",
                "1,C1,01.03.2026 09:00,CNY,,,tea,1,1,\n",
                "3,C1,01.03.2026 09:00,CNY,,,tea,1,1,\n",
                ",C1,01.03.2026 09:00,CNY,,,tea,1,1,\n",
                "broken\n",
                "4,C1,01.03.2026 09:00,CNY,,,tea,1,1,\n",
                "4,C1,01.03.2026 09:00,CNY,,,tea,1,1,\n",
                "5,C1,01.03.2026 09:00,CNY,,,tea,1,1,\n",
                "6,C1,01.03.2026 09:00,CNY,,,tea,1,1,\n",
                "\"\n"));

        List<String> rejects = imported("scattered", run -> imports().orders(file, BY_CARD, run));

        assertThat(rejects)
                .containsExactly(
                        "2 no " + CoreError.ORDER_SCATTERED.id(),
                        "4 no " + CoreError.ORDER_SCATTERED.id(),
                        "5  " + CoreError.ORDER_IN_DOUBT.id(),
                        "6 no CRM-CORE-001",
                        "7  CRM-CORE-001",
                        "8  " + CoreError.ORDER_IN_DOUBT.id(),
                        "11  " + CoreError.ORDER_IN_DOUBT.id(),
                        "12  CRM-CORE-001");
        assertThat(trade().orders(kim, PageRequest.first(9)).items())
                .extracting(it -> it.number().value())
                .containsExactlyInAnyOrder("2", "5");
    }

    @Test
    public final void an_order_of_too_many_lines_is_refused_as_one() {
        holder("C1");
        String line = "1,C1,01.03.2026 09:00,CNY,,,tea,1,1,\n";
        ImportFile file = ImportFile.csv(written(
                "long.csv",
                "no,card,at,cur,shop,via,sku,qty,paid,cat\n",
                line.repeat(1_500),
                "2" + line.substring(1),
                "3" + line.substring(1).repeat(1)));

        assertThat(imported("long", run -> imports().orders(file, BY_CARD, run)))
                .containsExactly("1002  CRM-CORE-001");
    }

    @Test
    public final void a_record_with_lines_of_its_own_is_a_whole_order_in_each_of_its_revisions() {
        CustomerId bob = crm().newCustomer(ACME);
        merge(ann, bob);
        ImportFile file = ImportFile.jsonLines(written(
                "orders.jsonl",
                json(bob, 1, 1, "2026-03-01T09:00:00+08:00", "{'sku':'tea','qty':2,'price':{'paid':59.00}}"),
                json(ann, 2, 2, "2026-03-01T09:00:00Z", "{'sku':'tea','price':{'paid':3}}"),
                json(ann, 2, 1, "2026-03-01T09:00:00Z", "{'sku':'tea','price':{'paid':1}}"),
                json(
                        ann,
                        3,
                        1,
                        "2026-03-01",
                        "{'sku':'tea','price':{'paid':1}},{'sku':'x','qty':'many','price':{'paid':1}}"),
                json(ann, 4, 1, "2026-03-01", ""),
                json(ann, 5, 1, "2026-03-01", "7"),
                json(CustomerId.of(7), 6, 1, "2026-03-01", "{'sku':'tea','price':{'paid':1}}"),
                json(ann, 1, 1, "2026-03-01T09:00:00+08:00", "{'sku':'tea','qty':2,'price':{'paid':59.00}}"),
                json(ann, 1, 1, "2026-03-01T09:00:00+08:00", "{'sku':'tea','qty':2,'price':{'paid':59.01}}"),
                json(ann, 7, 1, "2026-03-01", "{'sku':'tea','price':{'paid':1},'brand':'leaf'}")
                        .replace("paid\"}", "void\"}")));

        List<String> rejects = imported("web", run -> imports().orders(file, BY_ID, run));

        assertThat(rejects)
                .containsExactly(
                        "4 /lines/1/qty CRM-CORE-001",
                        "5  CRM-CORE-001",
                        "6 /lines CRM-CORE-001",
                        "7 who CRM-CORE-102",
                        "9 shop CRM-CORE-401");
        assertThat(trade().statistics(ann, CNY).amount()).isEqualTo(yuan("62.00"));
        assertThat(trade().order(ann, OrderNumber.of("web", "S01/7"))
                        .orElseThrow()
                        .order()
                        .cancelled())
                .isTrue();
    }

    private static String json(CustomerId who, int no, int revision, String when, String lines) {
        return "{'who':'%s','shop':'S01','no':%d,'rev':%d,'when':'%s','lines':[%s],'state':'paid'}%n"
                .formatted(who, no, revision, when, lines)
                .replace('\'', '"');
    }

    @Test
    public final void a_dry_run_knows_what_it_was_told_in_chunks_before() {
        CustomerId kim = holder("C1");
        trade().record(order(kim, "0", "2026-02-01T09:00:00", tea("1.00")));
        String[] orders = IntStream.range(0, 1_200)
                .mapToObj(i -> json(
                        kim,
                        i % 599,
                        i / 599 == 1 ? 1 : 2,
                        "2026-03-01",
                        "{'sku':'tea','price':{'paid':" + (i % 3 == 0 ? i : 1) + "}}"))
                .toArray(String[]::new);
        ImportFile file = ImportFile.jsonLines(written("again.jsonl", orders));

        List<String> rejects = imported("again", run -> imports().orders(file, BY_ID, run));

        assertThat(rejects).hasSizeBetween(1, 400).allMatch(line -> line.endsWith("shop CRM-CORE-401"));
    }

    @Test
    public final void orders_without_numbers_are_known_by_their_lines() {
        CustomerId kim = holder("C1");
        var mapping = OrderMapping.of(CustomerColumn.memberCard("card"))
                .numberedByLine("old")
                .boughtAt("day", DateTimeFormatter.BASIC_ISO_DATE)
                .currency(CNY)
                .skuAlways("cd")
                .quantity("units")
                .amount("paid");
        ImportFile file = ImportFile.csv(written(
                "old.csv",
                "card,day,units,paid\n",
                "C1,20260227,1,9.99\n",
                "C1,20260227,1,9.99\n",
                "broken\n",
                "C1,20260228,2,1\n"));

        assertThat(imported("past", run -> imports().orders(file, mapping, run)))
                .containsExactly("4  CRM-CORE-001");

        assertThat(trade().statistics(kim, CNY).amount()).isEqualTo(yuan("20.98"));
        assertThat(trade().order(kim, OrderNumber.of("old", "past/3"))).isPresent();
    }

    @Test
    public final void refunds_are_booked_and_those_before_their_order_wait() {
        CustomerId kim = holder("C1");
        trade().record(order(kim, "1", "2026-02-01T09:00:00", tea("10.00")));
        ImportFile file = ImportFile.csv(written(
                "refunds.csv",
                "no,refund,card,at,paid,qty\n",
                "1,R1,C1,2026-02-10,4.00,1\n",
                "1,R2,C1,2026-02-10T10:00:00,7.00,\n",
                "1,R3,C1,2026-02-10T10:00:00Z,6.00,\n",
                "1,R1,C1,2026-02-10,4.00,1\n",
                "1,R1,C1,2026-02-10,4.01,1\n",
                "2,R1,C1,2026-02-10,5,0.5\n",
                "2,R2,nobody,2026-02-10,5,0.5\n",
                "2,R3,C1,2026-02-10,0,1\n",
                "2,,C1,2026-02-10,1,1\n"));

        List<String> rejects = imported("refunds", run -> imports().refunds(file, REFUNDS, run));

        assertThat(rejects)
                .containsExactly(
                        "3 paid CRM-CORE-402",
                        "6 refund CRM-CORE-401",
                        "8 card CRM-CORE-102",
                        "9  CRM-CORE-001",
                        "10 refund CRM-CORE-001");
        assertThat(trade().statistics(kim, CNY).refunded()).isEqualTo(yuan("10.00"));
        assertThat(trade().refunds(kim, number("2"))).hasSize(1);
    }

    @Test
    public final void a_refund_that_was_rehearsed_chunks_before_counts() {
        CustomerId kim = holder("C1");
        trade().record(order(kim, "0", "2026-02-01T09:00:00", tea("100.00")));
        ImportFile file = ImportFile.csv(written(
                "many.csv",
                "no,refund,card,at,paid,qty\n"
                        + String.join(
                                "",
                                IntStream.range(0, 1_100)
                                        .mapToObj(i -> (i % 4 == 0 ? 0 : i) + ",R" + i + ",C1,2026-02-10,0.50,\n")
                                        .toList())));

        assertThat(imported("many", run -> imports().refunds(file, REFUNDS, run)))
                .hasSize(75)
                .allMatch(line -> line.endsWith("paid CRM-CORE-402"));
    }

    @Test
    public final void a_run_stopped_anywhere_goes_on_without_losing_a_line() {
        holder("C1");
        StringBuilder text = new StringBuilder("no,card,at,cur,shop,via,sku,qty,paid,cat\n");
        for (int i = 0; i < 1_700; i++) {
            String line = "%d,C1,01.03.2026 09:00,CNY,,,tea,%d,1,%n".formatted(i == 900 ? 3 : i, i % 7 + 1);
            text.append(line.repeat(i % 3 + 1)).append(i % 97 == 0 ? "broken\n".repeat(i % 5) : "");
        }
        ImportFile file = ImportFile.csv(written("stops.csv", text.toString()));
        Path whole = folder.resolve("whole.csv");
        ImportProgress dry = imports()
                .orders(file, BY_CARD, ImportRun.of("stops").rejectsTo(whole).dryRun());

        List<String> pieces = stopped("stops", run -> imports().orders(file, BY_CARD, run));

        assertThat(pieces).containsExactly(read(whole), dry.toString());
        assertThat(dry.accepted()).isBetween(1_600L, 1_690L);
        assertThat(imports().orders(file, BY_CARD, ImportRun.of("stops")).repeated())
                .isEqualTo(dry.accepted());
    }

    @Test
    public final void errors_in_a_mapping_are_told_before_anything_is_read() {
        ImportFile csv = ImportFile.csv(written("some.csv", "no,card,at,cur,shop,via,sku,qty,paid,cat\n"));
        ImportRun run = ImportRun.of("wrong");
        var bare = OrderMapping.of(CustomerColumn.memberCard("card"));

        for (OrderMapping wrong : List.of(
                bare,
                BY_ID,
                BY_CARD.sku("article"),
                BY_CARD.numbered("pos", "no", "till"),
                bare.numbered("pos", "no").boughtAt("at").currency(CNY).sku("sku"))) {
            assertThatThrownBy(() -> imports().orders(csv, wrong, run))
                    .isInstanceOfSatisfying(
                            CrmException.class, it -> assertThat(it.code()).isEqualTo(CoreError.INVALID_VALUE));
        }
        refused(CoreError.INVALID_VALUE, () -> bare.numbered("pos"));
        refused(CoreError.INVALID_VALUE, () -> bare.numbered("", "no"));
        refused(
                CoreError.INVALID_VALUE,
                () -> imports().refunds(csv, RefundMapping.of(CustomerColumn.id("card")), run));
        refused(
                CoreError.INVALID_VALUE,
                () -> imports().orders(ImportFile.csv(folder.resolve("absent.csv")), BY_CARD, run));
    }
}

package dev.retailcrm.assets.checkout;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.retailcrm.assets.checkout.Bill.UsedCard;
import dev.retailcrm.assets.checkout.Bill.UsedCoupon;
import dev.retailcrm.assets.coupon.CouponId;
import dev.retailcrm.assets.coupon.CouponTemplate;
import dev.retailcrm.assets.definition.DefinitionReader;
import dev.retailcrm.assets.earn.CapUse;
import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.core.kernel.CustomerId;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** What is kept of orders, as JSON; equal ones have equal texts. Stateless. */
public final class OrderText {
    /** The most characters of a text. */
    public static final int MAX = 1_048_576;

    private static final int MAX_BYTES = 4 * MAX;

    private OrderText() {}

    /**
     * What an order was when it was settled: its bill, the uses of caps and the mismatches.
     *
     * @param bill the bill
     * @param uses those of points
     * @param mismatches those reported
     */
    public record Kept(Bill bill, List<CapUse> uses, List<Mismatch> mismatches) {}

    /**
     * The text of what an order was when it was settled.
     *
     * @throws dev.retailcrm.core.kernel.CrmException {@link AssetError#INVALID_BASKET} if it is longer than {@value #MAX} characters
     */
    public static String of(SettledOrder order) {
        Bill bill = order.bill();
        ObjectNode json = DefinitionReader.newObject()
                .put("currency", bill.currency().getCode())
                .put("points", bill.points())
                .put("principal", minor(bill.principal()))
                .put("bonus", minor(bill.bonus()));
        ArrayNode lines = json.putArray("lines");
        bill.lines().forEach(it -> write(lines.addObject(), it));
        ArrayNode coupons = json.putArray("coupons");
        bill.coupons()
                .forEach(it -> coupons.addObject()
                        .put("id", it.coupon().value())
                        .put("template", it.template().template())
                        .put("version", it.template().version())
                        .put("off", minor(it.off())));
        ArrayNode cards = json.putArray("cards");
        bill.cards()
                .forEach(it -> cards.addObject().put("id", it.card().value()).put("amount", minor(it.amount())));
        ArrayNode uses = json.putArray("uses");
        order.uses()
                .forEach(it -> uses.addObject()
                        .put("program", it.program())
                        .put("rule", it.rule())
                        .put("period", it.period())
                        .put("points", it.points())
                        .put("times", it.times()));
        ArrayNode mismatches = json.putArray("mismatches");
        order.mismatches()
                .forEach(it -> mismatches
                        .addObject()
                        .put("what", it.what().name())
                        .put("expected", it.expected())
                        .put("actual", it.actual()));
        return checked(DefinitionReader.text(json), AssetError.INVALID_BASKET);
    }

    private static String checked(String text, AssetError error) {
        if (text.length() > MAX) {
            throw error.because("the order is too long to be kept");
        }
        return text;
    }

    private static long minor(Money amount) {
        return amount.getAmountMinorLong();
    }

    private static void write(ObjectNode json, BillLine line) {
        json.put("no", line.no())
                .put("sku", line.sku())
                .put("quantity", line.quantity().toPlainString())
                .put("kind", line.kind().name())
                .put("gross", minor(line.gross()));
        ArrayNode tenders = json.putArray("tenders");
        for (long tender : line.tenders()) {
            tenders.add(tender);
        }
        if (!line.discounts().isEmpty()) {
            ArrayNode discounts = json.putArray("discounts");
            line.discounts()
                    .forEach(it ->
                            discounts.addObject().put("source", it.source()).put("amount", minor(it.amount())));
        }
    }

    /** What was written of an order when it was settled. */
    public static Kept kept(String text) {
        return DefinitionReader.read(text, MAX_BYTES, json -> {
            CurrencyUnit currency = CurrencyUnit.of(json.text("currency"));
            Bill bill = new Bill(
                    currency,
                    json.objects("lines", Basket.MAX_LINES, it -> line(it, currency)),
                    json.objects(
                            "coupons",
                            Integer.MAX_VALUE,
                            it -> new UsedCoupon(
                                    CouponId.of(it.number("id", 0)),
                                    new CouponTemplate.Version(it.text("template"), it.number("version", 0)),
                                    money(it, "off", currency))),
                    json.number("points", 0),
                    money(json, "principal", currency),
                    money(json, "bonus", currency),
                    json.objects(
                            "cards",
                            CheckoutOrder.MAX_CARDS,
                            it -> new UsedCard(CustomerId.of(it.number("id", 0)), money(it, "amount", currency))));
            return new Kept(
                    bill,
                    json.objects(
                            "uses",
                            Integer.MAX_VALUE,
                            it -> new CapUse(
                                    it.text("program"),
                                    it.text("rule"),
                                    it.text("period"),
                                    it.number("points", 0),
                                    it.number("times", 0))),
                    json.objects(
                            "mismatches",
                            Integer.MAX_VALUE,
                            it -> new Mismatch(
                                    it.choice("what", Mismatch.What.class, null),
                                    it.text("expected"),
                                    it.text("actual"))));
        });
    }

    private static Money money(DefinitionReader json, String field, CurrencyUnit currency) {
        return Money.ofMinor(currency, json.number(field, 0));
    }

    private static BillLine line(DefinitionReader json, CurrencyUnit currency) {
        List<Long> tenders = json.numbers("tenders", 4);
        List<Money> amounts =
                tenders.stream().map(it -> Money.ofMinor(currency, it)).toList();
        return new BillLine(
                json.integer("no", 0),
                json.text("sku"),
                new BigDecimal(json.text("quantity")),
                json.choice("kind", LineKind.class, null),
                money(json, "gross", currency),
                json.objects(
                        "discounts",
                        BasketLine.MAX_DISCOUNTS,
                        it -> new LineDiscount(it.text("source"), money(it, "amount", currency))),
                amounts.get(0),
                amounts.get(1),
                amounts.get(2),
                amounts.get(3));
    }

    /**
     * The text of refunds.
     *
     * @throws dev.retailcrm.core.kernel.CrmException {@link AssetError#TOO_MANY_REFUNDS} if it is longer than {@value #MAX} characters
     */
    public static String of(List<SortedMap<Integer, Long>> refunds) {
        ObjectNode json = DefinitionReader.newObject();
        ArrayNode all = json.putArray("refunds");
        for (SortedMap<Integer, Long> refund : refunds) {
            ArrayNode lines = all.addObject().putArray("lines");
            refund.forEach((line, amount) -> lines.add(line).add(amount));
        }
        return checked(DefinitionReader.text(json), AssetError.TOO_MANY_REFUNDS);
    }

    /** What was written of refunds. */
    public static List<SortedMap<Integer, Long>> refunds(String text) {
        return DefinitionReader.read(
                text, MAX_BYTES, json -> json.objects("refunds", SettledOrder.MAX_REFUNDS + 1, OrderText::refund));
    }

    private static SortedMap<Integer, Long> refund(DefinitionReader json) {
        List<Long> flat = new ArrayList<>(json.numbers("lines", 2 * Basket.MAX_LINES));
        SortedMap<Integer, Long> lines = new TreeMap<>();
        for (int i = 0; i + 1 < flat.size(); i += 2) {
            lines.put(Math.toIntExact(flat.get(i)), flat.get(i + 1));
        }
        return lines;
    }
}

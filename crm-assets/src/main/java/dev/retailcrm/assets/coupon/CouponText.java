package dev.retailcrm.assets.coupon;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.retailcrm.assets.coupon.CouponBenefit.AmountOff;
import dev.retailcrm.assets.coupon.CouponBenefit.EveryFull;
import dev.retailcrm.assets.coupon.CouponBenefit.Exchange;
import dev.retailcrm.assets.coupon.CouponBenefit.FreeItem;
import dev.retailcrm.assets.coupon.CouponBenefit.NForM;
import dev.retailcrm.assets.coupon.CouponBenefit.PercentOff;
import dev.retailcrm.assets.coupon.CouponBenefit.Shipping;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.StoreId;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.SortedSet;
import java.util.TreeSet;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** Templates of coupons as JSON, for stores; equal ones have equal texts. Stateless. */
public final class CouponText {
    private static final ObjectMapper JSON = new ObjectMapper();

    private CouponText() {}

    /** A template. */
    public static String of(CouponTemplate template) {
        ObjectNode json = JSON.createObjectNode()
                .put("key", template.key())
                .put("name", template.name())
                .put("version", template.version())
                .put("state", template.state().name());
        template.benefit().accept(new Writer(json.putObject("benefit")));
        CouponScope scope = template.scope();
        ObjectNode within = json.putObject("scope");
        put(within, "skus", scope.skus());
        put(within, "categories", scope.categories());
        put(within, "brands", scope.brands());
        put(within, "stores", scope.stores().stream().map(StoreId::value).toList());
        put(within, "channels", scope.channels());
        put(json, "minimum", template.minimum());
        CouponStacking stacking = template.stacking();
        json.put("minimumUnits", template.minimumUnits())
                .put("group", stacking.group())
                .put("alone", stacking.alone())
                .put("perBasket", stacking.perBasket());
        CouponValidity validity = template.validity();
        if (validity.firstDay() != null && validity.lastDay() != null) {
            json.put("firstDay", validity.firstDay().toString())
                    .put("lastDay", validity.lastDay().toString());
        }
        CouponLimits limits = template.limits();
        json.put("delayDays", validity.delayDays())
                .put("days", validity.days())
                .put("total", limits.total())
                .put("perCustomer", limits.perCustomer())
                .put("perDay", limits.perDay())
                .put("transferable", template.transferable());
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void put(ObjectNode json, String name, Collection<String> codes) {
        if (!codes.isEmpty()) {
            codes.forEach(json.putArray(name)::add);
        }
    }

    private static void put(ObjectNode json, String name, @Nullable Money amount) {
        if (amount != null) {
            json.putObject(name)
                    .put("currency", amount.getCurrencyUnit().getCode())
                    .put("minor", amount.getAmountMinorLong());
        }
    }

    /** Writes the form of a benefit, and what there is to it. */
    private record Writer(ObjectNode json) implements CouponBenefit.Visitor<ObjectNode> {
        @Override
        public ObjectNode amountOff(AmountOff benefit) {
            put(json, "amount", benefit.amount());
            return json.put("form", "AMOUNT_OFF");
        }

        @Override
        public ObjectNode percentOff(PercentOff benefit) {
            put(json, "amount", benefit.ceiling());
            return json.put("form", "PERCENT_OFF").put("hundredths", benefit.hundredths());
        }

        @Override
        public ObjectNode everyFull(EveryFull benefit) {
            put(json, "amount", benefit.amount());
            put(json, "threshold", benefit.threshold());
            return json.put("form", "EVERY_FULL").put("times", benefit.times());
        }

        @Override
        public ObjectNode exchange(Exchange benefit) {
            put(json, "amount", benefit.price());
            return json.put("form", "EXCHANGE").put("units", benefit.units());
        }

        @Override
        public ObjectNode nForM(NForM benefit) {
            return json.put("form", "N_FOR_M").put("n", benefit.n()).put("m", benefit.m());
        }

        @Override
        public ObjectNode freeItem(FreeItem benefit) {
            return json.put("form", "FREE_ITEM").put("units", benefit.units());
        }

        @Override
        public ObjectNode shipping(Shipping benefit) {
            put(json, "amount", benefit.ceiling());
            return json.put("form", "SHIPPING");
        }
    }

    /** The template that was written. */
    public static CouponTemplate template(String text) {
        JsonNode json;
        try {
            json = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw CoreError.STORE_FAILED.causedBy(e, "a template of coupons is no JSON");
        }
        JsonNode scope = json.path("scope");
        String first = json.path("firstDay").textValue();
        String last = json.path("lastDay").textValue();
        return new CouponTemplate(
                json.path("key").asText(),
                json.path("name").asText(),
                benefit(json.path("benefit")),
                new CouponScope(
                        codes(scope, "skus"),
                        codes(scope, "categories"),
                        codes(scope, "brands"),
                        stores(scope),
                        codes(scope, "channels")),
                amount(json, "minimum"),
                json.path("minimumUnits").asInt(),
                new CouponStacking(
                        json.path("group").textValue(),
                        json.path("alone").asBoolean(),
                        json.path("perBasket").asInt()),
                new CouponValidity(
                        first == null ? null : LocalDate.parse(first),
                        last == null ? null : LocalDate.parse(last),
                        json.path("delayDays").asInt(),
                        json.path("days").asInt()),
                new CouponLimits(
                        json.path("total").asLong(),
                        json.path("perCustomer").asInt(),
                        json.path("perDay").asLong()),
                json.path("transferable").asBoolean(),
                CouponTemplateState.valueOf(json.path("state").asText()),
                json.path("version").asLong());
    }

    private static CouponBenefit benefit(JsonNode json) {
        String form = json.path("form").asText();
        return switch (form) {
            case "AMOUNT_OFF" -> new AmountOff(required(json, "amount"));
            case "PERCENT_OFF" -> new PercentOff(json.path("hundredths").asInt(), amount(json, "amount"));
            case "EVERY_FULL" ->
                new EveryFull(
                        required(json, "threshold"),
                        required(json, "amount"),
                        json.path("times").asInt());
            case "EXCHANGE" ->
                new Exchange(required(json, "amount"), json.path("units").asInt());
            case "N_FOR_M" -> new NForM(json.path("n").asInt(), json.path("m").asInt());
            case "FREE_ITEM" -> new FreeItem(json.path("units").asInt());
            case "SHIPPING" -> new Shipping(amount(json, "amount"));
            default -> throw CoreError.STORE_FAILED.because("no benefit is of the form %s", form);
        };
    }

    private static @Nullable Money amount(JsonNode json, String name) {
        JsonNode amount = json.path(name);
        return amount.isMissingNode()
                ? null
                : Money.ofMinor(
                        CurrencyUnit.of(amount.path("currency").asText()),
                        amount.path("minor").asLong());
    }

    private static Money required(JsonNode json, String name) {
        Money amount = amount(json, name);
        if (amount == null) {
            throw CoreError.STORE_FAILED.because("a benefit has no %s", name);
        }
        return amount;
    }

    private static SortedSet<String> codes(JsonNode json, String name) {
        SortedSet<String> codes = new TreeSet<>();
        json.path(name).forEach(it -> codes.add(it.asText()));
        return codes;
    }

    private static SortedSet<StoreId> stores(JsonNode json) {
        SortedSet<StoreId> stores = new TreeSet<>(Comparator.comparing(StoreId::value));
        codes(json, "stores").forEach(it -> stores.add(StoreId.of(it)));
        return stores;
    }
}

package dev.retailcrm.assets.benefit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.retailcrm.assets.definition.DefinitionReader;
import dev.retailcrm.assets.tier.TierProgram;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.StoreId;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Benefits as JSON; equal ones have equal texts. Stateless. */
final class BenefitText {
    private BenefitText() {}

    static String of(Benefit benefit) {
        ObjectNode json = DefinitionReader.newObject().put("key", benefit.key()).put("name", benefit.name());
        put(json.putObject("worth"), benefit.worth());
        json.put("everybody", benefit.everybody());
        ArrayNode tiers = json.putArray("tiers");
        for (TierClaim claim : benefit.tiers()) {
            ArrayNode levels = tiers.addObject().put("program", claim.program()).putArray("levels");
            claim.levels().forEach(levels::add);
        }
        put(json, "limit", benefit.limit());
        put(json, "firstDay", benefit.firstDay());
        put(json, "lastDay", benefit.lastDay());
        ArrayNode days = json.putArray("blockedDays");
        benefit.blockedDays().forEach(it -> days.add(it.toString()));
        ArrayNode weekdays = json.putArray("blockedWeekdays");
        benefit.blockedWeekdays().forEach(it -> weekdays.add(it.name()));
        ArrayNode stores = json.putArray("stores");
        benefit.stores().forEach(it -> stores.add(it.value()));
        BirthdayWindow birthday = benefit.birthday();
        if (birthday != null) {
            json.putObject("birthday").put("daysBefore", birthday.daysBefore()).put("daysAfter", birthday.daysAfter());
        }
        return DefinitionReader.text(json.put("retired", benefit.retired()).put("version", benefit.version()));
    }

    private static void put(ObjectNode json, String field, @Nullable LocalDate day) {
        if (day != null) {
            json.put(field, day.toString());
        }
    }

    private static void put(ObjectNode json, String field, @Nullable UseLimit limit) {
        if (limit != null) {
            json.putObject(field)
                    .put("times", limit.times())
                    .put("period", limit.period().name());
        }
    }

    private static void put(ObjectNode json, BenefitWorth worth) {
        if (worth instanceof BenefitWorth.Discount it) {
            json.put("kind", "discount").put("percent", it.percent().toPlainString());
        } else if (worth instanceof BenefitWorth.PointsMultiplier it) {
            json.put("kind", "points-multiplier").put("factor", it.factor().toPlainString());
        } else if (worth instanceof BenefitWorth.Gift it) {
            json.put("kind", "gift").put("sku", it.sku());
        } else if (worth instanceof BenefitWorth.Service it) {
            json.put("kind", "service").put("code", it.code());
        } else if (worth instanceof BenefitWorth.Custom it) {
            json.put("kind", "custom").put("payload", it.payload());
        } else {
            json.put("kind", "free-shipping");
        }
    }

    static Benefit benefit(String text) {
        return DefinitionReader.read(
                text,
                Benefit.MAX_BYTES,
                json -> new Benefit(
                        json.text("key"),
                        json.text("name"),
                        json.object("worth", BenefitText::worth),
                        json.flag("everybody", false),
                        json.objects("tiers", Benefit.MAX_TIERS, BenefitText::claim),
                        json.has("limit") ? json.object("limit", BenefitText::limit) : null,
                        json.textAs("firstDay", LocalDate::parse),
                        json.textAs("lastDay", LocalDate::parse),
                        days(json),
                        new TreeSet<>(json.choices("blockedWeekdays", DayOfWeek.class)),
                        stores(json),
                        json.has("birthday") ? json.object("birthday", BenefitText::birthday) : null,
                        json.flag("retired", false),
                        json.number("version", 0)));
    }

    private static SortedSet<LocalDate> days(DefinitionReader json) {
        SortedSet<LocalDate> days = new TreeSet<>();
        json.texts("blockedDays", Benefit.MAX_DAYS).forEach(it -> days.add(LocalDate.parse(it)));
        return days;
    }

    private static SortedSet<StoreId> stores(DefinitionReader json) {
        SortedSet<StoreId> stores = new TreeSet<>(Comparator.comparing(StoreId::value));
        json.texts("stores", Benefit.MAX_STORES).forEach(it -> stores.add(StoreId.of(it)));
        return stores;
    }

    private static TierClaim claim(DefinitionReader json) {
        return new TierClaim(json.text("program"), new TreeSet<>(json.texts("levels", TierProgram.MAX_LEVELS)));
    }

    /** A limit of uses. */
    static UseLimit limit(DefinitionReader json) {
        return new UseLimit(json.integer("times", 1), json.choice("period", UsePeriod.class, UsePeriod.EVER));
    }

    private static BirthdayWindow birthday(DefinitionReader json) {
        return new BirthdayWindow(json.integer("daysBefore", 0), json.integer("daysAfter", 0));
    }

    private static BenefitWorth worth(DefinitionReader json) {
        String kind = json.text("kind");
        return switch (kind) {
            case "discount" -> new BenefitWorth.Discount(number(json, "percent"));
            case "free-shipping" -> new BenefitWorth.FreeShipping();
            case "points-multiplier" -> new BenefitWorth.PointsMultiplier(number(json, "factor"));
            case "gift" -> new BenefitWorth.Gift(json.text("sku"));
            case "service" -> new BenefitWorth.Service(json.text("code"));
            case "custom" -> new BenefitWorth.Custom(json.text("payload"));
            default -> throw unknown();
        };
    }

    private static CrmException unknown() {
        return CoreError.INVALID_VALUE.because(
                "a benefit is a discount, free-shipping, a points-multiplier, a gift, a service or custom");
    }

    private static BigDecimal number(DefinitionReader json, String field) {
        String text = json.text(field);
        try {
            return new BigDecimal(text.length() > 40 ? "" : text);
        } catch (NumberFormatException e) {
            throw CoreError.INVALID_VALUE.because("%s is no number", field);
        }
    }
}

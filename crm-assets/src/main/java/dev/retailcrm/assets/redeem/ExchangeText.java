package dev.retailcrm.assets.redeem;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.retailcrm.assets.benefit.UseLimit;
import dev.retailcrm.assets.benefit.UsePeriod;
import dev.retailcrm.assets.checkout.Block;
import dev.retailcrm.assets.definition.DefinitionReader;
import dev.retailcrm.core.kernel.StoreId;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.SortedSet;
import java.util.TreeSet;

/** Offers of goods for points as JSON; equal ones have equal texts. Stateless. */
final class ExchangeText {
    private ExchangeText() {}

    static String of(ExchangeOffer offer) {
        ObjectNode json = DefinitionReader.newObject()
                .put("key", offer.key())
                .put("name", offer.name())
                .put("sku", offer.sku())
                .put("program", offer.program())
                .put("points", offer.points());
        json.putObject("block")
                .put("size", offer.block().size())
                .put("rounding", offer.block().rounding().name());
        json.put("stock", offer.stock());
        UseLimit limit = offer.limit();
        if (limit != null) {
            json.putObject("limit")
                    .put("times", limit.times())
                    .put("period", limit.period().name());
        }
        LocalDate first = offer.firstDay();
        LocalDate last = offer.lastDay();
        if (first != null) {
            json.put("firstDay", first.toString());
        }
        if (last != null) {
            json.put("lastDay", last.toString());
        }
        ArrayNode stores = json.putArray("stores");
        offer.stores().forEach(it -> stores.add(it.value()));
        return DefinitionReader.text(json.put("retired", offer.retired()).put("version", offer.version()));
    }

    static ExchangeOffer offer(String text) {
        return DefinitionReader.read(
                text,
                ExchangeOffer.MAX_BYTES,
                json -> new ExchangeOffer(
                        json.text("key"),
                        json.text("name"),
                        json.text("sku"),
                        json.text("program"),
                        json.has("block") ? json.object("block", ExchangeText::block) : Block.whole(1),
                        json.number("points", 0),
                        json.number("stock", 0),
                        json.has("limit") ? json.object("limit", ExchangeText::limit) : null,
                        json.textAs("firstDay", LocalDate::parse),
                        json.textAs("lastDay", LocalDate::parse),
                        stores(json),
                        json.flag("retired", false),
                        json.number("version", 0)));
    }

    private static Block block(DefinitionReader json) {
        return new Block(json.number("size", 1), json.choice("rounding", RoundingMode.class, RoundingMode.DOWN));
    }

    private static UseLimit limit(DefinitionReader json) {
        return new UseLimit(json.integer("times", 1), json.choice("period", UsePeriod.class, UsePeriod.EVER));
    }

    private static SortedSet<StoreId> stores(DefinitionReader json) {
        SortedSet<StoreId> stores = new TreeSet<>(Comparator.comparing(StoreId::value));
        json.texts("stores", ExchangeOffer.MAX_STORES).forEach(it -> stores.add(StoreId.of(it)));
        return stores;
    }
}

package dev.retailcrm.assets.card;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.retailcrm.assets.definition.DefinitionReader;
import dev.retailcrm.assets.ledger.Calendar;
import java.util.TreeSet;
import org.joda.money.Money;

/** Products of cards as JSON; equal ones have equal texts. Stateless. */
final class CardText {
    private CardText() {}

    static String of(CardProduct product) {
        ObjectNode json = DefinitionReader.newObject()
                .put("key", product.key())
                .put("name", product.name())
                .put("sale", product.sale().name());
        Money price = product.price();
        if (price != null) {
            json.put("price", price.toString());
        }
        json.put("uses", product.uses());
        ArrayNode benefits = json.putArray("benefits");
        product.benefits().forEach(benefits::add);
        return DefinitionReader.text(json.put("count", product.count())
                .put("unit", product.unit().name())
                .put("perCustomer", product.perCustomer())
                .put("retired", product.retired())
                .put("version", product.version()));
    }

    static CardProduct product(String text) {
        return DefinitionReader.read(
                text,
                CardProduct.MAX_BYTES,
                json -> new CardProduct(
                        json.text("key"),
                        json.text("name"),
                        json.choice("sale", CardSale.class, null),
                        json.has("price") ? json.money("price") : null,
                        json.integer("uses", 0),
                        new TreeSet<>(json.texts("benefits", CardProduct.MAX_BENEFITS)),
                        json.integer("count", 0),
                        json.choice("unit", Calendar.class, Calendar.DAY),
                        json.integer("perCustomer", 0),
                        json.flag("retired", false),
                        json.number("version", 0)));
    }
}

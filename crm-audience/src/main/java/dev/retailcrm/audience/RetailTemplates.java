package dev.retailcrm.audience;

import com.google.common.collect.ImmutableSortedMap;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;

/** Templates that every tenant has. Orders count by the instant they were bought; cancelled ones do not. Stateless. */
final class RetailTemplates {
    private static final int LONGEST = 3_660;

    /** By their keys. */
    static final SortedMap<String, AudienceTemplate> ALL = Stream.of(
                    template(
                            "new",
                            "New customers",
                            "Joined in the last days.",
                            "{'field':'joining.at','op':'within','window':{'last':{'number':{'parameter':'days'},'unit':'day'}}}",
                            days("days", 30)),
                    template(
                            "active",
                            "Active customers",
                            "Bought in the last days.",
                            bought("ge", "1", last("days")),
                            days("days", 90)),
                    template(
                            "sleeping",
                            "Sleeping customers",
                            "Bought once, and nothing in the last days.",
                            "{'silence':{'type':'order'},'span':{'number':{'parameter':'days'},'unit':'day'}}",
                            days("days", 180)),
                    template(
                            "lapsing",
                            "Lapsing customers",
                            "Their last order was between so many and so many days ago.",
                            all(bought("ge", "1", between("most", "least")), bought("eq", "0", last("least"))),
                            days("least", 90),
                            days("most", 180)),
                    template(
                            "lapsed",
                            "Lapsed customers",
                            "Bought once, and nothing for long.",
                            "{'silence':{'type':'order'},'span':{'number':{'parameter':'days'},'unit':'day'}}",
                            days("days", 365)),
                    template(
                            "high-value",
                            "High value",
                            "Spent at least an amount in the last days; of other currencies nothing counts.",
                            "{'event':{'type':'order'},'aggregate':'sum','property':'amount',"
                                    + "'test':{'op':'ge','value':{'parameter':'amount'}},'window':" + last("days")
                                    + "}",
                            TemplateParameter.amount("amount", "At least"),
                            days("days", 365)),
                    template(
                            "price-sensitive",
                            "Price-sensitive",
                            "Buys often and little at a time: so many orders in the last days, on average of an amount at the most.",
                            all(
                                    bought("ge", "{'parameter':'orders'}", last("days")),
                                    "{'event':{'type':'order'},'aggregate':'avg','property':'amount',"
                                            + "'test':{'op':'le','value':{'parameter':'amount'}},'window':"
                                            + last("days") + "}"),
                            TemplateParameter.number("orders", "Orders at least", 3L, 1, 10_000),
                            TemplateParameter.amount("amount", "On average at most"),
                            days("days", 365)),
                    template(
                            "birthday-this-month",
                            "Birthday this month",
                            "Has her birthday in this month of the calendar.",
                            "{'field':'profile.birthday','op':'anniversary',"
                                    + "'window':{'periods':{'unit':'month','first':0,'number':1}}}"),
                    template(
                            "first-purchase-no-second",
                            "First purchase, no second",
                            "Bought exactly once, so many days ago at least.",
                            all(
                                    "{'event':{'type':'order'},'aggregate':'count','test':{'op':'eq','value':1}}",
                                    bought("eq", "0", last("days"))),
                            days("days", 30)),
                    template(
                            "category-fans",
                            "Fans of a category",
                            "Bought a category so many times in the last days.",
                            "{'event':{'type':'purchase','where':[{'property':'category','op':'eq','value':{'parameter':'category'}}]},"
                                    + "'aggregate':'count','test':{'op':'ge','value':{'parameter':'times'}},'window':"
                                    + last("days") + "}",
                            TemplateParameter.text("category", "Category"),
                            TemplateParameter.number("times", "Times at least", 3L, 1, 10_000),
                            days("days", 365)),
                    template(
                            "one-store",
                            "Customers of one store",
                            "Bought so many times, always in the same store.",
                            all(
                                    "{'event':{'type':'order','where':[{'property':'store','op':'exists'}]},'aggregate':'count',"
                                            + "'test':{'op':'ge','value':{'parameter':'orders'}}}",
                                    "{'event':{'type':'order'},'aggregate':'distinct','property':'store',"
                                            + "'test':{'op':'eq','value':1}}"),
                            TemplateParameter.number("orders", "Orders at least", 2L, 1, 10_000)),
                    template(
                            "points-expiring",
                            "Points that expire",
                            "So many points of a program lapse in the next days.",
                            "{'field':'points.{program}.expiring_{days}d','op':'ge','value':{'parameter':'points'}}",
                            text("program", "Program", "standard"),
                            TemplateParameter.number("points", "Points at least", 1L, 1, 1_000_000_000),
                            days("days", 30)),
                    template(
                            "tier-lapsing",
                            "Level that lapses",
                            "Has a level of a program above the lowest, and it ends in the next days.",
                            "{'field':'tier.{program}.until','op':'within','window':{'next':" + span("days") + "}}",
                            TemplateParameter.text("program", "Program"),
                            days("days", 30)),
                    template(
                            "stored-value-unused",
                            "Stored value unused",
                            "Has stored value in a currency, and neither topped up nor used any in the last days.",
                            all(
                                    "{'field':'stored.{currency}.available','op':'gt','value':{'money':'0','currency':'{currency}'}}",
                                    "{'not':{'field':'stored.{currency}.last_active','op':'within','window':"
                                            + last("days") + "}}"),
                            TemplateParameter.text("currency", "Currency"),
                            days("days", 180)))
            .collect(ImmutableSortedMap.toImmutableSortedMap(String::compareTo, AudienceTemplate::key, it -> it));

    private RetailTemplates() {}

    private static AudienceTemplate template(
            String key, String name, String description, String rule, TemplateParameter... parameters) {
        String form = ("{'version':1,'rule':" + rule + "}").replace('\'', '"');
        return new AudienceTemplate(key, name, description, List.of(parameters), form, 1);
    }

    private static TemplateParameter text(String name, String label, String standard) {
        return new TemplateParameter(name, label, FieldType.TEXT, FieldValue.text(standard), null, null, List.of());
    }

    private static TemplateParameter days(String name, long standard) {
        return new TemplateParameter(
                name,
                "Days",
                FieldType.LONG,
                FieldValue.number(standard),
                FieldValue.number(1),
                FieldValue.number(LONGEST),
                List.of());
    }

    private static String bought(String comparison, String number, String window) {
        return "{'event':{'type':'order'},'aggregate':'count','test':{'op':'" + comparison + "','value':" + number
                + "},'window':" + window + "}";
    }

    private static String last(String days) {
        return "{'last':" + span(days) + "}";
    }

    private static String between(String most, String least) {
        return "{'ago':{'most':" + span(most) + ",'least':" + span(least) + "}}";
    }

    private static String span(String days) {
        return "{'number':{'parameter':'" + days + "'},'unit':'day'}";
    }

    private static String all(String one, String other) {
        return "{'all':[" + one + "," + other + "]}";
    }
}

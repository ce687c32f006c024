package dev.retailcrm.benchmarks;

import static dev.retailcrm.core.rule.Rules.allOf;
import static dev.retailcrm.core.rule.Rules.anyOf;
import static dev.retailcrm.core.rule.Rules.days;
import static dev.retailcrm.core.rule.Rules.did;
import static dev.retailcrm.core.rule.Rules.field;
import static dev.retailcrm.core.rule.Rules.taggedAny;

import dev.retailcrm.core.field.CatalogField;
import dev.retailcrm.core.field.FieldAccess;
import dev.retailcrm.core.field.FieldCatalog;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.rule.CompiledRule;
import dev.retailcrm.core.rule.CustomerFacts;
import dev.retailcrm.core.rule.EventFact;
import dev.retailcrm.core.rule.MarkFact;
import dev.retailcrm.core.rule.RequiredFacts;
import dev.retailcrm.core.rule.Rule;
import dev.retailcrm.core.rule.RuleCatalog;
import dev.retailcrm.core.rule.RuleTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** The rule as ours, about all purchases of a customer, not only the last. */
final class OursRule {
    private static final RuleCatalog CATALOG = RuleCatalog.of(FieldCatalog.ofCustomers()
                    .and(List.of(
                            custom("age", FieldType.LONG),
                            custom("city", FieldType.TEXT),
                            custom("spend", FieldType.LONG))))
            .event("purchase", Map.of())
            .tag("t7");

    private final CompiledRule.AsOf rule;
    private final CustomerFacts[] facts;

    OursRule(List<Shopper> shoppers) {
        CompiledRule compiled = Rule.of(allOf(
                        field("profile.gender").is("female"),
                        field("custom.age").atLeast(30),
                        anyOf(
                                field("custom.city").in(Shopper.CITIES.toArray()),
                                field("custom.spend").greaterThan(800)),
                        did("purchase").inLast(days(30)),
                        taggedAny("t7")))
                .compile(CATALOG, RuleTime.in(ZoneId.of("Asia/Shanghai")));
        rule = compiled.at(Shopper.NOW);
        facts = shoppers.stream().map(it -> facts(compiled.requiredFacts(), it)).toArray(CustomerFacts[]::new);
    }

    boolean test(int i) {
        return rule.test(facts[i]);
    }

    private static CustomerFacts facts(RequiredFacts required, Shopper shopper) {
        CustomerFacts.Builder facts = CustomerFacts.of(required)
                .field("profile.gender", FieldValue.choice(shopper.gender()))
                .field("custom.age", FieldValue.number(shopper.age()))
                .field("custom.city", FieldValue.text(shopper.city()))
                .field("custom.spend", FieldValue.number(shopper.spend()));
        shopper.purchases().forEach(at -> facts.event("purchase", EventFact.at(at)));
        shopper.tags().forEach(tag -> facts.tag(tag, MarkFact.always()));
        return facts.build();
    }

    private static CatalogField custom(String key, FieldType type) {
        return new CatalogField("custom." + key, type, false, FieldAccess.ALL, List.of());
    }
}

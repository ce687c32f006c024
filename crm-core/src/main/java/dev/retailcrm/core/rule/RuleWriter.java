package dev.retailcrm.core.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.retailcrm.core.field.FieldValue;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes the JSON form of rules; members are in one order, so that equal rules have equal texts. Stateless. */
final class RuleWriter implements ConditionVisitor<ObjectNode> {
    /** The version of the form. */
    static final int VERSION = 1;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    String write(Condition condition) {
        ObjectNode rule = JSON.objectNode().put("version", VERSION);
        rule.set("rule", condition.accept(this));
        return rule.toString();
    }

    @Override
    public ObjectNode all(AllOf condition) {
        return with("all", parts(condition.conditions()));
    }

    @Override
    public ObjectNode any(AnyOf condition) {
        return with("any", parts(condition.conditions()));
    }

    @Override
    public ObjectNode not(Not condition) {
        return with("not", condition.condition().accept(this));
    }

    private ArrayNode parts(List<Condition> conditions) {
        ArrayNode parts = JSON.arrayNode();
        conditions.forEach(part -> parts.add(part.accept(this)));
        return parts;
    }

    @Override
    public ObjectNode field(FieldCondition condition) {
        return test(JSON.objectNode().put("field", condition.field()), condition.test());
    }

    @Override
    public ObjectNode tags(TagCondition condition) {
        ObjectNode json = with("tags", texts(condition.tags()));
        ValueTest count = condition.count();
        if (count != null) {
            json.set("count", test(JSON.objectNode(), count));
            return json;
        }
        return have(json, condition.quantifier());
    }

    @Override
    public ObjectNode tagValue(TagValueCondition condition) {
        return test(JSON.objectNode().put("tag", condition.tag()), condition.test());
    }

    @Override
    public ObjectNode audience(AudienceCondition condition) {
        return have(with("audiences", texts(condition.audiences())), condition.quantifier());
    }

    private static ObjectNode have(ObjectNode json, @Nullable Quantifier quantifier) {
        return quantifier == null ? json : json.put("have", word(quantifier));
    }

    @Override
    public ObjectNode event(EventCondition condition) {
        ObjectNode json = with("event", events(condition.events())).put("aggregate", word(condition.aggregate()));
        if (condition.property() != null) {
            json.put("property", condition.property());
        }
        ValueTest test = condition.test();
        if (test != null) {
            json.set("test", test(JSON.objectNode(), test));
        }
        return window(json, condition.window());
    }

    @Override
    public ObjectNode sequence(SequenceCondition condition) {
        ObjectNode json =
                with("sequence", JSON.arrayNode().add(events(condition.first())).add(events(condition.then())));
        json.set("within", span(condition.within()));
        return window(json, condition.window());
    }

    @Override
    public ObjectNode periods(PeriodsCondition condition) {
        return with("periods", events(condition.events()))
                .put("perPeriod", condition.perPeriod())
                .put("unit", word(condition.unit()))
                .put("last", condition.last())
                .put("atLeast", condition.atLeast());
    }

    @Override
    public ObjectNode silence(SilenceCondition condition) {
        ObjectNode json = with("silence", events(condition.events()));
        json.set("span", span(condition.silence()));
        Span back = condition.back();
        if (back != null) {
            json.set("back", span(back));
        }
        return json;
    }

    private static ObjectNode events(Events events) {
        ObjectNode json = JSON.objectNode().put("type", events.type());
        if (!events.where().isEmpty()) {
            ArrayNode where = json.putArray("where");
            events.where()
                    .forEach(part -> where.add(test(JSON.objectNode().put("property", part.property()), part.test())));
        }
        return json;
    }

    private static ObjectNode test(ObjectNode json, ValueTest test) {
        if (test instanceof ValueTest.Compare it) {
            json.put("op", word(it.comparison())).set("value", value(it.value()));
        } else if (test instanceof ValueTest.Between it) {
            json.put("op", "between").set("min", value(it.min()));
            json.set("max", value(it.max()));
        } else if (test instanceof ValueTest.In it) {
            ArrayNode values = json.put("op", it.negated() ? "not_in" : "in").putArray("values");
            it.values().forEach(value -> values.add(value(value)));
        } else if (test instanceof ValueTest.Text it) {
            json.put("op", word(it.match())).put("text", it.text());
        } else if (test instanceof ValueTest.Within it) {
            window(json.put("op", "within"), it.window());
        } else if (test instanceof ValueTest.Anniversary it) {
            window(json.put("op", "anniversary"), it.window());
        } else if (test instanceof ValueTest.Age it) {
            json.put("op", "age").put("min", it.min());
            if (it.max() != null) {
                json.put("max", it.max());
            }
        } else if (test instanceof ValueTest.OnDays it) {
            json.put("op", "on_days")
                    .set("days", texts(it.days().stream().map(RuleWriter::word).toList()));
        } else if (test instanceof ValueTest.Options it) {
            json.put("op", word(it.quantifier())).set("options", texts(it.options()));
        } else if (test instanceof ValueTest.OptionCount it) {
            json.put("op", "choices").put("comparison", word(it.comparison())).put("number", it.number());
        } else if (test instanceof ValueTest.Presence it) {
            json.put("op", it.there() ? "exists" : "missing");
        }
        return json;
    }

    /** A whole number and a number with decimals are JSON numbers; what is neither says what it is. */
    private static JsonNode value(FieldValue value) {
        return switch (value.type()) {
            case TEXT -> JSON.textNode(value.asText());
            case CHOICE -> JSON.textNode(value.asChoice());
            case LONG -> JSON.numberNode(value.asLong());
            case BOOLEAN -> JSON.booleanNode(value.asBoolean());
            case DECIMAL -> decimal(value.asDecimal());
            case MONEY ->
                JSON.objectNode()
                        .put("money", value.asMoney().getAmount().toPlainString())
                        .put("currency", value.asMoney().getCurrencyUnit().getCode());
            case DATE -> JSON.objectNode().put("date", value.asDate().toString());
            case INSTANT -> JSON.objectNode().put("instant", value.asInstant().toString());
            case MULTI_CHOICE -> texts(value.asChoices());
        };
    }

    private static JsonNode decimal(BigDecimal number) {
        return number.scale() > 0
                ? DecimalNode.valueOf(number)
                : JSON.objectNode().put("decimal", number.toPlainString());
    }

    private static ObjectNode window(ObjectNode json, @Nullable Window window) {
        if (window == null) {
            return json;
        }
        ObjectNode form = JSON.objectNode();
        if (window instanceof Window.Last it) {
            form.set("last", span(it.span()));
        } else if (window instanceof Window.Next it) {
            form.set("next", span(it.span()));
        } else if (window instanceof Window.Ago it) {
            ObjectNode ago = form.putObject("ago");
            Span most = it.most();
            if (most != null) {
                ago.set("most", span(most));
            }
            ago.set("least", span(it.least()));
        } else if (window instanceof Window.Periods it) {
            form.putObject("periods")
                    .put("unit", word(it.unit()))
                    .put("first", it.first())
                    .put("number", it.number());
        } else if (window instanceof Window.Between it) {
            ends(form.putObject("between"), it.from(), it.to());
        } else if (window instanceof Window.Days it) {
            ends(form.putObject("days"), it.from(), it.to());
        }
        json.set("window", form);
        return json;
    }

    private static void ends(ObjectNode json, @Nullable Object from, @Nullable Object to) {
        if (from != null) {
            json.put("from", from.toString());
        }
        if (to != null) {
            json.put("to", to.toString());
        }
    }

    private static ObjectNode span(Span span) {
        return JSON.objectNode().put("number", span.number()).put("unit", word(span.unit()));
    }

    private static ArrayNode texts(Collection<String> texts) {
        ArrayNode json = JSON.arrayNode();
        texts.forEach(json::add);
        return json;
    }

    private static ObjectNode with(String name, JsonNode value) {
        ObjectNode json = JSON.objectNode();
        json.set(name, value);
        return json;
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}

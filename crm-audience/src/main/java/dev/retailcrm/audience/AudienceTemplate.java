package dev.retailcrm.audience;

import com.google.common.collect.ImmutableList;
import dev.retailcrm.audience.spi.AudienceItem;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.rule.Rule;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A rule with gaps, to be filled in by typed values. Immutable.
 *
 * @param key its code, 1 to 60 printable ASCII characters
 * @param name for people, 1 to 100 characters
 * @param description for people, 1 to 500 characters; {@code null} if there is none
 * @param parameters what is to be filled in, at most 30, each used
 * @param form the JSON of a rule in which {@code {"parameter":"days"}} stands for a value, and <code>{days}</code> within a text for the value as
 *     text; at most {@value Rule#MAX_BYTES} characters
 * @param version counts changes from 1; 0 before it is defined
 */
public record AudienceTemplate(
        String key,
        String name,
        @Nullable String description,
        List<TemplateParameter> parameters,
        String form,
        long version) {
    /** The most parameters. */
    public static final int MAX_PARAMETERS = 30;

    /** Refuses malformed parts with {@link CoreError#INVALID_VALUE}, and a form that is no rule with gaps with {@link CoreError#INVALID_RULE}. */
    public AudienceTemplate {
        Check.code(key, AudienceRule.MAX_KEY, "key of the template");
        Check.text(name, 100, "name of the template");
        if (description != null) {
            Check.text(description, 500, "description");
        }
        parameters = ImmutableList.copyOf(Check.present(parameters, "parameters"));
        Check.range(parameters.size(), 0, MAX_PARAMETERS, "number of parameters");
        Check.range(Check.present(form, "form").length(), 1, Rule.MAX_BYTES, "length of the form");
        if (version < 0) {
            throw CoreError.INVALID_VALUE.because("versions count from 1");
        }
        Set<String> names = new HashSet<>();
        parameters.forEach(it -> names.add(it.name()));
        if (names.size() < parameters.size()
                || !TemplateForm.parse(form).names().equals(names)) {
            throw CoreError.INVALID_VALUE.because("the form must use each parameter, and no other, once declared");
        }
        if (key.length() + name.length() + form.length() > AudienceItem.MAX_DEFINITION / 2) {
            throw CoreError.INVALID_VALUE.because("the template is too long");
        }
    }

    /** A template. */
    public static AudienceTemplate of(String key, String name, String form, TemplateParameter... parameters) {
        return new AudienceTemplate(key, name, null, List.of(parameters), form, 0);
    }

    /** The same, explained. */
    public AudienceTemplate describedAs(String text) {
        return new AudienceTemplate(key, name, Check.present(text, "description"), parameters, form, version);
    }

    AudienceTemplate at(long number) {
        return new AudienceTemplate(key, name, description, parameters, form, number);
    }

    /**
     * The rule with these values filled in.
     *
     * @param values by the names of the parameters; the standard values fill in the rest
     * @throws CrmException {@link AudienceError#PARAMETER_REFUSED}; {@link CoreError#INVALID_RULE} if it becomes no rule
     */
    public Rule rule(Map<String, FieldValue> values) {
        Check.present(values, "values");
        Map<String, FieldValue> all = new HashMap<>();
        parameters.forEach(it -> all.put(it.name(), it.valued(values.get(it.name()))));
        for (String given : values.keySet()) {
            if (!all.containsKey(Check.present(given, "name of the parameter"))) {
                throw AudienceError.PARAMETER_REFUSED.because("the template has no such parameter");
            }
        }
        return TemplateForm.parse(form).filled(all);
    }
}

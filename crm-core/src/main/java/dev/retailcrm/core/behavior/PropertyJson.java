package dev.retailcrm.core.behavior;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;
import org.joda.money.IllegalCurrencyException;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** The text form of properties: one for equal properties. Stateless. */
final class PropertyJson {
    private static final int MAX_DIGITS = 18;
    private static final int MAX_SCALE = 9;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private PropertyJson() {}

    static String write(Map<String, Object> values) {
        if (values.isEmpty()) {
            return "{}";
        }
        var text = new StringWriter(128);
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.writeStartObject();
            for (Map.Entry<String, Object> value : values.entrySet()) {
                json.writeFieldName(value.getKey());
                write(json, value.getValue());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a StringWriter never fails
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, Object value) throws IOException {
        if (value instanceof String text) {
            json.writeString(text);
        } else if (value instanceof Long number) {
            json.writeNumber(number);
        } else if (value instanceof BigDecimal decimal) {
            json.writeNumber(decimal.toPlainString());
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof Money money) {
            json.writeStartObject();
            json.writeStringField("currency", money.getCurrencyUnit().getCode());
            json.writeNumberField("minor", money.getAmountMinorLong());
            json.writeEndObject();
        } else {
            throw new IllegalStateException("no property is a " + value.getClass());
        }
    }

    static Map<String, Object> read(String text) {
        if (text.length() > Properties.MAX_JSON) {
            throw malformed();
        }
        Map<String, Object> values = new TreeMap<>();
        try (JsonParser json = FACTORY.createParser(text)) {
            expect(json.nextToken(), JsonToken.START_OBJECT);
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = Property.requireName(json.currentName());
                json.nextToken();
                values.put(name, value(json));
            }
            expect(json.currentToken(), JsonToken.END_OBJECT);
            expect(json.nextToken(), null);
            return values;
        } catch (IOException e) {
            throw malformed();
        }
    }

    private static Object value(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case VALUE_STRING -> Check.text(json.getText(), Property.MAX_TEXT, "text of a property");
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(json);
            case START_OBJECT -> money(json);
            default -> throw malformed();
        };
    }

    /** A number with neither point nor exponent is a whole one, whatever it was given as. */
    private static Object number(JsonParser json) throws IOException {
        if (json.getTextLength() > 2 * MAX_DIGITS) {
            throw malformed();
        }
        return json.currentToken() == JsonToken.VALUE_NUMBER_INT
                ? (Object) json.getLongValue()
                : canonical(json.getDecimalValue());
    }

    private static Money money(JsonParser json) throws IOException {
        json.nextToken();
        expect(json.currentToken() == JsonToken.FIELD_NAME && json.currentName().equals("currency"));
        expect(json.nextToken(), JsonToken.VALUE_STRING);
        String currency = json.getText();
        json.nextToken();
        expect(json.currentToken() == JsonToken.FIELD_NAME && json.currentName().equals("minor"));
        expect(json.nextToken(), JsonToken.VALUE_NUMBER_INT);
        long minor = json.getLongValue();
        expect(json.nextToken(), JsonToken.END_OBJECT);
        try {
            return Properties.money(currency, minor);
        } catch (IllegalCurrencyException e) {
            throw malformed();
        }
    }

    /** The decimal in its one form: a whole number if it is one, else without zeros at the end. */
    static Object canonical(BigDecimal value) {
        BigDecimal stripped = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        // Compared as 64-bit numbers: the exponent of a decimal may be anything.
        long whole = (long) stripped.precision() - stripped.scale();
        if (stripped.scale() > MAX_SCALE || whole > MAX_DIGITS || stripped.precision() > MAX_DIGITS) {
            throw CoreError.INVALID_VALUE.because(
                    "a decimal has at most %d digits, %d of them after the point", MAX_DIGITS, MAX_SCALE);
        }
        return stripped.scale() <= 0 ? (Object) stripped.longValueExact() : stripped;
    }

    static boolean isLong(BigDecimal minor) {
        return minor.toBigInteger().bitLength() < Long.SIZE
                && minor.toBigInteger().abs().compareTo(BigInteger.TEN.pow(MAX_DIGITS)) < 0;
    }

    private static void expect(@Nullable JsonToken found, @Nullable JsonToken wanted) {
        expect(found == wanted);
    }

    private static void expect(boolean right) {
        if (!right) {
            throw malformed();
        }
    }

    /** Without the cause, whose message quotes the text. */
    private static CrmException malformed() {
        return CoreError.INVALID_VALUE.because("properties are a JSON object of names and plain values");
    }
}

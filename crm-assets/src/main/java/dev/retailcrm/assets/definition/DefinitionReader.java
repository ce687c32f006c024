package dev.retailcrm.assets.definition;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.ErrorKind;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.joda.money.IllegalCurrencyException;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON object strictly: what is missing, unknown, of another type or out of range is refused as {@link AssetError#INVALID_DEFINITION},
 * naming the place. Not thread-safe; for one object.
 */
public final class DefinitionReader {
    private static final int MAX_DEPTH = 32;
    private static final int MAX_STRING = 131_072;
    private static final int MAX_DIGITS = 30;

    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxStringLength(MAX_STRING)
                            .maxNumberLength(MAX_DIGITS)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final JsonNode object;
    private final String path;
    private final Set<String> read = new HashSet<>();

    private DefinitionReader(JsonNode object, String path) {
        this.object = object;
        this.path = path;
    }

    /** Reads a text of at most {@code maxBytes} as one object. */
    public static <T> T read(String json, int maxBytes, Function<DefinitionReader, T> shape) {
        return of(parsed(json, maxBytes), "$", shape);
    }

    private static JsonNode parsed(String json, int maxBytes) {
        Check.present(json, "JSON");
        if (json.length() > maxBytes || json.getBytes(StandardCharsets.UTF_8).length > maxBytes) {
            throw refused("$", "more than " + maxBytes + " bytes");
        }
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw refused("$", "no JSON as it is expected");
        }
    }

    /** Refuses what is no JSON object of at most {@code maxBytes}; whatever is in it is the host's. */
    public static void requireObject(String json, int maxBytes) {
        if (!parsed(json, maxBytes).isObject()) {
            throw refused("$", "an object is expected");
        }
    }

    /** An object to be filled and written by {@link #text}. */
    public static ObjectNode newObject() {
        return JSON.createObjectNode();
    }

    /** The text of an object. */
    public static String text(ObjectNode object) {
        return object.toString();
    }

    private static <T> T of(@Nullable JsonNode node, String path, Function<DefinitionReader, T> shape) {
        if (node == null || !node.isObject()) {
            throw refused(path, "an object is expected");
        }
        DefinitionReader reader = new DefinitionReader(node, path);
        T value = guarded(path, () -> shape.apply(reader));
        node.fieldNames().forEachRemaining(name -> {
            if (!reader.read.contains(name)) {
                throw refused(path, "an unknown field");
            }
        });
        return value;
    }

    private static <T> T guarded(String path, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (CrmException refusal) {
            if (refusal.code() == AssetError.INVALID_DEFINITION || refusal.kind() != ErrorKind.INVALID) {
                throw refusal;
            }
            throw refused(path, String.valueOf(refusal.getMessage()));
        } catch (DateTimeException | ArithmeticException | IllegalCurrencyException e) {
            throw refused(path, "a value that cannot be read");
        }
    }

    private static CrmException refused(String path, String why) {
        return AssetError.INVALID_DEFINITION.with(Map.of("path", path), "at %s: %s", path, why);
    }

    private @Nullable JsonNode node(String field) {
        read.add(field);
        JsonNode node = object.get(field);
        return node == null || node.isNull() ? null : node;
    }

    private JsonNode require(String field) {
        JsonNode node = node(field);
        if (node == null) {
            throw refused(at(field), "a value is missing");
        }
        return node;
    }

    private String at(String field) {
        return path + "." + field;
    }

    /** Whether a field is there. */
    public boolean has(String field) {
        return node(field) != null;
    }

    /** A text. */
    public String text(String field) {
        JsonNode node = require(field);
        if (!node.isTextual()) {
            throw refused(at(field), "a text is expected");
        }
        return node.textValue();
    }

    /** A text, or {@code null}. */
    public @Nullable String textOrNull(String field) {
        return has(field) ? text(field) : null;
    }

    /** What a text becomes, or the other if there is none. */
    public <T> T textAs(String field, Function<String, T> as, T other) {
        T value = textAs(field, as);
        return value == null ? other : value;
    }

    /** What a text becomes, or {@code null} if there is none. */
    public <T> @Nullable T textAs(String field, Function<String, T> as) {
        if (!has(field)) {
            return null;
        }
        String text = text(field);
        return guarded(at(field), () -> as.apply(text));
    }

    /** A whole number, or the other if there is none. */
    public long number(String field, long other) {
        if (!has(field)) {
            return other;
        }
        return number(require(field), at(field));
    }

    private static long number(JsonNode node, String path) {
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            throw refused(path, "a whole number is expected");
        }
        return node.longValue();
    }

    /** A whole number of 32 bits, or the other if there is none. */
    public int integer(String field, int other) {
        long number = number(field, other);
        if (number != (int) number) {
            throw refused(at(field), "a smaller number is expected");
        }
        return (int) number;
    }

    /** A truth, or the other if there is none. */
    public boolean flag(String field, boolean other) {
        if (!has(field)) {
            return other;
        }
        JsonNode node = require(field);
        if (!node.isBoolean()) {
            throw refused(at(field), "true or false is expected");
        }
        return node.booleanValue();
    }

    /** A constant by its name, or the other if there is none. */
    public <E extends Enum<E>> E choice(String field, Class<E> type, @Nullable E other) {
        if (other != null && !has(field)) {
            return other;
        }
        return constant(text(field), type, at(field));
    }

    private static <E extends Enum<E>> E constant(String name, Class<E> type, String path) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        throw refused(path, "one of the known names is expected");
    }

    /** An amount such as {@code "CNY 1.00"}. */
    public Money money(String field) {
        String text = text(field);
        return guarded(at(field), () -> {
            try {
                return Money.parse(Check.code(text, 40, "amount"));
            } catch (IllegalArgumentException e) {
                throw CoreError.INVALID_VALUE.because("an amount is a currency and a number");
            }
        });
    }

    /** The texts of a list; none if it is not there. */
    public List<String> texts(String field, int most) {
        return list(field, most, (node, place) -> {
            if (!node.isTextual()) {
                throw refused(place, "a text is expected");
            }
            return node.textValue();
        });
    }

    /** The whole numbers of a list; none if it is not there. */
    public List<Long> numbers(String field, int most) {
        return list(field, most, DefinitionReader::number);
    }

    /** The constants of a list; none if it is not there. */
    public <E extends Enum<E>> List<E> choices(String field, Class<E> type) {
        return list(field, type.getEnumConstants().length, (node, place) -> constant(node.asText(), type, place));
    }

    /** The objects of a list; none if it is not there. */
    public <T> List<T> objects(String field, int most, Function<DefinitionReader, T> shape) {
        return list(field, most, (node, place) -> of(node, place, shape));
    }

    private <T> List<T> list(String field, int most, BiFunction<JsonNode, String, T> one) {
        JsonNode node = node(field);
        if (node == null) {
            return List.of();
        }
        if (!node.isArray() || node.size() > most) {
            throw refused(at(field), String.format(Locale.ROOT, "a list of at most %d is expected", most));
        }
        List<T> all = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            all.add(one.apply(node.get(i), at(field) + "[" + i + "]"));
        }
        return all;
    }

    /** The object of a field. */
    public <T> T object(String field, Function<DefinitionReader, T> shape) {
        return of(require(field), at(field), shape);
    }
}

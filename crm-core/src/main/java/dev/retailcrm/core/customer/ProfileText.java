package dev.retailcrm.core.customer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The values of a profile as text, for stores and histories: enums by name, dates as ISO 8601 ({@code 1990-02-03}, {@code --02-29}),
 * names and addresses as JSON. Stateless.
 */
public final class ProfileText {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ProfileText() {}

    /** The value of a field; empty if it is not known. */
    public static Optional<String> of(Profile profile, ProfileField field) {
        return switch (field) {
            case KIND -> profile.isKnown(field) ? Optional.of(profile.kind().name()) : Optional.empty();
            case NAME -> profile.name().map(ProfileText::name);
            case GENDER -> profile.gender().map(Gender::name);
            case BIRTH_DATE ->
                profile.birthDate()
                        .map(birth -> birth.date()
                                .map(LocalDate::toString)
                                .orElse(birth.day().toString()));
            case LANGUAGE -> profile.language();
            case TIME_ZONE -> profile.timeZone().map(ZoneId::getId);
            case ADDRESSES ->
                profile.addresses().isEmpty() ? Optional.empty() : Optional.of(addresses(profile.addresses()));
            case REMARK -> profile.remark();
        };
    }

    /**
     * The patch that also sets the field to a value written by {@link #of}.
     *
     * @throws CrmException {@link CoreError#INVALID_VALUE} if the text is none
     */
    public static ProfilePatch set(ProfilePatch patch, ProfileField field, String text) {
        try {
            return switch (field) {
                case KIND -> patch.kind(PartyKind.valueOf(text));
                case NAME -> patch.name(name(text));
                case GENDER -> patch.gender(Gender.valueOf(text));
                case BIRTH_DATE ->
                    patch.birthDate(
                            text.startsWith("--")
                                    ? BirthDate.of(MonthDay.parse(text))
                                    : BirthDate.of(LocalDate.parse(text)));
                case LANGUAGE -> patch.language(text);
                case TIME_ZONE -> patch.timeZone(ZoneId.of(text));
                case ADDRESSES -> patch.addresses(addresses(text));
                case REMARK -> patch.remark(text);
            };
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            throw CoreError.INVALID_VALUE.because("%s is not written as it should be", field);
        }
    }

    private static String name(PersonName name) {
        ObjectNode json = JSON.createObjectNode().put("display", name.display());
        put(json, "given", name.given());
        put(json, "family", name.family());
        return write(json);
    }

    private static PersonName name(String text) throws IOException {
        try (JsonParser json = JSON.createParser(text)) {
            json.nextToken();
            Map<String, String> name = texts(json);
            return new PersonName(name.getOrDefault("display", ""), name.get("given"), name.get("family"));
        }
    }

    private static String addresses(List<PostalAddress> addresses) {
        var json = JSON.createArrayNode();
        for (PostalAddress address : addresses) {
            ObjectNode one = json.addObject()
                    .put("use", address.use().name())
                    .put("country", address.country())
                    .put("street", address.street());
            put(one, "region", address.region());
            put(one, "city", address.city());
            put(one, "district", address.district());
            put(one, "postcode", address.postcode());
            put(one, "recipient", address.recipient());
        }
        return write(json);
    }

    private static List<PostalAddress> addresses(String text) throws IOException {
        List<PostalAddress> addresses = new ArrayList<>();
        try (JsonParser json = JSON.createParser(text)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.START_OBJECT) {
                Map<String, String> one = texts(json);
                addresses.add(new PostalAddress(
                        AddressUse.valueOf(one.getOrDefault("use", "")),
                        one.getOrDefault("country", ""),
                        one.get("region"),
                        one.get("city"),
                        one.get("district"),
                        one.getOrDefault("street", ""),
                        one.get("postcode"),
                        one.get("recipient")));
            }
        }
        return addresses;
    }

    /** The members of an object of texts that the parser is at the start of; it is at the end of it then. A tree costs four times that. */
    private static Map<String, String> texts(JsonParser json) throws IOException {
        Map<String, String> texts = new HashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            texts.put(name, json.nextTextValue());
        }
        return texts;
    }

    private static void put(ObjectNode json, String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    private static String write(JsonNode json) {
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}

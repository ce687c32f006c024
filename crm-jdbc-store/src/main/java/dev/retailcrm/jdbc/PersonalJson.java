package dev.retailcrm.jdbc;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.retailcrm.core.customer.Profile;
import dev.retailcrm.core.customer.ProfileField;
import dev.retailcrm.core.customer.ProfilePatch;
import dev.retailcrm.core.customer.ProfileText;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The personal part of a profile as one JSON object, of the texts of {@link ProfileText}. Stateless. */
final class PersonalJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<ProfileField> FIELDS =
            List.of(ProfileField.NAME, ProfileField.ADDRESSES, ProfileField.REMARK);

    private PersonalJson() {}

    /** The JSON; {@code null} if nothing of it is known. */
    static @Nullable String of(Profile profile) {
        ObjectNode json = JSON.createObjectNode();
        for (ProfileField field : FIELDS) {
            ProfileText.of(profile, field).ifPresent(text -> json.put(field.name(), text));
        }
        try {
            return json.isEmpty() ? null : JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds what is in the JSON to what else is known. */
    static ProfilePatch addTo(ProfilePatch known, String text) {
        ProfilePatch all = known;
        try (JsonParser json = JSON.createParser(text)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                ProfileField field = ProfileField.valueOf(json.currentName());
                String value = json.nextTextValue();
                if (value == null) {
                    throw unreadable();
                }
                all = ProfileText.set(all, field, value);
            }
            return all;
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable();
        }
    }

    private static CrmException unreadable() {
        return CoreError.UNREADABLE_DATA.because("the personal part of the record is no JSON");
    }
}

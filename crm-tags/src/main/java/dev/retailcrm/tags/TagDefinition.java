package dev.retailcrm.tags;

import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.StoreId;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A tag as a tenant defined it. Immutable.
 *
 * @param key its code, 1 to {@value #MAX_KEY} printable ASCII characters; stays for ever
 * @param name 1 to {@value #MAX_NAME} characters
 * @param group the key of the group it is in; {@code null} if it is in none
 * @param valueType of the value that each assignment has; {@code null} for a mere flag
 * @param store whose staff assigns it; {@code null} if all stores may
 * @param colour such as {@code #1e90ff}; {@code null} if it has none
 * @param description 1 to {@value #MAX_DESCRIPTION} characters; {@code null} if there is none
 * @param owner who answers for it; {@code null} if nobody does
 * @param maxCustomers how many may have it at once, 1 or more; {@code null} for any number
 * @param lifetime after which an assignment that says nothing else ends, 1 second to 3,660 days; {@code null} if it lasts
 * @param status where it stands
 * @param mergedInto the tag that answers for it; {@code null} unless it was merged
 * @param mergeRule what becomes of customers who have both; {@code null} unless it was merged
 * @param version counts changes from 1; 0 before it is defined
 */
public record TagDefinition(
        String key,
        String name,
        @Nullable String group,
        @Nullable FieldType valueType,
        @Nullable StoreId store,
        @Nullable String colour,
        @Nullable String description,
        @Nullable StaffId owner,
        @Nullable Long maxCustomers,
        @Nullable Duration lifetime,
        TagStatus status,
        @Nullable String mergedInto,
        @Nullable TagMergeRule mergeRule,
        long version) {
    /** The most characters of a key. */
    public static final int MAX_KEY = 60;

    /** The most characters of a name. */
    public static final int MAX_NAME = 60;

    /** The most characters of a description. */
    public static final int MAX_DESCRIPTION = 500;

    private static final Duration LONGEST = Duration.ofDays(3_660);
    private static final int COLOUR_LENGTH = 7;

    /** Refuses malformed parts with {@link CoreError#INVALID_VALUE}. */
    public TagDefinition {
        Check.code(key, MAX_KEY, "key of the tag");
        Check.text(name, MAX_NAME, "name");
        if (group != null) {
            Check.code(group, MAX_KEY, "key of the group");
        }
        if (valueType != null && valueType.isChoice()) {
            throw CoreError.INVALID_VALUE.because("a tag has no options: make each a tag of a group");
        }
        if (colour != null) {
            requireColour(colour);
        }
        if (description != null) {
            Check.text(description, MAX_DESCRIPTION, "description");
        }
        if (maxCustomers != null) {
            Check.positive(maxCustomers, "most customers");
        }
        if (lifetime != null && (lifetime.compareTo(Duration.ofSeconds(1)) < 0 || lifetime.compareTo(LONGEST) > 0)) {
            throw CoreError.INVALID_VALUE.because("a tag lasts for 1 second to 3,660 days");
        }
        Check.present(status, "status");
        if ((status == TagStatus.MERGED) != (mergedInto != null) || (mergedInto == null) != (mergeRule == null)) {
            throw CoreError.INVALID_VALUE.because("a tag that was merged names the other");
        }
        requireVersion(version);
    }

    /** A tag without a value. */
    public static TagDefinition flag(String key, String name) {
        return new Draft(key, name).made();
    }

    /** A tag of which each customer has a value. */
    public static TagDefinition valued(String key, String name, FieldType type) {
        Check.present(type, "type of the value");
        return flag(key, name).with(it -> it.valueType = type);
    }

    /** The same in a group. */
    public TagDefinition in(String other) {
        Check.present(other, "group");
        return with(it -> it.group = other);
    }

    /** The same in no group. */
    public TagDefinition inNoGroup() {
        return with(it -> it.group = null);
    }

    /** The same by another name. */
    public TagDefinition named(String other) {
        return with(it -> it.name = other);
    }

    /** The same for the staff of one store. */
    public TagDefinition of(StoreId only) {
        Check.present(only, "store");
        return with(it -> it.store = only);
    }

    /** The same in a colour. */
    public TagDefinition coloured(String code) {
        Check.present(code, "colour");
        return with(it -> it.colour = code);
    }

    /** The same, described. */
    public TagDefinition describedAs(String text) {
        Check.present(text, "description");
        return with(it -> it.description = text);
    }

    /** The same with somebody who answers for it. */
    public TagDefinition ownedBy(StaffId staff) {
        Check.present(staff, "owner");
        return with(it -> it.owner = staff);
    }

    /** The same for at most so many customers at once. */
    public TagDefinition forAtMost(long customers) {
        return with(it -> it.maxCustomers = customers);
    }

    /** The same for any number of customers. */
    public TagDefinition forAny() {
        return with(it -> it.maxCustomers = null);
    }

    /** The same, whose assignments end after a time unless they say something else. */
    public TagDefinition lasting(Duration time) {
        Check.present(time, "lifetime");
        return with(it -> it.lifetime = time);
    }

    /** Whether customers get it. */
    public boolean isActive() {
        return status == TagStatus.ACTIVE;
    }

    /** Refuses a value of another type, or none, with {@link TagError#TAG_VALUE_REFUSED}. */
    void requireFit(@Nullable FieldValue value) {
        if ((value == null ? null : value.type()) != valueType) {
            throw TagError.TAG_VALUE_REFUSED.with(
                    Map.of("tag", key),
                    valueType == null ? "the tag %s takes no value" : "the tag %s takes a value of another type",
                    key);
        }
    }

    TagDefinition at(long number) {
        return with(it -> it.version = number);
    }

    TagDefinition being(TagStatus other) {
        return with(it -> it.status = other);
    }

    TagDefinition into(String other, TagMergeRule rule) {
        return with(it -> {
            it.status = TagStatus.MERGED;
            it.mergedInto = other;
            it.mergeRule = rule;
        });
    }

    static void requireVersion(long version) {
        if (version < 0) {
            throw CoreError.INVALID_VALUE.because("a version is 0 or more");
        }
    }

    private static void requireColour(String colour) {
        boolean hex = colour.length() == COLOUR_LENGTH
                && colour.charAt(0) == '#'
                && colour.chars().skip(1).allMatch(it -> Character.digit(it, 16) >= 0 && it < 'g');
        if (!hex) {
            throw CoreError.INVALID_VALUE.because("a colour is # and six hexadecimal digits");
        }
    }

    private TagDefinition with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.made();
    }

    /** A tag while it is put together. */
    private static final class Draft {
        private final String key;
        private String name;
        private @Nullable String group;
        private @Nullable FieldType valueType;
        private @Nullable StoreId store;
        private @Nullable String colour;
        private @Nullable String description;
        private @Nullable StaffId owner;
        private @Nullable Long maxCustomers;
        private @Nullable Duration lifetime;
        private TagStatus status = TagStatus.ACTIVE;
        private @Nullable String mergedInto;
        private @Nullable TagMergeRule mergeRule;
        private long version;

        Draft(String key, String name) {
            this.key = key;
            this.name = name;
        }

        Draft(TagDefinition same) {
            key = same.key;
            name = same.name;
            group = same.group;
            valueType = same.valueType;
            store = same.store;
            colour = same.colour;
            description = same.description;
            owner = same.owner;
            maxCustomers = same.maxCustomers;
            lifetime = same.lifetime;
            status = same.status;
            mergedInto = same.mergedInto;
            mergeRule = same.mergeRule;
            version = same.version;
        }

        /** @throws CrmException INVALID_VALUE */
        TagDefinition made() {
            return new TagDefinition(
                    key,
                    name,
                    group,
                    valueType,
                    store,
                    colour,
                    description,
                    owner,
                    maxCustomers,
                    lifetime,
                    status,
                    mergedInto,
                    mergeRule,
                    version);
        }
    }
}

package dev.retailcrm.assets.ledger;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Objects;

/** What an account counts. */
public enum AssetKind {
    /** Loyalty points; the unit is the program's name. */
    POINTS("points"),
    /** Growth value, by which tiers are reached; the unit is the program's name. */
    GROWTH("growth"),
    /** Prepaid value; the unit is the currency's code, amounts are in its smallest unit. */
    STORED_VALUE("stored"),
    /** The value on one gift card; the unit is the currency's code, amounts are in its smallest unit. */
    GIFT_CARD("gift"),
    /** Uses left on count cards; the unit is the card product's key. */
    COUNT("count");

    private final String code;
    private final ImmutableMap<EntryType, String> eventTypes;

    AssetKind(String code) {
        this.code = code;
        this.eventTypes = Maps.toMap(
                EnumSet.allOf(EntryType.class),
                type -> code + "." + type.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    String eventType(EntryType type) {
        return Objects.requireNonNull(eventTypes.get(type));
    }

    /** The short code stored and shown, such as {@code points}. */
    public String code() {
        return code;
    }
}

package dev.retailcrm.assets.rule;

import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.AssetKind;
import dev.retailcrm.core.field.CatalogField;
import dev.retailcrm.core.field.FieldAccess;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CrmException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.joda.money.CurrencyUnit;
import org.joda.money.IllegalCurrencyException;
import org.joda.money.Money;

/**
 * What an account comes to, as a field of rules: {@code points.standard.available}. What is counted in it is named by the code of the asset with a dot
 * for the colon; gift cards are nobody's and cannot be asked about. Immutable.
 *
 * @param days of {@link What#EXPIRING} within how many times 24 hours, 1 to {@value #MAX_DAYS}; 0 of others
 */
public record AssetField(Asset asset, What what, int days) {
    /** The most days ahead. */
    public static final int MAX_DAYS = 3_660;

    private static final String EXPIRING_IN = "expiring_";
    private static final Pattern EXPIRING = Pattern.compile("expiring_([1-9][0-9]{0,3})d");

    /** What of an account. */
    public enum What {
        /** What can be used; 0 if there is no account. */
        AVAILABLE,
        /** What of all that is left, available by now or not, lapses within the next days; 0 if nothing does. */
        EXPIRING,
        /** When the next of it lapses; missing if nothing ever does. */
        NEXT_EXPIRY,
        /** When the customer last earned, topped up, held or used; missing if never. */
        LAST_ACTIVE
    }

    /** Refuses gift cards, and days out of range. */
    public AssetField {
        Check.present(asset, "asset");
        Check.present(what, "what");
        Check.range(days, what == What.EXPIRING ? 1 : 0, what == What.EXPIRING ? MAX_DAYS : 0, "days");
        Check.range(asset.kind() == AssetKind.GIFT_CARD ? 1 : 0, 0, 0, "gift cards");
    }

    /** The field of this name; empty if there is none. */
    public static Optional<AssetField> of(String name) {
        int first = Check.present(name, "name").indexOf('.');
        int last = name.lastIndexOf('.');
        if (first < 0 || first == last) {
            return Optional.empty();
        }
        String what = name.substring(last + 1);
        return asset(name.substring(0, first), name.substring(first + 1, last)).flatMap(it -> of(it, what));
    }

    private static Optional<Asset> asset(String kind, String unit) {
        try {
            return Optional.of(Asset.parse(kind + ":" + unit)).filter(it -> it.kind() != AssetKind.GIFT_CARD);
        } catch (CrmException | IllegalCurrencyException none) {
            return Optional.empty();
        }
    }

    private static Optional<AssetField> of(Asset asset, String what) {
        Matcher days = EXPIRING.matcher(what);
        if (days.matches()) {
            int number = Integer.parseInt(days.group(1));
            return number > MAX_DAYS ? Optional.empty() : Optional.of(new AssetField(asset, What.EXPIRING, number));
        }
        return List.of(What.AVAILABLE, What.NEXT_EXPIRY, What.LAST_ACTIVE).stream()
                .filter(it -> text(it).equals(what))
                .map(it -> new AssetField(asset, it, 0))
                .findFirst();
    }

    private static String text(What what) {
        return what.name().toLowerCase(Locale.ROOT);
    }

    /** As rules call it. */
    public String name() {
        return asset.kind().code() + "." + asset.unit() + "."
                + (what == What.EXPIRING ? EXPIRING_IN + days + "d" : text(what));
    }

    /** The field of catalogs. */
    public CatalogField catalogField() {
        return new CatalogField(name(), type(), false, FieldAccess.ALL, List.of());
    }

    /** Amounts of stored value are money, others whole numbers. */
    public FieldType type() {
        if (what == What.NEXT_EXPIRY || what == What.LAST_ACTIVE) {
            return FieldType.INSTANT;
        }
        return isMoney() ? FieldType.MONEY : FieldType.LONG;
    }

    /** How far it looks ahead, as {@link dev.retailcrm.core.rule.Window.Next} does: what lapses then is not within. */
    public Duration ahead() {
        return Duration.ofDays(days);
    }

    /**
     * The value that an amount is.
     *
     * @param amount in the asset's smallest unit
     */
    public FieldValue amount(long amount) {
        return isMoney()
                ? FieldValue.money(Money.ofMinor(CurrencyUnit.of(asset.unit()), amount))
                : FieldValue.number(amount);
    }

    private boolean isMoney() {
        return asset.kind() == AssetKind.STORED_VALUE;
    }
}

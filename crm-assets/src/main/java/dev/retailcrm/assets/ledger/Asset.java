package dev.retailcrm.assets.ledger;

import com.google.common.base.CharMatcher;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import java.util.Objects;
import org.joda.money.CurrencyUnit;

/** What is counted: a kind and its unit. Immutable; equal when kind and unit are. */
public final class Asset {
    private static final CharMatcher PROGRAM =
            CharMatcher.inRange('a', 'z').or(CharMatcher.inRange('0', '9')).or(CharMatcher.anyOf("-_"));

    private final AssetKind kind;
    private final String unit;
    private final String code;

    private Asset(AssetKind kind, String unit) {
        this.kind = kind;
        this.unit = unit;
        this.code = kind.code() + ":" + unit;
    }

    /**
     * Points of a program.
     *
     * @param program 1 to 20 characters of {@code a-z 0-9 - _}
     */
    public static Asset points(String program) {
        return of(AssetKind.POINTS, program);
    }

    /**
     * Growth value of a program, by which tiers are reached.
     *
     * @param program 1 to 20 characters of {@code a-z 0-9 - _}
     */
    public static Asset growth(String program) {
        return of(AssetKind.GROWTH, program);
    }

    /**
     * Uses of the count cards of a product.
     *
     * @param product 1 to 20 characters of {@code a-z 0-9 - _}
     */
    public static Asset count(String product) {
        return of(AssetKind.COUNT, product);
    }

    private static Asset of(AssetKind kind, String program) {
        String name = kind == AssetKind.COUNT ? "product" : "program";
        Check.code(program, 20, name);
        if (!PROGRAM.matchesAllOf(program)) {
            throw CoreError.INVALID_VALUE.because("%s must be 1 to 20 characters of a-z 0-9 - _", name);
        }
        return new Asset(kind, program);
    }

    /** Stored value in a currency. */
    public static Asset storedValue(CurrencyUnit currency) {
        return new Asset(
                AssetKind.STORED_VALUE, Check.present(currency, "currency").getCode());
    }

    /** The value of gift cards in a currency. */
    public static Asset giftCard(CurrencyUnit currency) {
        return new Asset(
                AssetKind.GIFT_CARD, Check.present(currency, "currency").getCode());
    }

    /** The asset with this {@link #code()}. */
    public static Asset parse(String code) {
        for (AssetKind kind : AssetKind.values()) {
            String prefix = kind.code() + ":";
            if (code.startsWith(prefix)) {
                String unit = code.substring(prefix.length());
                return kind == AssetKind.STORED_VALUE || kind == AssetKind.GIFT_CARD
                        ? new Asset(kind, CurrencyUnit.of(unit).getCode())
                        : of(kind, unit);
            }
        }
        throw CoreError.INVALID_VALUE.because("not an asset code");
    }

    /** The kind. */
    public AssetKind kind() {
        return kind;
    }

    /** The program's name, the currency's code or the card product's key. */
    public String unit() {
        return unit;
    }

    /** Kind and unit in at most 40 characters, such as {@code points:standard} or {@code stored:CNY}. */
    public String code() {
        return code;
    }

    /** The type of an event about a booking of this asset, such as {@code points.spend}. */
    String eventType(EntryType type) {
        return kind.eventType(type);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Asset asset && code.equals(asset.code);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(code);
    }

    @Override
    public String toString() {
        return code;
    }
}

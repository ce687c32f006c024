package dev.retailcrm.assets.tier;

import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.AssetKind;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import org.joda.money.CurrencyUnit;

/**
 * By what levels are reached. Immutable.
 *
 * @param unit the code of an asset for {@link Kind#EARNED}, else of a currency
 */
public record TierMeasure(Kind kind, String unit) {
    /** What is added up. Names are kept. */
    public enum Kind {
        /** Points or growth value that was earned or given by hand, less what was taken back; what was used or lapsed counts. At the instant it was booked. */
        EARNED,
        /** What was paid for orders, when they were bought, less refunds of them, when they were given; in the currency's smallest unit. */
        SPENT,
        /** Orders that were not cancelled, when they were bought. */
        VISITS
    }

    /** Refuses a unit that is none with {@link CoreError#INVALID_VALUE}. */
    public TierMeasure {
        Check.present(kind, "measure");
        Check.code(unit, 40, "unit of a measure");
        if (kind == Kind.EARNED) {
            if (!unit.startsWith(AssetKind.POINTS.code() + ":") && !unit.startsWith(AssetKind.GROWTH.code() + ":")) {
                throw CoreError.INVALID_VALUE.because("a measure is of points or growth value");
            }
            Asset.parse(unit);
        } else if (CurrencyUnit.registeredCurrencies().stream()
                .noneMatch(it -> it.getCode().equals(unit))) {
            throw CoreError.INVALID_VALUE.because("a measure is in a currency");
        }
    }

    /** What was earned of points or growth value. */
    public static TierMeasure earned(Asset asset) {
        return new TierMeasure(Kind.EARNED, Check.present(asset, "asset").code());
    }

    /** What was spent in a currency. */
    public static TierMeasure spent(CurrencyUnit currency) {
        return new TierMeasure(Kind.SPENT, Check.present(currency, "currency").getCode());
    }

    /** Orders in a currency. */
    public static TierMeasure visits(CurrencyUnit currency) {
        return new TierMeasure(Kind.VISITS, Check.present(currency, "currency").getCode());
    }
}

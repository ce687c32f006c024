package dev.retailcrm.assets.benefit;

import dev.retailcrm.assets.definition.DefinitionReader;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import java.math.BigDecimal;

/** What a benefit gives. Immutable. Whoever uses it, such as a checkout or the host, reads it; the benefit itself gives nothing by itself. */
public sealed interface BenefitWorth {
    /** The most bytes of a {@link Custom} payload. */
    int MAX_PAYLOAD = 8_192;

    /**
     * Percent off.
     *
     * @param percent above 0 to 100, of at most 4 places; 10 is a tenth off
     */
    record Discount(BigDecimal percent) implements BenefitWorth {
        /** Refuses anything else with {@link CoreError#INVALID_VALUE}. */
        public Discount {
            percent = number(percent, "percent");
            if (percent.compareTo(BigDecimal.valueOf(100)) > 0) {
                throw CoreError.INVALID_VALUE.because("percent must be above 0, at most 100");
            }
        }
    }

    /** No freight. */
    record FreeShipping() implements BenefitWorth {}

    /**
     * More points for the same.
     *
     * @param factor above 0 to 1,000, of at most 4 places; 2 is double
     */
    record PointsMultiplier(BigDecimal factor) implements BenefitWorth {
        /** Refuses anything else with {@link CoreError#INVALID_VALUE}. */
        public PointsMultiplier {
            factor = number(factor, "factor");
            if (factor.compareTo(BigDecimal.valueOf(1_000)) > 0) {
                throw CoreError.INVALID_VALUE.because("a factor must be above 0, at most 1000");
            }
        }
    }

    /**
     * Goods.
     *
     * @param sku 1 to 64 printable ASCII characters
     */
    record Gift(String sku) implements BenefitWorth {
        /** Refuses anything else with {@link CoreError#INVALID_VALUE}. */
        public Gift {
            Check.code(sku, 64, "sku");
        }
    }

    /**
     * A service, such as a fitting.
     *
     * @param code 1 to 64 printable ASCII characters
     */
    record Service(String code) implements BenefitWorth {
        /** Refuses anything else with {@link CoreError#INVALID_VALUE}. */
        public Service {
            Check.code(code, 64, "code of the service");
        }
    }

    /**
     * What the host makes of it.
     *
     * @param payload a JSON object of at most {@value BenefitWorth#MAX_PAYLOAD} characters, kept character for character
     */
    record Custom(String payload) implements BenefitWorth {
        /** Refuses anything else with {@link dev.retailcrm.assets.ledger.AssetError#INVALID_DEFINITION}. */
        public Custom {
            DefinitionReader.requireObject(payload, MAX_PAYLOAD);
        }
    }

    private static BigDecimal number(BigDecimal value, String name) {
        Check.present(value, name);
        if (value.signum() <= 0 || value.precision() > 30 || Math.abs((long) value.scale()) > 30) {
            throw CoreError.INVALID_VALUE.because("%s must be above 0", name);
        }
        BigDecimal plain = value.stripTrailingZeros();
        if (plain.scale() > 4) {
            throw CoreError.INVALID_VALUE.because("%s has at most 4 places", name);
        }
        return plain.scale() < 0 ? plain.setScale(0) : plain;
    }
}

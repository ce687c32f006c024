package dev.retailcrm.assets.tier;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import java.util.List;

/**
 * One level of a program. Immutable.
 *
 * @param key its code, 1 to {@value #MAX_KEY} printable ASCII characters
 * @param name what it is called, 1 to 60 characters
 * @param threshold what the measure must come to, zero or more
 * @param gifts codes of what is given once, when it is reached for the first time, at most 20; the event tells them
 */
public record TierLevel(String key, String name, long threshold, List<String> gifts) {
    /** The most characters of a key. */
    public static final int MAX_KEY = 40;

    private static final int MAX_GIFTS = 20;

    /** Refuses anything else with {@link CoreError#INVALID_VALUE}. */
    public TierLevel {
        Check.code(key, MAX_KEY, "key of the level");
        Check.text(name, 60, "name of the level");
        if (threshold < 0 || threshold > TierProgram.MAX_VALUE) {
            throw CoreError.INVALID_VALUE.because("a threshold must be 0 to %d", TierProgram.MAX_VALUE);
        }
        for (String gift : Check.present(gifts, "gifts")) {
            Check.code(gift, MAX_KEY, "gift");
        }
        gifts = List.copyOf(gifts);
        Check.range(gifts.size(), 0, MAX_GIFTS, "number of gifts");
    }

    /** A level that is called by its key, without gifts. */
    public static TierLevel of(String key, long threshold) {
        return new TierLevel(key, key, threshold, List.of());
    }

    /** The same under another name. */
    public TierLevel named(String other) {
        return new TierLevel(key, other, threshold, gifts);
    }

    /** The same with gifts. */
    public TierLevel giving(List<String> codes) {
        return new TierLevel(key, name, threshold, codes);
    }
}

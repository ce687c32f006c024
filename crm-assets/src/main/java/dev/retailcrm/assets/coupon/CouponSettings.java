package dev.retailcrm.assets.coupon;

import dev.retailcrm.assets.code.CodeHashes;
import dev.retailcrm.assets.spi.GuessThrottle;
import dev.retailcrm.assets.stored.LocalGuessThrottle;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CustomerIds;
import java.security.SecureRandom;
import java.time.ZoneId;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** How a retailer runs coupons. Immutable; start from {@link #in(ZoneId)} and change what differs. */
public final class CouponSettings {
    private final ZoneId zone;
    private final CodeHashes hashes;
    private final GuessThrottle throttle;
    private final RandomGenerator random;
    private final @Nullable CustomerIds ids;

    private CouponSettings(
            ZoneId zone, CodeHashes hashes, GuessThrottle throttle, RandomGenerator random, @Nullable CustomerIds ids) {
        this.zone = zone;
        this.hashes = hashes;
        this.throttle = throttle;
        this.random = random;
        this.ids = ids;
    }

    /** By the days of the retailer's zone; without pepper, 10 wrong codes an origin within 15 minutes, codes from {@link SecureRandom}. */
    public static CouponSettings in(ZoneId zone) {
        return new CouponSettings(
                Check.present(zone, "zone"), CodeHashes.PLAIN, new LocalGuessThrottle(), new SecureRandom(), null);
    }

    /**
     * With a secret of the host's own that codes are hashed with, kept outside of the database.
     *
     * @param pepper at least 16 bytes; changing it without naming the one before makes the codes made so far unusable
     * @param former those used before, with which codes are still found; an empty one for the time without
     */
    public CouponSettings pepper(byte[] pepper, byte[]... former) {
        return new CouponSettings(zone, CodeHashes.keyed(pepper, former), throttle, random, ids);
    }

    /** With what slows down guessing: one for all facades of a process, at least, since each counts for itself. */
    public CouponSettings throttle(GuessThrottle guesses) {
        return new CouponSettings(zone, hashes, Check.present(guesses, "throttle"), random, ids);
    }

    /** With another source of codes; anything but a cryptographic one is for tests. */
    public CouponSettings random(RandomGenerator source) {
        return new CouponSettings(zone, hashes, throttle, Check.present(source, "random"), ids);
    }

    /** With ids of coupons from here. */
    public CouponSettings ids(CustomerIds source) {
        return new CouponSettings(zone, hashes, throttle, random, Check.present(source, "ids"));
    }

    ZoneId zone() {
        return zone;
    }

    CodeHashes hashes() {
        return hashes;
    }

    GuessThrottle throttle() {
        return throttle;
    }

    RandomGenerator random() {
        return random;
    }

    @Nullable
    CustomerIds ids() {
        return ids;
    }
}

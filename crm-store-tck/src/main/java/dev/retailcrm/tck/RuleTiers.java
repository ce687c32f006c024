package dev.retailcrm.tck;

import dev.retailcrm.assets.spi.TierChange;
import dev.retailcrm.assets.spi.TierSnapshot;
import dev.retailcrm.assets.tier.TierLevel;
import dev.retailcrm.assets.tier.TierMeasure;
import dev.retailcrm.assets.tier.TierPeriod;
import dev.retailcrm.assets.tier.TierProgram;
import dev.retailcrm.assets.tier.TierStanding;
import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.TenantId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.joda.money.CurrencyUnit;
import org.jspecify.annotations.Nullable;

/** Where customers stand in programs of tiers at random, around the instants of which rules are asked. Not thread-safe. */
final class RuleTiers {
    /** Keys may have any printable character. */
    static final List<String> PROGRAMS = List.of("club", "q\"u\\o.t(e)*{}");

    private static final List<String> LEVELS = List.of("base", "Silver", "silver", "gold");

    private final Random random;

    RuleTiers(Random random) {
        this.random = random;
    }

    static TierProgram program(String key) {
        return TierProgram.of(
                key,
                TierMeasure.spent(CurrencyUnit.of("CNY")),
                TierPeriod.ever(),
                List.of(
                        TierLevel.of(LEVELS.get(0), 0),
                        TierLevel.of(LEVELS.get(1), 10),
                        TierLevel.of(LEVELS.get(2), 20),
                        TierLevel.of(LEVELS.get(3), 30)),
                LocalDate.of(2020, 1, 1));
    }

    /** Standings as they may be booked, of some programs. */
    SortedMap<String, TierStanding> standings() {
        SortedMap<String, TierStanding> all = new TreeMap<>();
        for (String program : PROGRAMS) {
            if (random.nextInt(4) > 0) {
                String level = random.nextInt(6) == 0 ? "gone" : level();
                Instant until = level.equals(LEVELS.get(0)) ? null : at();
                Instant since = Instant.parse("2025-01-01T00:00:00Z");
                all.put(
                        program,
                        new TierStanding(
                                program,
                                level,
                                since,
                                until,
                                until != null && random.nextInt(4) == 0 ? until.plus(9, ChronoUnit.DAYS) : null,
                                bound(),
                                bound(),
                                random.nextInt(4) == 0 ? at() : null,
                                level,
                                since));
            }
        }
        return all;
    }

    private TierStanding.@Nullable Bound bound() {
        return random.nextInt(3) > 0 ? null : new TierStanding.Bound(level(), at());
    }

    private String level() {
        return LEVELS.get(random.nextInt(LEVELS.size()));
    }

    private Instant at() {
        if (random.nextInt(6) == 0) {
            return Instants.LAST;
        }
        Instant around = RulePopulation.INSTANTS.get(random.nextInt(RulePopulation.INSTANTS.size()));
        return around.plus(random.nextInt(400) - 100L, ChronoUnit.HOURS);
    }

    static TierChange change(TenantId tenant, CustomerId customer, SortedMap<String, TierStanding> standings) {
        var after = new TierSnapshot(customer, CustomerStatus.ACTIVE, null, 0, standings);
        return new TierChange(tenant, after, List.of(), List.of(), null);
    }
}

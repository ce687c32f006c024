package dev.retailcrm.assets.earn;

import dev.retailcrm.assets.checkout.Purchase;
import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.core.rule.Rule;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** What all programs in use give for a merit; audiences and tiers are asked as it is made, before anything is locked. Immutable. */
final class Judgement {
    private final List<EarningProgram> programs;
    private final Merit merit;
    private final Instant at;
    private final ZoneId zone;
    private final Set<Rule> holding;
    private final Map<String, String> levels;

    Judgement(
            List<EarningProgram> programs,
            Merit merit,
            Instant at,
            ZoneId zone,
            Function<Set<Rule>, Set<Rule>> audiences,
            Function<Set<String>, Map<String, String>> tiers) {
        this.programs = programs;
        this.merit = merit;
        this.at = at;
        this.zone = zone;
        Set<Rule> asked = Audiences.of(programs);
        this.holding = asked.isEmpty() ? Set.of() : audiences.apply(asked);
        Set<String> climbed = new TreeSet<>();
        for (EarningProgram program : programs) {
            for (EarnRule rule : program.rules()) {
                EarnScope.Tier tier = rule.scope().tier();
                if (tier != null) {
                    climbed.add(tier.program());
                }
            }
        }
        this.levels = climbed.isEmpty() ? Map.of() : tiers.apply(climbed);
    }

    private Judgement(Judgement same, Merit other) {
        this.programs = same.programs;
        this.merit = other;
        this.at = same.at;
        this.zone = same.zone;
        this.holding = same.holding;
        this.levels = same.levels;
    }

    /** Of another merit, without asking anew: for purchases of one moment. */
    Judgement of(Merit other) {
        return new Judgement(this, other);
    }

    /** When it is judged. */
    Instant at() {
        return at;
    }

    /** An asset in whose account the wallet can be locked. */
    Asset asset() {
        return programs.isEmpty() ? Asset.points("standard") : programs.get(0).asset();
    }

    Set<Asset> assets() {
        Set<Asset> assets = new LinkedHashSet<>();
        programs.forEach(it -> assets.add(it.asset()));
        return assets;
    }

    /** The periods whose uses must be known. */
    List<String> periods() {
        Set<String> all = new TreeSet<>();
        for (EarningProgram program : programs) {
            program.caps().forEach(cap -> all.add(cap.period().at(at, zone)));
            for (EarnRule rule : program.rules()) {
                rule.caps().forEach(cap -> all.add(cap.period().at(at, zone)));
                if (merit.occasion() == Occasion.SIGN_IN && rule.basis() instanceof EarnBasis.PerEvent event) {
                    LocalDate day = at.atZone(zone).toLocalDate();
                    for (int i = 0; i < event.steps().size(); i++) {
                        all.add(CapPeriod.DAY.of(day.minusDays(i)));
                    }
                }
            }
        }
        all.remove(CapPeriod.ORDER.at(at, zone));
        return List.copyOf(all);
    }

    /** What comes of it. */
    EarnOutcome calculate(CapUses uses) {
        EarnSituation situation = new EarnSituation(at, zone, holding, levels, uses);
        List<ProgramEarning> earnings = new ArrayList<>();
        List<CapUse> added = new ArrayList<>();
        Purchase purchase = merit.purchase();
        EarnEvent event = merit.event();
        for (EarningProgram program : programs) {
            if (purchase != null) {
                var calculation = new PurchaseCalculation(program, situation, purchase);
                earnings.add(calculation.calculate());
                added.addAll(calculation.counted());
            } else if (event != null) {
                var calculation = new EventCalculation(program, situation, event);
                earnings.add(calculation.calculate());
                added.addAll(calculation.counted());
            }
        }
        return new EarnOutcome(
                earnings,
                added,
                purchase == null ? null : purchase.basket().currency().getCode());
    }
}

package dev.retailcrm.assets.earn;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** What one program gives for an event. Pure; for one use. */
final class EventCalculation extends Calculation {
    private final EarnEvent event;

    EventCalculation(EarningProgram program, EarnSituation situation, EarnEvent event) {
        super(program, situation);
        this.event = event;
    }

    ProgramEarning calculate() {
        List<EarnRule> covering = new ArrayList<>();
        for (EarnRule rule : program.rules()) {
            if (rule.basis() instanceof EarnBasis.PerEvent basis
                    && basis.occasion() == event.occasion()
                    && new EarnEvent(basis.occasion(), basis.code(), event.store(), event.channel()).equals(event)
                    && counts(rule, event.store(), event.channel())) {
                if (rule.isStreak() && situation.uses().counted(program.key(), rule.key(), situation.day())) {
                    refuse(rule, EarnVerdict.COUNTED);
                } else {
                    covering.add(rule);
                }
            }
        }
        List<EarnRule> chosen = stacked(covering, Comparator.comparingLong(this::points));
        covering.stream().filter(rule -> !chosen.contains(rule)).forEach(rule -> refuse(rule, EarnVerdict.SUPERSEDED));
        chosen.forEach(rule -> give(rule, points(rule), new TreeMap<>()));
        return result(List.of());
    }

    /** The step of the streak that this day is, or the one number there is. */
    private long points(EarnRule rule) {
        if (!(rule.basis() instanceof EarnBasis.PerEvent basis)) {
            return 0;
        }
        int step = 0;
        LocalDate before = situation.day().minusDays(1);
        while (step < basis.steps().size() - 1 && situation.uses().counted(program.key(), rule.key(), before)) {
            step++;
            before = before.minusDays(1);
        }
        return basis.steps().get(step);
    }
}

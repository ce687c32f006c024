package dev.retailcrm.assets.earn;

import dev.retailcrm.assets.checkout.Proportion;
import dev.retailcrm.core.kernel.StoreId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What one program gives, rule by rule, under its caps. Pure; for one use. */
abstract class Calculation {
    /** The order in which rules count: by priority, then by key. */
    static final Comparator<EarnRule> ORDER =
            Comparator.comparingInt(EarnRule::priority).reversed().thenComparing(EarnRule::key);

    final EarningProgram program;
    final EarnSituation situation;

    private final Map<String, RuleEarning> earnings = new LinkedHashMap<>();
    private CapUses uses;

    Calculation(EarningProgram program, EarnSituation situation) {
        this.program = program;
        this.situation = situation;
        this.uses = situation.uses();
    }

    /** Notes why a rule gives nothing. */
    final void refuse(EarnRule rule, EarnVerdict verdict) {
        earnings.put(rule.key(), RuleEarning.none(rule.key(), verdict));
    }

    /** Whether a rule counts here, now and for her; notes it otherwise. */
    final boolean counts(EarnRule rule, @Nullable StoreId store, @Nullable String channel) {
        EarnVerdict verdict = situation.verdict(rule.scope(), store == null ? null : store.value(), channel);
        if (verdict != EarnVerdict.EARNED) {
            refuse(rule, verdict);
        }
        return verdict == EarnVerdict.EARNED;
    }

    /** Of rules that cover the same, those that count, in their order. The value says which gives more. */
    static List<EarnRule> stacked(List<EarnRule> covering, Comparator<EarnRule> value) {
        List<EarnRule> sorted = covering.stream().sorted(ORDER).toList();
        EarnRule best = null;
        for (EarnRule rule : sorted) {
            if (rule.stacking() == Stacking.EXCLUSIVE) {
                return List.of(rule);
            }
            if (rule.stacking() == Stacking.BEST && (best == null || value.compare(rule, best) > 0)) {
                best = rule;
            }
        }
        EarnRule chosen = best;
        return sorted.stream()
                .filter(rule -> rule.stacking() == Stacking.ADD || rule.equals(chosen))
                .toList();
    }

    /**
     * Gives what a rule gives, as far as caps let it.
     *
     * @param lines what of it is for which line; empty for events
     */
    final void give(EarnRule rule, long points, SortedMap<Integer, Long> lines) {
        long given = points;
        CapPeriod bound = null;
        for (EarnCap cap : rule.caps()) {
            long room = uses.room(cap, program.key(), rule.key(), period(cap.period()));
            bound = room < given ? cap.period() : bound;
            given = Math.min(given, room);
        }
        for (EarnCap cap : program.caps()) {
            long room = uses.room(cap, program.key(), "", period(cap.period()));
            bound = room < given ? cap.period() : bound;
            given = Math.min(given, room);
        }
        EarnVerdict verdict = bound == null ? EarnVerdict.EARNED : EarnVerdict.CAPPED;
        earnings.put(
                rule.key(),
                new RuleEarning(rule.key(), verdict, given, bound, given < points ? cut(given, lines) : lines));
        List<CapUse> more = new ArrayList<>();
        for (String it : rulePeriods(rule)) {
            more.add(use(rule.key(), it, given, 0));
        }
        for (String it : periods(program.caps())) {
            more.add(use("", it, given, 0));
        }
        uses = uses.and(more);
    }

    private long given(EarnRule rule) {
        return earnings.getOrDefault(rule.key(), RuleEarning.none(rule.key(), EarnVerdict.NOT_COVERED))
                .points();
    }

    private static SortedMap<Integer, Long> cut(long points, SortedMap<Integer, Long> lines) {
        long[] parts = Proportion.split(
                lines.isEmpty() ? 0 : points,
                lines.values().stream().mapToLong(Long::longValue).toArray());
        return onLines(List.copyOf(lines.keySet()), parts);
    }

    /** Parts by the numbers of their lines, without those of nothing. */
    static SortedMap<Integer, Long> onLines(List<Integer> lines, long[] parts) {
        SortedMap<Integer, Long> all = new TreeMap<>();
        for (int i = 0; i < parts.length; i++) {
            if (parts[i] > 0) {
                all.put(lines.get(i), parts[i]);
            }
        }
        return all;
    }

    private String period(CapPeriod period) {
        return period.at(situation.at(), situation.zone());
    }

    private CapUse use(String rule, String period, long points, long times) {
        return new CapUse(program.key(), rule, period, points, times);
    }

    /** The periods over which a rule is counted. */
    private Set<String> rulePeriods(EarnRule rule) {
        Set<String> all = periods(rule.caps());
        if (rule.isStreak()) {
            all.add(period(CapPeriod.DAY));
        }
        return all;
    }

    private Set<String> periods(List<EarnCap> caps) {
        Set<String> all = new TreeSet<>();
        caps.forEach(cap -> all.add(period(cap.period())));
        return all;
    }

    /** What this adds to the uses of caps that outlast it. */
    final List<CapUse> counted() {
        List<CapUse> all = new ArrayList<>();
        long sum = 0;
        for (EarnRule rule : program.rules()) {
            long given = given(rule);
            sum += given;
            if (given > 0) {
                rulePeriods(rule).forEach(it -> all.add(use(rule.key(), it, given, 1)));
            }
        }
        if (sum > 0) {
            long given = sum;
            periods(program.caps()).forEach(it -> all.add(use("", it, given, 1)));
        }
        all.removeIf(it -> it.period().equals(period(CapPeriod.ORDER)));
        return all;
    }

    /** What it comes to. */
    final ProgramEarning result(List<LineEarning> lines) {
        return new ProgramEarning(
                program.key(),
                program.version(),
                program.asset(),
                points(),
                program.availability().from(situation.at(), situation.zone()),
                List.copyOf(earnings.values()),
                lines);
    }

    private long points() {
        return earnings.values().stream().mapToLong(RuleEarning::points).sum();
    }

    /** What rules gave a line so far. */
    final long pointsOf(int line) {
        return earnings.values().stream()
                .mapToLong(it -> it.lines().getOrDefault(line, 0L))
                .sum();
    }
}

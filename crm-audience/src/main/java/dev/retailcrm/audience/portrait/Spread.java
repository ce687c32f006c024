package dev.retailcrm.audience.portrait;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the values of something are spread over an audience. Immutable.
 *
 * @param shares the values that are shown, the most frequent first
 * @param hidden how many members have a value that is not shown, or none: 0, or no fewer than the smallest group
 * @param <T> values
 */
public record Spread<T>(List<Share<T>> shares, long hidden) {
    /** Copies the list. */
    public Spread {
        shares = List.copyOf(shares);
    }

    /**
     * How many have one value.
     *
     * @param members of the audience
     * @param share of the audience, 0 to 1
     * @param baseShare of the base
     * @param index 100 times the share in the audience, divided by that in the base: above 100 where the audience is more like this than the
     *     base. The target group index, as media planning has it (H. Assael, D. F. Poltrack, <i>Using Single Source Data to Select TV
     *     Programs</i>, Journal of Advertising Research 31, 1991)
     * @param <T> values
     */
    public record Share<T>(T value, long members, double share, double baseShare, double index) {}

    /** The share of a value; empty if it is not shown. */
    public Optional<Share<T>> of(T value) {
        return shares.stream().filter(it -> it.value().equals(value)).findFirst();
    }

    /** The first of those that are shown. */
    Spread<T> first(int most) {
        return new Spread<>(shares.subList(0, Math.min(most, shares.size())), hidden);
    }

    /**
     * Leaves out groups below the smallest, in the audience or in the base outside of it, and then the smallest of the others, until those who are left
     * out are enough that none can be told by subtraction.
     *
     * @param several whether a customer may have several values, so that they do not add up to all
     */
    static <T> Spread<T> of(
            Map<T, Long> counts, Map<T, Long> base, long members, long all, int smallest, boolean several) {
        List<Map.Entry<T, Long>> shown = new ArrayList<>();
        long hidden = several ? 0 : members;
        long hiddenBase = several ? 0 : all;
        for (Map.Entry<T, Long> count : counts.entrySet()) {
            long others = base.getOrDefault(count.getKey(), 0L) - count.getValue();
            boolean enough = count.getValue() >= smallest && (others == 0 || others >= smallest);
            if (enough && (!several || isNeither(members - count.getValue(), smallest))) {
                shown.add(count);
                hidden -= several ? 0 : count.getValue();
                hiddenBase -= several ? 0 : count.getValue() + others;
            }
        }
        shown.sort(Comparator.<Map.Entry<T, Long>>comparingLong(Map.Entry::getValue)
                .reversed()
                .thenComparing(it -> it.getKey().toString()));
        while (!shown.isEmpty() && !(isNeither(hidden, smallest) && isNeither(hiddenBase - hidden, smallest))) {
            Map.Entry<T, Long> last = shown.remove(shown.size() - 1);
            hidden += last.getValue();
            hiddenBase += base.getOrDefault(last.getKey(), 0L);
        }
        return new Spread<>(
                shown.stream()
                        .map(it -> share(it, base.getOrDefault(it.getKey(), 0L), members, all))
                        .toList(),
                hidden);
    }

    /** Nobody, or enough. */
    private static boolean isNeither(long number, int smallest) {
        return number == 0 || number >= smallest;
    }

    private static <T> Share<T> share(Map.Entry<T, Long> count, long inBase, long members, long all) {
        double share = (double) count.getValue() / members;
        double baseShare = (double) inBase / all;
        return new Share<>(count.getKey(), count.getValue(), share, baseShare, 100 * share / baseShare);
    }
}

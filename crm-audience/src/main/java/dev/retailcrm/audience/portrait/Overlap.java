package dev.retailcrm.audience.portrait;

import dev.retailcrm.core.kernel.Check;
import java.util.List;

/**
 * How many customers are in which of 2 to 4 audiences, as in a Venn diagram. Immutable.
 *
 * @param audiences how many audiences are compared
 * @param regions by the sum of 1 for the first audience, 2 for the second, 4 and 8: at 3 those who are in the first two and no other; at 0 is 0
 */
public record Overlap(int audiences, List<Long> regions) {
    /** The most audiences. */
    public static final int MAX_AUDIENCES = 4;

    /** Copies the list; refuses a number of audiences outside the range with INVALID_VALUE. */
    public Overlap {
        Check.range(audiences, 2, MAX_AUDIENCES, "number of audiences");
        regions = List.copyOf(regions);
        Check.range(regions.size(), 1 << audiences, 1 << audiences, "number of regions");
    }

    /** Those who are in exactly these audiences, the first of which is number 0. */
    public long exactly(int... members) {
        return regions.get(mask(members));
    }

    /** Those who are in all these audiences, and perhaps in others. */
    public long together(int... members) {
        int mask = mask(members);
        long sum = 0;
        for (int region = 1; region < regions.size(); region++) {
            sum += (region & mask) == mask ? regions.get(region) : 0;
        }
        return sum;
    }

    /** Those who are in one audience at least. */
    public long any() {
        return regions.stream().mapToLong(Long::longValue).sum();
    }

    private int mask(int... members) {
        int mask = 0;
        for (int member : members) {
            mask |= 1 << Check.range(member, 0, audiences - 1, "number of an audience");
        }
        return mask;
    }
}

package dev.retailcrm.audience.index;

import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.roaringbitmap.RoaringBitmap;

/**
 * A rule, or a part of it, to be answered of some customers: what is cheap comes first, and what is dear is asked only of those about whom it
 * decides. Immutable.
 */
abstract class Plan {
    private final long effort;

    private Plan(long effort) {
        this.effort = effort;
    }

    /** Those of some for whom it holds: a set of its own, or the same one if it holds for all. */
    abstract RoaringBitmap among(RoaringBitmap some);

    /** A leaf that is answered of all at once, whoever is asked about. */
    static Plan of(long effort, Supplier<RoaringBitmap> all) {
        return some(effort, some -> RoaringBitmap.and(some, all.get()));
    }

    /** A leaf that asks about some only. */
    static Plan some(long effort, UnaryOperator<RoaringBitmap> some) {
        return new Plan(effort) {
            @Override
            RoaringBitmap among(RoaringBitmap asked) {
                return asked.isEmpty() ? asked : some.apply(asked);
            }
        };
    }

    private static long effort(List<Plan> parts) {
        return parts.stream().mapToLong(part -> part.effort).sum();
    }

    private static List<Plan> cheapFirst(List<Plan> parts) {
        return parts.stream()
                .sorted(Comparator.comparingLong(part -> part.effort))
                .toList();
    }

    static Plan all(List<Plan> parts) {
        List<Plan> ordered = cheapFirst(parts);
        return new Plan(effort(parts)) {
            @Override
            RoaringBitmap among(RoaringBitmap some) {
                RoaringBitmap left = some;
                for (Plan part : ordered) {
                    left = part.among(left);
                }
                return left;
            }
        };
    }

    static Plan any(List<Plan> parts) {
        List<Plan> ordered = cheapFirst(parts);
        return new Plan(effort(parts)) {
            @Override
            RoaringBitmap among(RoaringBitmap some) {
                RoaringBitmap found = new RoaringBitmap();
                RoaringBitmap left = some;
                for (Plan part : ordered) {
                    RoaringBitmap more = part.among(left);
                    if (found.isEmpty()) {
                        found = more;
                    } else {
                        found = RoaringBitmap.or(found, more);
                    }
                    left = RoaringBitmap.andNot(left, more);
                }
                return found;
            }
        };
    }

    static Plan not(Plan part) {
        return new Plan(part.effort) {
            @Override
            RoaringBitmap among(RoaringBitmap some) {
                return RoaringBitmap.andNot(some, part.among(some));
            }
        };
    }
}

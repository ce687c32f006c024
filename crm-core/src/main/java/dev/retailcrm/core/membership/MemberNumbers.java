package dev.retailcrm.core.membership;

/** How a tenant numbers its members. Implementations are thread-safe. */
public interface MemberNumbers {
    /**
     * A number that is probably free: one that is taken is passed over, and another is asked for, a few times.
     *
     * @return 1 to 80 printable ASCII characters, {@linkplain #isValid valid}
     */
    String next();

    /** Whether this is a number of this numbering, whether or not somebody has it. */
    boolean isValid(String number);
}

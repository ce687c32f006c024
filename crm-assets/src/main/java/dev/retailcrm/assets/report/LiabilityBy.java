package dev.retailcrm.assets.report;

import dev.retailcrm.assets.spi.ValueDimension;

/** What a liability can be told apart by. */
public enum LiabilityBy {
    /** Principal and bonus. */
    PART(ValueDimension.PART),
    /** The store that issued the value. */
    STORE(ValueDimension.ISSUED_STORE),
    /** The month in which it was issued: its age. */
    ISSUE_MONTH(ValueDimension.ISSUED_MONTH),
    /** The month in which it expires, by the expiry of now: value that slides may have had another one then. */
    EXPIRY_MONTH(ValueDimension.EXPIRY_MONTH);

    final ValueDimension dimension;

    LiabilityBy(ValueDimension dimension) {
        this.dimension = dimension;
    }
}

package dev.retailcrm.core.lifecycle;

/** The stage a customer is at; see {@link LifecyclePolicy} for when. */
public enum LifecycleStage {
    /** She has not bought yet. */
    PROSPECT,
    /** She bought first not long ago. */
    NEW,
    /** She buys, and not yet much. */
    GROWING,
    /** She buys often, or for much. */
    MATURE,
    /** She has not bought for longer than she should. */
    DECLINING,
    /** She has not bought for so long that she counts as gone. */
    LAPSED
}

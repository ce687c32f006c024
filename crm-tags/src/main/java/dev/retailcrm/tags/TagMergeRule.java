package dev.retailcrm.tags;

/** Which of two assignments stays when two tags become one, or one comes into an exclusive group, and a customer has both. */
public enum TagMergeRule {
    /** That of the tag that stays. */
    KEEP_TARGET,
    /** That of the tag that goes. */
    KEEP_SOURCE,
    /** The one that began later; that of the tag that stays if both began at once. */
    KEEP_NEWER
}

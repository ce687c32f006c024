package dev.retailcrm.tags;

/**
 * What a step of automatic tags did. Immutable.
 *
 * @param evaluated of how many customers rules were asked
 * @param changed of how many of them tags changed
 * @param isDone whether nothing more is waiting for now
 */
public record AutoTagProgress(int evaluated, int changed, boolean isDone) {}

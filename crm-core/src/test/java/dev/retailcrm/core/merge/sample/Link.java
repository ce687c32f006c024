package dev.retailcrm.core.merge.sample;

/** Two references of one person, the lesser first. */
public record Link(String lesser, String greater) {
    public static Link of(String one, String other) {
        return one.compareTo(other) < 0 ? new Link(one, other) : new Link(other, one);
    }
}

package dev.retailcrm.core.merge;

import java.util.function.Consumer;

/** Says under which keys a record is looked up: only records that share a key are compared. Stateless, thread-safe. */
@FunctionalInterface
public interface BlockingKey {
    /**
     * Gives the keys of a person, none if what they are made of is unknown. Keys are compared with those of the same function only.
     *
     * @param keys takes each key, of any length; repeated ones count once
     */
    void of(PersonRecord person, Consumer<String> keys);
}

package dev.retailcrm.jdbc.broken.jdbc;

import java.util.List;
import org.jooq.Condition;

/** Promises its host a type of jOOQ. */
public final class LeakyCrm {
    /** The conditions of a search. */
    public List<? extends Condition> conditions() {
        return List.of();
    }
}

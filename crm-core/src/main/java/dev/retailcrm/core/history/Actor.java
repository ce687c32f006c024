package dev.retailcrm.core.history;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.StoreId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who changes something, and from where. Immutable.
 *
 * @param kind what kind of actor
 * @param id the operator's id or the program's name, 1 to 40 printable ASCII characters; empty for the other kinds
 * @param store where; {@code null} if not said
 * @param channel by which way in, such as {@code pos} or {@code app}, 1 to 20 printable ASCII characters; {@code null} if not said
 */
public record Actor(
        ActorKind kind,
        String id,
        @Nullable StoreId store,
        @Nullable String channel) {
    /** Nobody is known to have done it. */
    public static final Actor UNKNOWN = new Actor(ActorKind.UNKNOWN, "", null, null);

    /** Refuses anything else with {@link CoreError#INVALID_VALUE}. */
    public Actor {
        Check.present(kind, "kind of actor");
        boolean named = kind == ActorKind.STAFF || kind == ActorKind.SYSTEM;
        if (named) {
            Check.code(id, 40, "actor");
        } else if (!Check.present(id, "actor").isEmpty()) {
            throw CoreError.INVALID_VALUE.because("only operators and programs have an id as actors");
        }
        if (channel != null) {
            Check.code(channel, 20, "channel");
        }
    }

    /** An operator. */
    public static Actor staff(StaffId operator) {
        return new Actor(ActorKind.STAFF, Check.present(operator, "operator").value(), null, null);
    }

    /** The customer herself. */
    public static Actor customer() {
        return new Actor(ActorKind.CUSTOMER, "", null, null);
    }

    /** A program. */
    public static Actor system(String name) {
        return new Actor(ActorKind.SYSTEM, name, null, null);
    }

    /** The same at a store. */
    public Actor at(StoreId where) {
        return new Actor(kind, id, Check.present(where, "store"), channel);
    }

    /** The same by a way in. */
    public Actor via(String way) {
        return new Actor(kind, id, store, Check.present(way, "channel"));
    }

    /** The operator; empty if it was none. */
    public Optional<StaffId> operator() {
        return kind == ActorKind.STAFF ? Optional.of(StaffId.of(id)) : Optional.empty();
    }
}

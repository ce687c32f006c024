package dev.retailcrm.core.membership;

import dev.retailcrm.core.event.DomainEvent;
import dev.retailcrm.core.kernel.CustomerId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something became of a membership: {@code membership.joined}, {@code .frozen}, {@code .unfrozen}, {@code .closed}, {@code .reopened},
 * {@code .inherited}, {@code .returned}. Data: {@code entry} (its number), and as far as there are any {@code status}, {@code by} and {@code reason}; of who joined also {@code joinedAt},
 * {@code store}, {@code channel} and {@code referrer}. Never her number. Immutable.
 */
public record MembershipChanged(
        CustomerId customer, @Nullable Member member, MembershipEntry entry) implements DomainEvent {
    /** Of who is a member. */
    public MembershipChanged(Member member, MembershipEntry entry) {
        this(member.customer(), member, entry);
    }

    @Override
    public String type() {
        return entry.act().eventType();
    }

    @Override
    public Instant at() {
        return entry.at();
    }

    @Override
    public Map<String, Object> data() {
        Map<String, Object> data = new HashMap<>();
        data.put("entry", entry.seq());
        put(data, "status", member == null ? null : member.status());
        put(data, "by", entry.by());
        put(data, "reason", entry.reason());
        if (member != null && entry.act() == MembershipAct.JOINED) {
            data.put("joinedAt", member.joinedAt());
            put(data, "store", member.store());
            put(data, "channel", member.channel());
            put(data, "referrer", member.referrer());
        }
        return data;
    }

    private static void put(Map<String, Object> data, String name, @Nullable Object value) {
        if (value != null) {
            data.put(name, value.toString());
        }
    }
}

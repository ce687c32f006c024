package dev.retailcrm.core.rule;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.retailcrm.core.kernel.TenantId;
import java.util.function.Supplier;

/**
 * Indexes of tenants, each made once for a state of what was defined; to be kept as long as the stores are. Thread-safe.
 *
 * @param <C> what was defined
 * @param <T> whose rules they are
 */
public final class RuleIndexes<C, T> {
    private static final int TENANTS = 1_000;

    private final Cache<TenantId, Made<C, T>> ready =
            CacheBuilder.newBuilder().maximumSize(TENANTS).build();

    private record Made<C, T>(C of, RuleIndex<T> index) {
        @SuppressWarnings("ReferenceEquality") // stores answer with the same object while nothing was defined
        boolean isOf(C definitions) {
            return of == definitions;
        }
    }

    /** Nothing is made yet. */
    public RuleIndexes() {}

    /** What was made of the same object, or is made now. */
    public RuleIndex<T> of(TenantId tenant, C definitions, Supplier<RuleIndex<T>> making) {
        Made<C, T> known = ready.getIfPresent(tenant);
        if (known == null || !known.isOf(definitions)) {
            known = new Made<>(definitions, making.get());
            ready.put(tenant, known);
        }
        return known.index();
    }
}

package dev.retailcrm.assets.spi;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The latest versions of all that a tenant defined of one kind, retired ones among them, by ascending key. Immutable, thread-safe; a store gives the
 * same set as long as nothing was changed, so that it is read once.
 */
public final class DefinitionSet {
    /** Of a tenant that defined nothing. */
    public static final DefinitionSet EMPTY = new DefinitionSet(List.of());

    private final List<Definition> items;
    private volatile @Nullable Object read;

    /** These, by ascending key. */
    public DefinitionSet(List<Definition> items) {
        this.items = List.copyOf(items);
    }

    /** The definitions. */
    public List<Definition> items() {
        return items;
    }

    /** What they are read as, once for all. One kind is read in one way only. */
    @SuppressWarnings("unchecked")
    public <T> T as(Function<List<Definition>, T> reading) {
        Object known = read;
        if (known == null) {
            known = Objects.requireNonNull(reading.apply(items));
            if (!items.isEmpty()) {
                read = known;
            }
        }
        return (T) known;
    }
}

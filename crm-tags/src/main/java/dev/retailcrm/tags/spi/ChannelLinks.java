package dev.retailcrm.tags.spi;

import dev.retailcrm.core.kernel.CustomerId;
import java.util.Collection;
import java.util.Map;

/** Says which customer is meant by a reference of an outside system. Thread-safe. */
@FunctionalInterface
public interface ChannelLinks {
    /** The customers of these references; who is not known, or must not be synchronised, is left out. */
    Map<String, CustomerId> find(Collection<String> refs);
}

package dev.retailcrm.audience.index;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.rule.CustomerFacts;
import java.time.Instant;

/** Builds an {@link AudienceIndex} from facts of customers, best in the order of their ids. Not thread-safe. */
public final class IndexBuilder {
    private final IndexState state;
    private boolean done;

    IndexBuilder(IndexScope scope, Instant builtAt) {
        this.state = new IndexState(scope, Check.present(builtAt, "instant").toEpochMilli());
    }

    /**
     * What is known of a customer, in the place of what was said of her before.
     *
     * @param facts gathered for the facts of the scope
     * @throws CrmException {@link dev.retailcrm.audience.AudienceError#INDEX_TOO_LARGE}: nothing can be built then;
     *     {@link dev.retailcrm.core.kernel.CoreError#INVALID_VALUE} for facts gathered for others
     */
    public IndexBuilder add(CustomerId customer, CustomerFacts facts) {
        state.put(Check.present(customer, "customer"), Check.present(facts, "facts"));
        return this;
    }

    /** How far it is. */
    public IndexProgress progress() {
        return state.progress();
    }

    /**
     * The index. The builder is done then.
     *
     * @throws CrmException as {@link #add}
     */
    public AudienceIndex build() {
        if (done) {
            throw new IllegalStateException("the index was built already");
        }
        done = true;
        state.seal();
        return new AudienceIndex(state);
    }
}

package dev.retailcrm.audience;

import dev.retailcrm.core.access.Access;
import dev.retailcrm.core.access.Right;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pages of customers by their ids. Stateless. */
final class AudienceReads {
    private AudienceReads() {}

    /** A question by id. */
    interface ById {
        List<CustomerId> after(@Nullable CustomerId after, int limit);
    }

    static Page<CustomerId> page(Access access, PageRequest page, ById question) {
        long last = Check.present(page, "page").afterNumber(0);
        if (last < 0) {
            throw CoreError.INVALID_CURSOR.because("not a cursor of this listing");
        }
        List<CustomerId> found = question.after(last == 0 ? null : CustomerId.of(last), page.size() + 1);
        return access.permitted(
                Right.READ_AUDIENCES, Page.of(found, page.size(), it -> Long.toString(it.value())), it -> it);
    }
}

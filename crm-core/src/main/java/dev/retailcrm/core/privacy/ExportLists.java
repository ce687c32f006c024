package dev.retailcrm.core.privacy;

import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** The lists of a feature, paged one after the other. Immutable. */
public final class ExportLists {
    private static final char END = '|';

    private ExportLists() {}

    /**
     * A page of lists that follow one another: of the first until it ends, then of the next.
     *
     * @param lists each answers with its own page
     */
    public static Page<ExportRow> page(PageRequest page, List<Function<PageRequest, Page<ExportRow>>> lists) {
        if (lists.isEmpty()) {
            return new Page<>(List.of(), null);
        }
        String cursor = page.after();
        int end = cursor == null ? 0 : cursor.indexOf(END);
        int list = cursor == null ? 0 : number(cursor, end, lists.size());
        String within = cursor == null || end + 1 == cursor.length() ? null : cursor.substring(end + 1);
        Page<ExportRow> found = lists.get(list).apply(new PageRequest(within, page.size()));
        if (found.cursor() != null) {
            return new Page<>(found.items(), list + "" + END + found.cursor());
        }
        return new Page<>(found.items(), list + 1 < lists.size() ? (list + 1) + "" + END : null);
    }

    /** A list that is short enough for one page. */
    public static Function<PageRequest, Page<ExportRow>> whole(Supplier<List<ExportRow>> rows) {
        return page -> new Page<>(rows.get(), null);
    }

    private static int number(String cursor, int end, int lists) {
        try {
            int list = Integer.parseInt(cursor.substring(0, Math.max(0, end)));
            if (list >= 0 && list < lists) {
                return list;
            }
        } catch (NumberFormatException e) {
            throw CoreError.INVALID_CURSOR.causedBy(e, "not a cursor of this export");
        }
        throw CoreError.INVALID_CURSOR.because("not a cursor of this export");
    }
}

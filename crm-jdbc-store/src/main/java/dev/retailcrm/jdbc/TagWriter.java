package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_OUTBOX;
import static dev.retailcrm.jdbc.schema.Tables.CRM_TAG_ASSIGNMENT;
import static dev.retailcrm.jdbc.schema.Tables.CRM_TAG_ENTRY;
import static dev.retailcrm.jdbc.schema.Tables.CRM_TAG_TALLY;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.tags.TagEntry;
import dev.retailcrm.tags.TagMark;
import dev.retailcrm.tags.spi.TagChange;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/** Writes decisions about tags of one tenant's customers, in few statements however many they are. For one session. */
final class TagWriter {
    private static final String UPDATE =
            "UPDATE crm_tag_assignment SET from_ms = ?, until_ms = ?, value_type = ?, text_value = ?, long_value = ?,"
                    + " decimal_value = ?, source = ?, reference = ?, reference_version = ?, actor_kind = ?, actor_id = ?,"
                    + " store_id = ?, channel = ? WHERE tenant_id = ? AND customer_id = ? AND tag_key = ?";

    /** The columns of the key, which come first. */
    private static final int KEYS = 3;

    private final Session session;
    private final TenantId tenant;
    private final TagRows.Texts texts = new TagRows.Texts();
    private final List<NewRow> entries = new ArrayList<>();
    private final List<NewRow> made = new ArrayList<>();
    private final List<Mark> changed = new ArrayList<>();
    private final List<Mark> gone = new ArrayList<>();
    private final List<NewRow> events = new ArrayList<>();
    private final List<TagEntry> counted = new ArrayList<>();

    TagWriter(Session session, TenantId tenant) {
        this.session = session;
        this.tenant = tenant;
    }

    /** What a customer has of a tag by now. */
    private record Mark(
            CustomerId customer, String tag, @Nullable TagMark mark) {}

    TagWriter add(TagChange change) {
        CustomerId customer = change.customer();
        change.entries().forEach(it -> entries.add(TagRows.columns(tenant, customer, it, texts)));
        if (change.entries().size() == 1) {
            TagEntry only = change.entries().get(0);
            mark(customer, only.tag(), only.before(), only.after());
        } else {
            Map<String, TagEntry> first = new LinkedHashMap<>();
            Map<String, TagEntry> last = new LinkedHashMap<>();
            for (TagEntry entry : change.entries()) {
                first.putIfAbsent(entry.tag(), entry);
                last.put(entry.tag(), entry);
            }
            first.forEach((tag, entry) -> mark(
                    customer, tag, entry.before(), last.getOrDefault(tag, entry).after()));
        }
        counted.addAll(change.entries());
        change.events().forEach(it -> events.add(JooqOutboxStore.columns(it)));
        return this;
    }

    private void mark(CustomerId customer, String tag, @Nullable TagMark before, @Nullable TagMark after) {
        if (before != null) {
            (after == null ? gone : changed).add(new Mark(customer, tag, after));
        } else if (after != null) {
            made.add(TagRows.columns(tenant, customer, after));
        }
    }

    void write() {
        session.each(
                "DELETE FROM crm_tag_assignment WHERE tenant_id = ? AND customer_id = ? AND tag_key = ?",
                gone,
                (statement, mark) -> bindKey(new Bind(statement), mark));
        session.each(UPDATE, changed, (statement, mark) -> {
            TagMark after = Objects.requireNonNull(mark.mark(), "there is a mark");
            Bind bind = new Bind(statement);
            bind.rest(TagRows.columns(tenant, mark.customer(), after), KEYS);
            bindKey(bind, mark);
        });
        Map<Table<?>, List<NewRow>> inserted = new LinkedHashMap<>();
        inserted.put(CRM_TAG_ENTRY, entries);
        inserted.put(CRM_TAG_ASSIGNMENT, made);
        inserted.put(CRM_TAG_TALLY, TagTally.rows(tenant, counted));
        inserted.put(CRM_OUTBOX, events);
        BulkInsert.each(session, inserted);
    }

    private void bindKey(Bind bind, Mark mark) throws SQLException {
        bind.text(tenant.value()).number(mark.customer().value()).text(mark.tag());
    }
}

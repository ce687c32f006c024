package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_TAG_ASSIGNMENT;
import static dev.retailcrm.jdbc.schema.Tables.CRM_TAG_ENTRY;

import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.history.ActorKind;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.tags.TagAct;
import dev.retailcrm.tags.TagEntry;
import dev.retailcrm.tags.TagMark;
import dev.retailcrm.tags.TagSource;
import dev.retailcrm.tags.TagText;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** Between tags of customers and their rows. Stateless. */
final class TagRows {
    /** What {@link #mark(ResultSet)} reads, in order, behind the customer. */
    static final String MARK =
            "tag_key, from_ms, until_ms, value_type, text_value, long_value, decimal_value, source, reference,"
                    + " reference_version, actor_kind, actor_id, store_id, channel";

    private TagRows() {}

    static NewRow columns(TenantId tenant, CustomerId customer, TagMark mark) {
        FieldValue value = mark.value();
        TagSource source = mark.source();
        Actor actor = mark.actor();
        NewRow columns = new NewRow();
        columns.put(CRM_TAG_ASSIGNMENT.TENANT_ID, tenant.value());
        columns.put(CRM_TAG_ASSIGNMENT.CUSTOMER_ID, customer.value());
        columns.put(CRM_TAG_ASSIGNMENT.TAG_KEY, mark.tag());
        columns.put(CRM_TAG_ASSIGNMENT.FROM_MS, mark.from().toEpochMilli());
        columns.put(CRM_TAG_ASSIGNMENT.UNTIL_MS, Column.millis(mark.until()));
        columns.put(
                CRM_TAG_ASSIGNMENT.VALUE_TYPE,
                value == null ? null : value.type().name());
        columns.put(CRM_TAG_ASSIGNMENT.TEXT_VALUE, value == null ? null : FieldColumns.text(value));
        columns.put(CRM_TAG_ASSIGNMENT.LONG_VALUE, value == null ? null : FieldColumns.number(value));
        columns.put(
                CRM_TAG_ASSIGNMENT.DECIMAL_VALUE,
                value != null && value.type() == FieldType.DECIMAL ? value.asDecimal() : null);
        columns.put(CRM_TAG_ASSIGNMENT.SOURCE, source.kind().name());
        columns.put(CRM_TAG_ASSIGNMENT.REFERENCE, source.reference());
        columns.put(CRM_TAG_ASSIGNMENT.REFERENCE_VERSION, version(source));
        columns.put(CRM_TAG_ASSIGNMENT.ACTOR_KIND, actor.kind().name());
        columns.put(CRM_TAG_ASSIGNMENT.ACTOR_ID, actor.id());
        columns.put(CRM_TAG_ASSIGNMENT.STORE_ID, store(actor));
        columns.put(CRM_TAG_ASSIGNMENT.CHANNEL, actor.channel());
        return columns;
    }

    /** Reads a mark behind the customer in the first column. */
    static TagMark mark(ResultSet row) throws SQLException {
        String type = row.getString(5);
        return new TagMark(
                row.getString(2),
                Instant.ofEpochMilli(row.getLong(3)),
                instant(number(row, 4)),
                type == null
                        ? null
                        : FieldColumns.item(
                                FieldType.valueOf(type), row.getString(6), number(row, 7), row.getBigDecimal(8)),
                source(row.getString(9), row.getString(10), number(row, 11)),
                actor(row.getString(12), row.getString(13), row.getString(14), row.getString(15)));
    }

    static TagMark mark(Record row) {
        String type = row.get(CRM_TAG_ASSIGNMENT.VALUE_TYPE);
        BigDecimal decimal = row.get(CRM_TAG_ASSIGNMENT.DECIMAL_VALUE);
        return new TagMark(
                row.get(CRM_TAG_ASSIGNMENT.TAG_KEY),
                Instant.ofEpochMilli(row.get(CRM_TAG_ASSIGNMENT.FROM_MS)),
                instant(row.get(CRM_TAG_ASSIGNMENT.UNTIL_MS)),
                type == null
                        ? null
                        : FieldColumns.item(
                                FieldType.valueOf(type),
                                row.get(CRM_TAG_ASSIGNMENT.TEXT_VALUE),
                                row.get(CRM_TAG_ASSIGNMENT.LONG_VALUE),
                                decimal),
                source(
                        row.get(CRM_TAG_ASSIGNMENT.SOURCE),
                        row.get(CRM_TAG_ASSIGNMENT.REFERENCE),
                        row.get(CRM_TAG_ASSIGNMENT.REFERENCE_VERSION)),
                actor(
                        row.get(CRM_TAG_ASSIGNMENT.ACTOR_KIND),
                        row.get(CRM_TAG_ASSIGNMENT.ACTOR_ID),
                        row.get(CRM_TAG_ASSIGNMENT.STORE_ID),
                        row.get(CRM_TAG_ASSIGNMENT.CHANNEL)));
    }

    /** The texts of marks; of many in a row that are equal, such as those of a batch, the same. Not thread-safe. */
    static final class Texts {
        private @Nullable TagMark last;
        private String text = "";

        String of(TagMark mark) {
            if (!mark.equals(last)) {
                text = TagText.of(mark);
                last = mark;
            }
            return text;
        }
    }

    static NewRow columns(TenantId tenant, CustomerId customer, TagEntry entry, Texts texts) {
        TagSource source = entry.source();
        Actor actor = entry.actor();
        TagMark before = entry.before();
        TagMark after = entry.after();
        NewRow columns = new NewRow();
        columns.put(CRM_TAG_ENTRY.TENANT_ID, tenant.value());
        columns.put(CRM_TAG_ENTRY.CUSTOMER_ID, customer.value());
        columns.put(CRM_TAG_ENTRY.SEQ, entry.seq());
        columns.put(CRM_TAG_ENTRY.TAG_KEY, entry.tag());
        columns.put(CRM_TAG_ENTRY.ACT, entry.act().name());
        columns.put(CRM_TAG_ENTRY.AT_MS, entry.at().toEpochMilli());
        columns.put(CRM_TAG_ENTRY.BEFORE_MARK, before == null ? null : texts.of(before));
        columns.put(CRM_TAG_ENTRY.AFTER_MARK, after == null ? null : texts.of(after));
        columns.put(CRM_TAG_ENTRY.SOURCE, source.kind().name());
        columns.put(CRM_TAG_ENTRY.REFERENCE, source.reference());
        columns.put(CRM_TAG_ENTRY.REFERENCE_VERSION, version(source));
        columns.put(CRM_TAG_ENTRY.BATCH_ID, entry.batch());
        columns.put(CRM_TAG_ENTRY.ACTOR_KIND, actor.kind().name());
        columns.put(CRM_TAG_ENTRY.ACTOR_ID, actor.id());
        columns.put(CRM_TAG_ENTRY.STORE_ID, store(actor));
        columns.put(CRM_TAG_ENTRY.CHANNEL, actor.channel());
        columns.put(CRM_TAG_ENTRY.REASON, entry.reason());
        return columns;
    }

    static TagEntry entry(Record row) {
        String before = row.get(CRM_TAG_ENTRY.BEFORE_MARK);
        String after = row.get(CRM_TAG_ENTRY.AFTER_MARK);
        return new TagEntry(
                row.get(CRM_TAG_ENTRY.SEQ),
                row.get(CRM_TAG_ENTRY.TAG_KEY),
                TagAct.valueOf(row.get(CRM_TAG_ENTRY.ACT)),
                before == null ? null : TagText.mark(before),
                after == null ? null : TagText.mark(after),
                source(
                        row.get(CRM_TAG_ENTRY.SOURCE),
                        row.get(CRM_TAG_ENTRY.REFERENCE),
                        row.get(CRM_TAG_ENTRY.REFERENCE_VERSION)),
                row.get(CRM_TAG_ENTRY.BATCH_ID),
                actor(
                        row.get(CRM_TAG_ENTRY.ACTOR_KIND),
                        row.get(CRM_TAG_ENTRY.ACTOR_ID),
                        row.get(CRM_TAG_ENTRY.STORE_ID),
                        row.get(CRM_TAG_ENTRY.CHANNEL)),
                row.get(CRM_TAG_ENTRY.REASON),
                Instant.ofEpochMilli(row.get(CRM_TAG_ENTRY.AT_MS)));
    }

    private static @Nullable Long version(TagSource source) {
        return source.version() == 0 ? null : source.version();
    }

    private static TagSource source(String kind, @Nullable String reference, @Nullable Long version) {
        return new TagSource(TagSource.Kind.valueOf(kind), reference, version == null ? 0 : version);
    }

    private static Actor actor(String kind, String id, @Nullable String store, @Nullable String channel) {
        return new Actor(ActorKind.valueOf(kind), id, store == null ? null : StoreId.of(store), channel);
    }

    private static @Nullable String store(Actor actor) {
        StoreId store = actor.store();
        return store == null ? null : store.value();
    }

    private static @Nullable Instant instant(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    private static @Nullable Long number(ResultSet row, int column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? null : number;
    }
}

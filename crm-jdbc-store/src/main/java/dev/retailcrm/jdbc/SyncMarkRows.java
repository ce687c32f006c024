package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_DATA_KEY;
import static dev.retailcrm.jdbc.schema.Tables.CRM_SYNC_MARK;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectDistinct;

import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.FieldContext;
import dev.retailcrm.core.spi.LookupKey;
import dev.retailcrm.tags.spi.SyncMark;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectConditionStep;
import org.jspecify.annotations.Nullable;

/** The table of what was compared with outside systems, within one session. */
final class SyncMarkRows {
    private static final String KIND = "SYNC";
    private static final Comparator<SyncMark> ORDER =
            Comparator.comparing(SyncMark::customer).thenComparing(SyncMark::ref);

    private final Session session;
    private final Sealing sealing;
    private final TenantId tenant;

    SyncMarkRows(Session session, Sealing sealing, TenantId tenant) {
        this.session = session;
        this.sealing = sealing;
        this.tenant = tenant;
    }

    /** Where a mark is found. */
    private record Place(long customer, String kind, String token) {}

    /** By references; they are compared without being deciphered. */
    Map<String, SyncMark> find(String channel, Map<String, CustomerId> customers) {
        Map<String, SyncMark> found = new HashMap<>();
        if (customers.isEmpty()) {
            return found;
        }
        Map<Place, String> places = new HashMap<>();
        customers.forEach((ref, customer) -> sealing.candidates(tenant, key(channel, ref))
                .forEach(it -> places.put(new Place(customer.value(), it.kind(), it.token()), ref)));
        session.fetchFresh(session.dsl()
                        .select(CRM_SYNC_MARK.fields())
                        .from(CRM_SYNC_MARK)
                        .where(CRM_SYNC_MARK.TENANT_ID.eq(tenant.value()))
                        .and(CRM_SYNC_MARK.CUSTOMER_ID.in(Column.ids(customers.values())))
                        .and(CRM_SYNC_MARK.CHANNEL.eq(channel)))
                .forEach(it -> {
                    String ref = places.get(new Place(
                            it.get(CRM_SYNC_MARK.CUSTOMER_ID),
                            it.get(CRM_SYNC_MARK.TOKEN_KIND),
                            it.get(CRM_SYNC_MARK.TOKEN)));
                    if (ref != null) {
                        found.put(ref, mark(it, ref));
                    }
                });
        return found;
    }

    /** All of a customer, by channel. */
    Map<String, List<SyncMark>> of(CustomerId customer) {
        Map<String, List<SyncMark>> found = new HashMap<>();
        session.fetchFresh(readable(isHers(customer)))
                .intoGroups(CRM_SYNC_MARK.CHANNEL)
                .forEach((channel, rows) -> found.put(
                        channel, rows.map(this::mark).stream().sorted(ORDER).toList()));
        return found;
    }

    /** References may be enciphered, so they are put in order here: all of one more customer than there may be marks. */
    List<SyncMark> open(String channel, @Nullable SyncMark after, int limit) {
        Condition open = CRM_SYNC_MARK
                .TENANT_ID
                .eq(tenant.value())
                .and(CRM_SYNC_MARK.CHANNEL.eq(channel))
                .and(CRM_SYNC_MARK.IS_OPEN.eq(inline(true)))
                .and(CRM_SYNC_MARK.CUSTOMER_ID.ge(
                        after == null ? 0 : after.customer().value()));
        var some = selectDistinct(CRM_SYNC_MARK.CUSTOMER_ID)
                .from(CRM_SYNC_MARK)
                .where(open)
                .orderBy(CRM_SYNC_MARK.CUSTOMER_ID)
                .limit(limit + 1)
                .asTable("first_ones");
        Condition these = CRM_SYNC_MARK.CUSTOMER_ID.in(
                select(some.field(CRM_SYNC_MARK.CUSTOMER_ID)).from(some));
        return readable(open.and(these)).fetch(this::mark).stream()
                .sorted(ORDER)
                .filter(it -> after == null || ORDER.compare(it, after) > 0)
                .limit(limit)
                .toList();
    }

    private SelectConditionStep<Record> readable(Condition which) {
        return session.dsl()
                .select(CRM_SYNC_MARK.fields())
                .select(CRM_DATA_KEY.WRAPPED)
                .from(CRM_SYNC_MARK)
                .leftJoin(CRM_DATA_KEY)
                .on(CRM_DATA_KEY.TENANT_ID.eq(CRM_SYNC_MARK.TENANT_ID))
                .and(CRM_DATA_KEY.CUSTOMER_ID.eq(CRM_SYNC_MARK.CUSTOMER_ID))
                .where(which);
    }

    /** Writes a mark in the place of the one of its reference, under the lock of its customer. */
    void write(String channel, SyncMark mark) {
        LookupKey written = sealing.written(tenant, key(channel, mark.ref()));
        Map<Field<?>, @Nullable Object> columns = columns(mark).map();
        int updated = session.dsl()
                .update(CRM_SYNC_MARK)
                .set(columns)
                .where(isHers(mark.customer()))
                .and(CRM_SYNC_MARK.CHANNEL.eq(channel))
                .and(CRM_SYNC_MARK.TOKEN_KIND.eq(written.kind()))
                .and(CRM_SYNC_MARK.TOKEN.eq(written.token()))
                .execute();
        if (updated == 0) {
            byte[] key = sealing.isOn() ? dataKey(mark.customer()) : null;
            List<LookupKey> older = sealing.older(tenant, key(channel, mark.ref()));
            if (!older.isEmpty()) {
                session.dsl()
                        .deleteFrom(CRM_SYNC_MARK)
                        .where(isHers(mark.customer()))
                        .and(CRM_SYNC_MARK.CHANNEL.eq(channel))
                        .and(row(CRM_SYNC_MARK.TOKEN_KIND, CRM_SYNC_MARK.TOKEN)
                                .in(older.stream()
                                        .map(it -> row(it.kind(), it.token()))
                                        .toList()))
                        .execute();
            }
            session.dsl()
                    .insertInto(CRM_SYNC_MARK)
                    .set(CRM_SYNC_MARK.TENANT_ID, tenant.value())
                    .set(CRM_SYNC_MARK.CUSTOMER_ID, mark.customer().value())
                    .set(CRM_SYNC_MARK.CHANNEL, channel)
                    .set(CRM_SYNC_MARK.TOKEN_KIND, written.kind())
                    .set(CRM_SYNC_MARK.TOKEN, written.token())
                    .set(CRM_SYNC_MARK.SEALED, sealing.seal(context(mark.customer(), written), key, mark.ref()))
                    .set(columns)
                    .execute();
        }
    }

    private static NewRow columns(SyncMark mark) {
        return new NewRow()
                .put(CRM_SYNC_MARK.HOME_ID, mark.home().value())
                .put(CRM_SYNC_MARK.RUN_NO, mark.run())
                .put(CRM_SYNC_MARK.TRIED_RUN, mark.triedRun())
                .put(CRM_SYNC_MARK.TAGS, SyncJson.of(mark.tags()))
                .put(CRM_SYNC_MARK.ASKED, SyncJson.of(mark.asked()))
                .put(CRM_SYNC_MARK.PROBLEM, mark.problem())
                .put(
                        CRM_SYNC_MARK.IS_OPEN,
                        mark.problem() != null || !mark.asked().isEmpty())
                .put(CRM_SYNC_MARK.VERSION, mark.version());
    }

    /** Her data key; a new one if her record was written before there was a cipher. */
    private byte[] dataKey(CustomerId customer) {
        var keys = new DataKeys(session, tenant, customer);
        Optional<byte[]> known = keys.find();
        if (known.isPresent()) {
            return known.get();
        }
        boolean isErased = RecordLock.on(session, tenant, customer)
                .filter(it -> it.status() == CustomerStatus.ERASED)
                .isPresent();
        if (isErased) {
            throw CoreError.CUSTOMER_ERASED.because("customer %s was erased", customer);
        }
        return keys.find().orElseGet(() -> {
            byte[] key = sealing.newKey(tenant, customer);
            keys.insert(key);
            return key;
        });
    }

    /** Deletes some of a customer; how many. */
    int remove(CustomerId customer, int limit) {
        List<LookupKey> these = session.fetchFresh(session.dsl()
                        .select(CRM_SYNC_MARK.fields())
                        .from(CRM_SYNC_MARK)
                        .where(isHers(customer))
                        .orderBy(CRM_SYNC_MARK.CHANNEL, CRM_SYNC_MARK.TOKEN_KIND, CRM_SYNC_MARK.TOKEN)
                        .limit(limit))
                .map(SyncMarkRows::stored);
        session.each(
                "DELETE FROM crm_sync_mark WHERE tenant_id = ? AND customer_id = ? AND channel = ? AND token_kind = ?"
                        + " AND token = ?",
                these,
                (statement, it) -> new Bind(statement)
                        .text(tenant.value())
                        .number(customer.value())
                        .text(it.issuer())
                        .text(it.kind())
                        .text(it.token()));
        return these.size();
    }

    /** Deletes all of a customer. */
    void forget(CustomerId customer) {
        session.dsl().deleteFrom(CRM_SYNC_MARK).where(isHers(customer)).execute();
    }

    /** Seals what is in clear, and finds everything by the newest key; whether anything was otherwise. */
    boolean renew(CustomerId customer, byte[] key) {
        boolean renewed = false;
        for (Record row : session.fetchFresh(readable(isHers(customer)))) {
            LookupKey stored = stored(row);
            String ref = ref(row, key);
            LookupKey newest = sealing.written(tenant, key(stored.issuer(), ref));
            if (!newest.equals(stored)) {
                session.dsl()
                        .update(CRM_SYNC_MARK)
                        .set(CRM_SYNC_MARK.TOKEN_KIND, newest.kind())
                        .set(CRM_SYNC_MARK.TOKEN, newest.token())
                        .set(CRM_SYNC_MARK.SEALED, sealing.seal(context(customer, newest), key, ref))
                        .where(isHers(customer))
                        .and(CRM_SYNC_MARK.CHANNEL.eq(stored.issuer()))
                        .and(CRM_SYNC_MARK.TOKEN_KIND.eq(stored.kind()))
                        .and(CRM_SYNC_MARK.TOKEN.eq(stored.token()))
                        .execute();
                renewed = true;
            }
        }
        return renewed;
    }

    private static LookupKey key(String channel, String ref) {
        return new LookupKey(KIND, channel, ref);
    }

    private static LookupKey stored(Record row) {
        return new LookupKey(
                row.get(CRM_SYNC_MARK.TOKEN_KIND), row.get(CRM_SYNC_MARK.CHANNEL), row.get(CRM_SYNC_MARK.TOKEN));
    }

    private SyncMark mark(Record row) {
        return mark(row, ref(row, row.get(CRM_DATA_KEY.WRAPPED)));
    }

    private String ref(Record row, byte @Nullable [] key) {
        FieldContext context = context(CustomerId.of(row.get(CRM_SYNC_MARK.CUSTOMER_ID)), stored(row));
        return sealing.text(context, key, row.get(CRM_SYNC_MARK.SEALED));
    }

    private static SyncMark mark(Record row, String ref) {
        return new SyncMark(
                CustomerId.of(row.get(CRM_SYNC_MARK.CUSTOMER_ID)),
                CustomerId.of(row.get(CRM_SYNC_MARK.HOME_ID)),
                ref,
                row.get(CRM_SYNC_MARK.RUN_NO),
                row.get(CRM_SYNC_MARK.TRIED_RUN),
                SyncJson.texts(row.get(CRM_SYNC_MARK.TAGS)),
                SyncJson.flags(row.get(CRM_SYNC_MARK.ASKED)),
                row.get(CRM_SYNC_MARK.PROBLEM),
                row.get(CRM_SYNC_MARK.VERSION));
    }

    private Condition isHers(CustomerId customer) {
        return CRM_SYNC_MARK.TENANT_ID.eq(tenant.value()).and(CRM_SYNC_MARK.CUSTOMER_ID.eq(customer.value()));
    }

    /** Names the row by a hash of its token, which may be too long. */
    private FieldContext context(CustomerId customer, LookupKey stored) {
        String row = Long.toHexString(Fingerprint.of("crm_sync_mark")
                .and(stored.kind())
                .and(stored.token())
                .value());
        return new FieldContext(tenant, customer, "crm_sync_mark.sealed " + stored.issuer() + "/" + row);
    }
}

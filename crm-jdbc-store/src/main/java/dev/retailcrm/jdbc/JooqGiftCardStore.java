package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_GIFT_CARD;

import com.google.common.collect.Lists;
import dev.retailcrm.assets.spi.GiftCardBatch;
import dev.retailcrm.assets.spi.GiftCardChange;
import dev.retailcrm.assets.spi.GiftCardSnapshot;
import dev.retailcrm.assets.spi.GiftCardStore;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.Record1;
import org.jooq.Select;

/** Gift cards in {@code crm_gift_card}, {@code crm_gift_card_code} and {@code crm_gift_card_batch}. Thread-safe. */
final class JooqGiftCardStore implements GiftCardStore {
    private static final int CHUNK = 500;

    private final JdbcUnitOfWork work;

    JooqGiftCardStore(JdbcUnitOfWork work) {
        this.work = work;
    }

    @Override
    public Optional<GiftCardSnapshot> find(TenantId tenant, CustomerId card) {
        return work.session()
                .dsl()
                .selectFrom(CRM_GIFT_CARD)
                .where(isCard(tenant, card))
                .fetchOptional(GiftCardRows::snapshot);
    }

    @Override
    public Optional<GiftCardSnapshot> lock(TenantId tenant, CustomerId card) {
        Session session = work.session();
        Optional<GiftCardSnapshot> locked = session.dsl()
                .selectFrom(CRM_GIFT_CARD)
                .where(isCard(tenant, card))
                .forUpdate()
                .fetchOptional(GiftCardRows::snapshot);
        session.markLocking();
        return locked;
    }

    @Override
    public Optional<CustomerId> cardOf(TenantId tenant, Collection<String> codeHashes) {
        return new GiftCardLookup(work.session(), tenant).cardOf(codeHashes);
    }

    @Override
    public Optional<CustomerId> batchOf(TenantId tenant, RequestKey key) {
        return new GiftCardLookup(work.session(), tenant).batchOf(key);
    }

    @Override
    public List<GiftCardSnapshot> inBatch(TenantId tenant, CustomerId batch, int afterNumber, int limit) {
        Session session = work.session();
        var query = session.dsl()
                .selectFrom(CRM_GIFT_CARD)
                .where(CRM_GIFT_CARD.TENANT_ID.eq(tenant.value()))
                .and(CRM_GIFT_CARD.BATCH_ID.eq(batch.value()))
                .and(CRM_GIFT_CARD.BATCH_NO.gt(afterNumber))
                .orderBy(CRM_GIFT_CARD.BATCH_NO)
                .limit(limit);
        return session.fetchFresh(query).map(GiftCardRows::snapshot);
    }

    @Override
    public Issued issue(GiftCardBatch batch) {
        Session session = work.session();
        var lookup = new GiftCardLookup(session, batch.tenant());
        if (!lookup.claim(batch.key(), batch.id())) {
            return Issued.REPEATED;
        }
        List<List<GiftCardSnapshot>> chunks = Lists.partition(batch.cards(), CHUNK);
        for (int i = 0; i < chunks.size(); i++) {
            if (!lookup.claim(chunks.get(i))) {
                chunks.subList(0, i).forEach(lookup::release);
                lookup.release(batch.key());
                return Issued.CODE_TAKEN;
            }
        }
        JooqRequestStore.book(session, batch.tenant(), batch.id(), batch.key(), batch.booked());
        String insert = session.dsl()
                .insertInto(CRM_GIFT_CARD, CRM_GIFT_CARD.fields())
                .values(new Object[CRM_GIFT_CARD.fields().length])
                .getSQL();
        chunks.forEach(cards -> session.each(insert, cards, GiftCardRows::bind));
        Lists.partition(batch.events(), CHUNK).forEach(events -> JooqOutboxStore.appendAll(session, events));
        return Issued.WRITTEN;
    }

    @Override
    public boolean apply(GiftCardChange change) {
        Session session = work.session();
        GiftCardSnapshot after = change.after();
        var key = change.key();
        var booked = change.booked();
        if (key != null && booked != null && !JooqRequestStore.book(session, after.tenant(), after.id(), key, booked)) {
            return false;
        }
        var event = change.event();
        if (event != null) {
            update(session, after);
            JooqOutboxStore.append(session, event);
        }
        return true;
    }

    @Override
    public Set<CustomerId> existing(TenantId tenant, Collection<CustomerId> cards) {
        Session session = work.session();
        var query = session.dsl()
                .select(CRM_GIFT_CARD.CUSTOMER_ID)
                .from(CRM_GIFT_CARD)
                .where(CRM_GIFT_CARD.TENANT_ID.eq(tenant.value()))
                .and(CRM_GIFT_CARD.CUSTOMER_ID.in(
                        cards.stream().map(CustomerId::value).toList()));
        return ids(session.mustReadFresh() ? query.forShare() : query);
    }

    @Override
    public List<GiftCardSnapshot> boundTo(TenantId tenant, Collection<CustomerId> customers) {
        return work.session()
                .dsl()
                .selectFrom(CRM_GIFT_CARD)
                .where(CRM_GIFT_CARD.TENANT_ID.eq(tenant.value()))
                .and(CRM_GIFT_CARD.BOUND_TO.in(Column.ids(customers)))
                .orderBy(CRM_GIFT_CARD.CUSTOMER_ID)
                .fetch(GiftCardRows::snapshot);
    }

    private static Set<CustomerId> ids(Select<Record1<Long>> query) {
        return new HashSet<>(query.fetch(row -> CustomerId.of(row.value1())));
    }

    private static void update(Session session, GiftCardSnapshot after) {
        int updated = session.dsl()
                .update(CRM_GIFT_CARD)
                .set(GiftCardRows.changing(after))
                .where(isCard(after.tenant(), after.id()))
                .and(CRM_GIFT_CARD.VERSION.eq(after.version() - 1))
                .execute();
        if (updated != 1) {
            throw CoreError.STORE_FAILED.because("the gift card was changed without its lock");
        }
    }

    private static Condition isCard(TenantId tenant, CustomerId card) {
        return CRM_GIFT_CARD.TENANT_ID.eq(tenant.value()).and(CRM_GIFT_CARD.CUSTOMER_ID.eq(card.value()));
    }
}

package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_GIFT_CARD_BATCH;
import static dev.retailcrm.jdbc.schema.Tables.CRM_GIFT_CARD_CODE;

import dev.retailcrm.assets.spi.GiftCardSnapshot;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.SelectConditionStep;
import org.jooq.SelectForUpdateStep;

/** The tables from codes to gift cards and from request keys to batches, within one session. */
final class GiftCardLookup {
    private final Session session;
    private final TenantId tenant;

    GiftCardLookup(Session session, TenantId tenant) {
        this.session = session;
        this.tenant = tenant;
    }

    Optional<CustomerId> cardOf(Collection<String> hashes) {
        return fetch(codes(hashes));
    }

    Optional<CustomerId> batchOf(RequestKey key) {
        return fresh(session.dsl()
                .select(CRM_GIFT_CARD_BATCH.CUSTOMER_ID)
                .from(CRM_GIFT_CARD_BATCH)
                .where(CRM_GIFT_CARD_BATCH.TENANT_ID.eq(tenant.value()))
                .and(CRM_GIFT_CARD_BATCH.REQUEST_KEY.eq(key.value())));
    }

    /** Claims a key for a batch; false if a batch has it. */
    boolean claim(RequestKey key, CustomerId batch) {
        return claim(
                () -> {
                    var insert = session.dsl().insertQuery(CRM_GIFT_CARD_BATCH);
                    insert.addValue(CRM_GIFT_CARD_BATCH.TENANT_ID, tenant.value());
                    insert.addValue(CRM_GIFT_CARD_BATCH.REQUEST_KEY, key.value());
                    insert.addValue(CRM_GIFT_CARD_BATCH.CUSTOMER_ID, batch.value());
                    return Inserts.unlessPresent(session, insert);
                },
                1,
                () -> {},
                () -> batchOf(key).isPresent());
    }

    /** Claims the codes of these cards, all or none; false if a card has one of them. */
    boolean claim(List<GiftCardSnapshot> cards) {
        List<String> hashes = cards.stream().map(GiftCardSnapshot::codeHash).toList();
        return claim(
                () -> insert(cards),
                cards.size(),
                () -> release(cards),
                () -> fresh(codes(hashes)).isPresent());
    }

    private SelectConditionStep<Record1<Long>> codes(Collection<String> hashes) {
        return session.dsl()
                .select(CRM_GIFT_CARD_CODE.CUSTOMER_ID)
                .from(CRM_GIFT_CARD_CODE)
                .where(CRM_GIFT_CARD_CODE.TENANT_ID.eq(tenant.value()))
                .and(CRM_GIFT_CARD_CODE.CODE_HASH.in(hashes));
    }

    void release(RequestKey key) {
        session.dsl()
                .deleteFrom(CRM_GIFT_CARD_BATCH)
                .where(CRM_GIFT_CARD_BATCH.TENANT_ID.eq(tenant.value()))
                .and(CRM_GIFT_CARD_BATCH.REQUEST_KEY.eq(key.value()))
                .execute();
    }

    /** Gives up those of the codes that these cards have. */
    void release(List<GiftCardSnapshot> cards) {
        session.dsl()
                .deleteFrom(CRM_GIFT_CARD_CODE)
                .where(CRM_GIFT_CARD_CODE.TENANT_ID.eq(tenant.value()))
                .and(CRM_GIFT_CARD_CODE.CODE_HASH.in(
                        cards.stream().map(GiftCardSnapshot::codeHash).toList()))
                .and(CRM_GIFT_CARD_CODE.CUSTOMER_ID.in(
                        cards.stream().map(card -> card.id().value()).toList()))
                .execute();
    }

    private int insert(List<GiftCardSnapshot> cards) {
        var insert = session.dsl().insertQuery(CRM_GIFT_CARD_CODE);
        for (GiftCardSnapshot card : cards) {
            insert.newRecord();
            insert.addValue(CRM_GIFT_CARD_CODE.TENANT_ID, tenant.value());
            insert.addValue(CRM_GIFT_CARD_CODE.CODE_HASH, card.codeHash());
            insert.addValue(CRM_GIFT_CARD_CODE.CUSTOMER_ID, card.id().value());
        }
        return Inserts.unlessPresent(session, insert);
    }

    private static boolean claim(IntSupplier insert, int rows, Runnable release, BooleanSupplier isHeld) {
        return KeyClaim.claim(
                () -> {
                    int claimed = insert.getAsInt();
                    if (claimed > 0 && claimed < rows) {
                        release.run();
                    }
                    return claimed == rows;
                },
                isHeld);
    }

    /**
     * Who holds a key by now. On MariaDB a plain read may be as old as the host's transaction; a locking one is not, but it locks the
     * gaps of keys that nobody holds, and so comes second.
     */
    private Optional<CustomerId> fresh(SelectForUpdateStep<Record1<Long>> query) {
        Optional<CustomerId> found = fetch(query);
        if (found.isEmpty() && session.engine() == Engine.MARIADB) {
            found = fetch(query.forShare());
            session.markLocking();
        }
        return found;
    }

    private static Optional<CustomerId> fetch(Select<Record1<Long>> query) {
        return query.fetch().stream().findFirst().map(row -> CustomerId.of(row.value1()));
    }
}

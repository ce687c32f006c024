package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_GIFT_CARD;

import dev.retailcrm.assets.spi.GiftCardSnapshot;
import dev.retailcrm.assets.stored.GiftCardState;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** Between the state of a gift card and its row. */
final class GiftCardRows {
    private GiftCardRows() {}

    static GiftCardSnapshot snapshot(Record row) {
        Long boundTo = row.get(CRM_GIFT_CARD.BOUND_TO);
        return new GiftCardSnapshot(
                TenantId.of(row.get(CRM_GIFT_CARD.TENANT_ID)),
                CustomerId.of(row.get(CRM_GIFT_CARD.CUSTOMER_ID)),
                row.get(CRM_GIFT_CARD.VERSION),
                row.get(CRM_GIFT_CARD.EVENT_SEQ),
                GiftCardState.valueOf(row.get(CRM_GIFT_CARD.STATE)),
                row.get(CRM_GIFT_CARD.CODE_HASH),
                row.get(CRM_GIFT_CARD.LAST_FOUR),
                CustomerId.of(row.get(CRM_GIFT_CARD.BATCH_ID)),
                row.get(CRM_GIFT_CARD.BATCH_NO),
                Money.ofMinor(CurrencyUnit.of(row.get(CRM_GIFT_CARD.CURRENCY)), row.get(CRM_GIFT_CARD.FACE_MINOR)),
                boundTo == null ? null : CustomerId.of(boundTo),
                instant(row.get(CRM_GIFT_CARD.EXPIRES_MS)),
                instant(row.get(CRM_GIFT_CARD.ACTIVATED_MS)),
                Instant.ofEpochMilli(row.get(CRM_GIFT_CARD.ISSUED_MS)),
                Instant.ofEpochMilli(row.get(CRM_GIFT_CARD.CHANGED_MS)));
    }

    /** Binds all columns of a new card, in the order of the table. */
    static void bind(PreparedStatement statement, GiftCardSnapshot card) throws SQLException {
        CustomerId boundTo = card.boundTo();
        new Bind(statement)
                .text(card.tenant().value())
                .number(card.id().value())
                .number(card.version())
                .number(card.eventSeq())
                .text(card.state().name())
                .text(card.codeHash())
                .text(card.lastFour())
                .number(card.batch().value())
                .integer(card.number())
                .text(card.faceValue().getCurrencyUnit().getCode())
                .number(card.faceValue().getAmountMinorLong())
                .numberOrNull(boundTo == null ? 0 : boundTo.value())
                .instant(card.expiresAt())
                .instant(card.activatedAt())
                .instant(card.issuedAt())
                .instant(card.changedAt());
    }

    /** The columns of a card that change. */
    static Map<Field<?>, @Nullable Object> changing(GiftCardSnapshot card) {
        CustomerId boundTo = card.boundTo();
        Instant activatedAt = card.activatedAt();
        Map<Field<?>, @Nullable Object> columns = new LinkedHashMap<>();
        columns.put(CRM_GIFT_CARD.VERSION, card.version());
        columns.put(CRM_GIFT_CARD.EVENT_SEQ, card.eventSeq());
        columns.put(CRM_GIFT_CARD.STATE, card.state().name());
        columns.put(CRM_GIFT_CARD.BOUND_TO, boundTo == null ? null : boundTo.value());
        columns.put(CRM_GIFT_CARD.ACTIVATED_MS, activatedAt == null ? null : activatedAt.toEpochMilli());
        columns.put(CRM_GIFT_CARD.CHANGED_MS, card.changedAt().toEpochMilli());
        return columns;
    }

    private static @Nullable Instant instant(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}

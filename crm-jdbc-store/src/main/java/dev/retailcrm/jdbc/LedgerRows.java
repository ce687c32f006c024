package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.tables.CrmAccount.CRM_ACCOUNT;
import static dev.retailcrm.jdbc.schema.tables.CrmEntry.CRM_ENTRY;
import static dev.retailcrm.jdbc.schema.tables.CrmHold.CRM_HOLD;
import static dev.retailcrm.jdbc.schema.tables.CrmLot.CRM_LOT;
import static dev.retailcrm.jdbc.schema.tables.CrmMovement.CRM_MOVEMENT;

import dev.retailcrm.assets.ledger.Account;
import dev.retailcrm.assets.ledger.AccountId;
import dev.retailcrm.assets.ledger.Entry;
import dev.retailcrm.assets.ledger.EntryType;
import dev.retailcrm.assets.ledger.Hold;
import dev.retailcrm.assets.ledger.Lot;
import dev.retailcrm.assets.ledger.Movement;
import dev.retailcrm.assets.ledger.Part;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.StoreId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.joda.money.CurrencyUnit;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/** How the ledger's rows read: the columns of each in the order they are read in. Stateless. */
final class LedgerRows {
    static final List<Field<?>> ACCOUNT = List.of(
            CRM_ACCOUNT.ASSET,
            CRM_ACCOUNT.SEQ,
            CRM_ACCOUNT.POSTED,
            CRM_ACCOUNT.HELD,
            CRM_ACCOUNT.DEBT,
            CRM_ACCOUNT.PENDING,
            CRM_ACCOUNT.AS_OF_MS,
            CRM_ACCOUNT.ACTIVE_MS,
            CRM_ACCOUNT.DUE_MS,
            CRM_ACCOUNT.SLIDES,
            CRM_ACCOUNT.EVENT_SEQ,
            CRM_ACCOUNT.MOVED_TO);

    static final List<Field<?>> LOT = List.of(
            CRM_LOT.LOT_NO,
            CRM_LOT.PART,
            CRM_LOT.GRANTED,
            CRM_LOT.REMAINING,
            CRM_LOT.HELD,
            CRM_LOT.AVAILABLE_MS,
            CRM_LOT.EXPIRES_MS,
            CRM_LOT.SLIDE_DAYS,
            CRM_LOT.COST_CURRENCY,
            CRM_LOT.COST_MINOR);

    static final List<Field<?>> ENTRY = List.of(
            CRM_ENTRY.SEQ,
            CRM_ENTRY.TYPE,
            CRM_ENTRY.AMOUNT,
            CRM_ENTRY.BALANCE_AFTER,
            CRM_ENTRY.HELD_AFTER,
            CRM_ENTRY.AT_MS,
            CRM_ENTRY.OCCURRED_MS,
            CRM_ENTRY.REQUEST_KEY,
            CRM_ENTRY.REVERSES,
            CRM_ENTRY.PRO_RATA,
            CRM_ENTRY.REFERENCE,
            CRM_ENTRY.REASON,
            CRM_ENTRY.STORE_ID,
            CRM_ENTRY.STAFF_ID);

    static final List<Field<?>> MOVEMENT = List.of(
            CRM_MOVEMENT.SEQ,
            CRM_MOVEMENT.LOT_NO,
            CRM_MOVEMENT.PART,
            CRM_MOVEMENT.DELTA,
            CRM_MOVEMENT.HELD_DELTA,
            CRM_MOVEMENT.COST_MINOR);

    static final List<Field<?>> HOLD = List.of(
            CRM_HOLD.HOLD_NO,
            CRM_HOLD.AMOUNT,
            CRM_HOLD.EXPIRES_MS,
            CRM_HOLD.STATE,
            CRM_HOLD.CAPTURED,
            CRM_HOLD.ENDED_BY);

    private LedgerRows() {}

    /** The account in a row that starts with its asset at column {@code first}. */
    static Account account(ResultSet row, int first, AccountId id) throws SQLException {
        long survivor = row.getLong(first + 11);
        return new Account(
                id,
                row.getLong(first + 1),
                row.getLong(first + 2),
                row.getLong(first + 3),
                row.getLong(first + 4),
                row.getLong(first + 5),
                Instant.ofEpochMilli(row.getLong(first + 6)),
                instant(row, first + 7),
                instant(row, first + 8),
                row.getBoolean(first + 9),
                row.getLong(first + 10),
                survivor == 0 ? null : CustomerId.of(survivor));
    }

    static Lot lot(ResultSet row) throws SQLException {
        String currency = row.getString(9);
        return new Lot(
                row.getLong(1),
                Part.valueOf(row.getString(2)),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                Instant.ofEpochMilli(row.getLong(6)),
                instant(row, 7),
                row.getInt(8),
                currency == null ? null : new Lot.Cost(CurrencyUnit.of(currency), row.getLong(10)));
    }

    static Entry entry(ResultSet row) throws SQLException {
        String key = row.getString(8);
        String store = row.getString(13);
        String staff = row.getString(14);
        return new Entry(
                row.getLong(1),
                EntryType.valueOf(row.getString(2)),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                Instant.ofEpochMilli(row.getLong(6)),
                Instant.ofEpochMilli(row.getLong(7)),
                key == null ? null : new RequestKey(key),
                row.getLong(9),
                row.getBoolean(10),
                row.getString(11),
                row.getString(12),
                store == null ? null : new StoreId(store),
                staff == null ? null : new StaffId(staff));
    }

    static Movement movement(ResultSet row) throws SQLException {
        return new Movement(
                row.getLong(1),
                row.getLong(2),
                Part.valueOf(row.getString(3)),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6));
    }

    static Hold hold(ResultSet row) throws SQLException {
        return new Hold(
                row.getLong(1),
                row.getLong(2),
                Instant.ofEpochMilli(row.getLong(3)),
                Hold.State.valueOf(row.getString(4)),
                row.getLong(5),
                row.getLong(6));
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }
}

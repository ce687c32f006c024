package dev.retailcrm.jdbc;

import dev.retailcrm.assets.benefit.BenefitGrant;
import dev.retailcrm.assets.benefit.BenefitId;
import dev.retailcrm.assets.benefit.BenefitOrigin;
import dev.retailcrm.assets.card.Card;
import dev.retailcrm.assets.card.CardSale;
import dev.retailcrm.assets.redeem.RedeemItem;
import dev.retailcrm.assets.redeem.Redemption;
import dev.retailcrm.assets.spi.BenefitRow;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.StoreId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * The table of one type of rows, its statements rendered once. Immutable.
 *
 * @param id the column of ids
 * @param columns all but the tenant, those that change last
 * @param changing how many of them change
 */
record BenefitTable<T extends BenefitRow>(
        Class<T> type, String name, String id, List<Column<T>> columns, int changing, Session.Row<T> reader) {
    static final BenefitTable<BenefitGrant> GRANTS = new BenefitTable<>(
            BenefitGrant.class,
            "crm_benefit_grant",
            "grant_id",
            of(
                    "grant_id",
                    List.of(
                            Column.text("benefit_key", BenefitGrant::benefit),
                            Column.text("origin", it -> it.origin().name()),
                            Column.number("from_ms", it -> it.from().toEpochMilli()),
                            Column.number("until_ms", it -> Column.millis(it.until())),
                            Column.number("granted_ms", it -> it.grantedAt().toEpochMilli()),
                            Column.text("reference", BenefitGrant::reference),
                            Column.number("revoked_ms", it -> Column.millis(it.revokedAt())))),
            1,
            BenefitTable::grant);

    static final BenefitTable<Card> CARDS = new BenefitTable<>(
            Card.class,
            "crm_card",
            "card_id",
            of(
                    "card_id",
                    List.of(
                            Column.text("product_key", Card::product),
                            Column.number("product_version", Card::version),
                            Column.text("sale", it -> it.sale().name()),
                            Column.text("currency", it -> currency(it.price())),
                            Column.number("price_minor", it -> minor(it.price())),
                            Column.number("uses", Card::uses),
                            Column.number("from_ms", it -> it.from().toEpochMilli()),
                            Column.number("until_ms", it -> Column.millis(it.until())),
                            Column.number("issued_ms", it -> it.issuedAt().toEpochMilli()),
                            Column.number("renews_id", it -> number(it.renews())),
                            Column.number("refunded_ms", it -> Column.millis(it.refundedAt())),
                            Column.number("refund_minor", it -> minor(it.refund())))),
            2,
            BenefitTable::card);

    static final BenefitTable<Redemption> REDEMPTIONS = new BenefitTable<>(
            Redemption.class,
            "crm_redemption",
            "redemption_id",
            of(
                    "redemption_id",
                    List.of(
                            Column.text("kind", it -> it.item().kind().name()),
                            Column.text("item_key", it -> it.item().key()),
                            Column.number("amount", Redemption::amount),
                            Column.number("points", Redemption::points),
                            Column.number("item_version", Redemption::version),
                            Column.number("at_ms", it -> it.at().toEpochMilli()),
                            Column.number("booked_ms", it -> it.booked().toEpochMilli()),
                            Column.text("store_id", it -> store(it.store())),
                            Column.text("till", Redemption::till),
                            Column.text("staff_id", it -> staff(it.staff())),
                            Column.text("reference", Redemption::reference),
                            Column.text("pass", Redemption::pass),
                            Column.number("reversed", Redemption::reversed))),
            1,
            BenefitTable::redemption);

    static final List<BenefitTable<?>> ALL = List.of(GRANTS, CARDS, REDEMPTIONS);

    private static <T extends BenefitRow> List<Column<T>> of(String id, List<Column<T>> rest) {
        List<Column<T>> all = new ArrayList<>(List.of(
                Column.number("customer_id", (T it) -> it.customer().value()),
                Column.number(id, (T it) -> it.id().value()),
                Column.number("home_id", (T it) -> it.home().value())));
        all.addAll(rest);
        return List.copyOf(all);
    }

    @SuppressWarnings("unchecked")
    static <T extends BenefitRow> BenefitTable<T> of(Class<T> type) {
        for (BenefitTable<?> table : ALL) {
            if (table.type() == type) {
                return (BenefitTable<T>) table;
            }
        }
        throw new IllegalArgumentException(type.getName());
    }

    private String names() {
        return columns.stream().map(Column::name).collect(Collectors.joining(", "));
    }

    String select() {
        return "SELECT " + names() + " FROM " + name + " WHERE tenant_id = ? AND customer_id = ?";
    }

    String insert() {
        return "INSERT INTO " + name + " (tenant_id, " + names() + ") VALUES (?"
                + String.join("", Collections.nCopies(columns.size(), ", ?")) + ")";
    }

    String update() {
        return "UPDATE " + name + " SET "
                + changed().stream().map(it -> it.name() + " = ?").collect(Collectors.joining(", "))
                + " WHERE tenant_id = ? AND customer_id = ? AND " + id + " = ?";
    }

    List<Column<T>> changed() {
        return columns.subList(columns.size() - changing, columns.size());
    }

    private static BenefitGrant grant(ResultSet row) throws SQLException {
        return new BenefitGrant(
                BenefitId.of(row.getLong(2)),
                CustomerId.of(row.getLong(1)),
                CustomerId.of(row.getLong(3)),
                row.getString(4),
                BenefitOrigin.valueOf(row.getString(5)),
                Instant.ofEpochMilli(row.getLong(6)),
                instant(row, 7),
                Instant.ofEpochMilli(row.getLong(8)),
                instant(row, 10),
                row.getString(9));
    }

    private static Card card(ResultSet row) throws SQLException {
        String currency = row.getString(7);
        Long renews = row.getObject(13, Long.class);
        return new Card(
                BenefitId.of(row.getLong(2)),
                CustomerId.of(row.getLong(1)),
                CustomerId.of(row.getLong(3)),
                row.getString(4),
                row.getLong(5),
                CardSale.valueOf(row.getString(6)),
                money(currency, row.getObject(8, Long.class)),
                row.getLong(9),
                Instant.ofEpochMilli(row.getLong(10)),
                instant(row, 11),
                Instant.ofEpochMilli(row.getLong(12)),
                renews == null ? null : BenefitId.of(renews),
                instant(row, 14),
                money(currency, row.getObject(15, Long.class)));
    }

    private static Redemption redemption(ResultSet row) throws SQLException {
        return new Redemption(
                BenefitId.of(row.getLong(2)),
                CustomerId.of(row.getLong(1)),
                CustomerId.of(row.getLong(3)),
                new RedeemItem(RedeemItem.Kind.valueOf(row.getString(4)), row.getString(5)),
                row.getLong(6),
                row.getLong(16),
                row.getLong(7),
                row.getLong(8),
                Instant.ofEpochMilli(row.getLong(9)),
                Instant.ofEpochMilli(row.getLong(10)),
                store(row.getString(11)),
                row.getString(12),
                staff(row.getString(13)),
                row.getString(14),
                row.getString(15));
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        Long millis = row.getObject(column, Long.class);
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    private static @Nullable Money money(@Nullable String currency, @Nullable Long minor) {
        return currency == null || minor == null ? null : Money.ofMinor(CurrencyUnit.of(currency), minor);
    }

    private static @Nullable String currency(@Nullable Money money) {
        return money == null ? null : money.getCurrencyUnit().getCode();
    }

    private static @Nullable Long minor(@Nullable Money money) {
        return money == null ? null : money.getAmountMinorLong();
    }

    private static @Nullable Long number(@Nullable BenefitId id) {
        return id == null ? null : id.value();
    }

    static @Nullable String store(@Nullable StoreId store) {
        return store == null ? null : store.value();
    }

    static @Nullable StoreId store(@Nullable String store) {
        return store == null ? null : StoreId.of(store);
    }

    static @Nullable String staff(@Nullable StaffId staff) {
        return staff == null ? null : staff.value();
    }

    static @Nullable StaffId staff(@Nullable String staff) {
        return staff == null ? null : StaffId.of(staff);
    }
}

package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.tables.CrmAccount.CRM_ACCOUNT;
import static dev.retailcrm.jdbc.schema.tables.CrmEntry.CRM_ENTRY;
import static dev.retailcrm.jdbc.schema.tables.CrmHold.CRM_HOLD;
import static dev.retailcrm.jdbc.schema.tables.CrmLot.CRM_LOT;
import static org.jooq.impl.DSL.cast;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.sum;

import dev.retailcrm.assets.ledger.AccountSums;
import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.TableField;
import org.jooq.impl.SQLDataType;

/** Adds up accounts, entries, lots and holds of a range of customers in one statement, whose parts each scan their range once. */
final class SumsQuery {
    private static final int ACCOUNT = 0;
    private static final int ENTRIES = 1;
    private static final int LOTS = 2;
    private static final int HOLDS = 3;

    private final DSLContext dsl;
    private final String tenant;
    private final String asset;

    SumsQuery(DSLContext dsl, TenantId tenant, Asset asset) {
        this.dsl = dsl;
        this.tenant = tenant.value();
        this.asset = asset.code();
    }

    /** Of customers above {@code from} up to {@code to}, inclusive, ascending. */
    List<AccountSums> of(long from, long to) {
        Map<Long, long[][]> parts = new TreeMap<>();
        dsl.select(
                        CRM_ACCOUNT.CUSTOMER_ID,
                        inline(ACCOUNT),
                        whole(CRM_ACCOUNT.SEQ),
                        whole(CRM_ACCOUNT.POSTED),
                        whole(CRM_ACCOUNT.HELD),
                        whole(CRM_ACCOUNT.DEBT))
                .from(CRM_ACCOUNT)
                .where(in(CRM_ACCOUNT.TENANT_ID, CRM_ACCOUNT.CUSTOMER_ID, CRM_ACCOUNT.ASSET, from, to))
                .unionAll(dsl.select(
                                CRM_ENTRY.CUSTOMER_ID,
                                inline(ENTRIES),
                                whole(count()),
                                whole(sum(CRM_ENTRY.AMOUNT)),
                                none(),
                                none())
                        .from(CRM_ENTRY)
                        .where(in(CRM_ENTRY.TENANT_ID, CRM_ENTRY.CUSTOMER_ID, CRM_ENTRY.ASSET, from, to))
                        .groupBy(CRM_ENTRY.CUSTOMER_ID))
                .unionAll(dsl.select(
                                CRM_LOT.CUSTOMER_ID,
                                inline(LOTS),
                                whole(sum(CRM_LOT.REMAINING)),
                                whole(sum(CRM_LOT.HELD)),
                                none(),
                                none())
                        .from(CRM_LOT)
                        .where(in(CRM_LOT.TENANT_ID, CRM_LOT.CUSTOMER_ID, CRM_LOT.ASSET, from, to))
                        .groupBy(CRM_LOT.CUSTOMER_ID))
                .unionAll(dsl.select(
                                CRM_HOLD.CUSTOMER_ID,
                                inline(HOLDS),
                                whole(sum(CRM_HOLD.AMOUNT)),
                                none(),
                                none(),
                                none())
                        .from(CRM_HOLD)
                        .where(in(CRM_HOLD.TENANT_ID, CRM_HOLD.CUSTOMER_ID, CRM_HOLD.ASSET, from, to))
                        .and(CRM_HOLD.STATE.eq(inline("OPEN")))
                        .groupBy(CRM_HOLD.CUSTOMER_ID))
                .forEach(row -> parts.computeIfAbsent(row.value1(), none -> new long[4][4])[row.value2()] = new long[] {
                    exact(row.value3()), exact(row.value4()), exact(row.value5()), exact(row.value6())
                });
        List<AccountSums> sums = new ArrayList<>(parts.size());
        parts.forEach((customer, part) -> sums.add(new AccountSums(
                CustomerId.of(customer),
                part[ACCOUNT][0],
                part[ACCOUNT][1],
                part[ACCOUNT][2],
                part[ACCOUNT][3],
                part[ENTRIES][0],
                part[ENTRIES][1],
                part[LOTS][0],
                part[LOTS][1],
                part[HOLDS][0])));
        return sums;
    }

    private Condition in(
            TableField<Record, String> tenants,
            TableField<Record, Long> customers,
            TableField<Record, String> assets,
            long from,
            long to) {
        return tenants.eq(tenant).and(customers.gt(from)).and(customers.le(to)).and(assets.eq(asset));
    }

    private static Field<BigDecimal> whole(Field<?> number) {
        return cast(number, SQLDataType.NUMERIC(38));
    }

    private static Field<BigDecimal> none() {
        return whole(inline(0));
    }

    private static long exact(BigDecimal number) {
        return number == null ? 0 : number.longValueExact();
    }
}

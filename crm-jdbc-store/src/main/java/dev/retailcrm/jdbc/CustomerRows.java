package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.tables.CrmCustomer.CRM_CUSTOMER;
import static dev.retailcrm.jdbc.schema.tables.CrmDataKey.CRM_DATA_KEY;
import static dev.retailcrm.jdbc.schema.tables.CrmIdentity.CRM_IDENTITY;

import dev.retailcrm.core.customer.BirthDate;
import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.customer.Gender;
import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.customer.Joining;
import dev.retailcrm.core.customer.PartyKind;
import dev.retailcrm.core.customer.Profile;
import dev.retailcrm.core.customer.ProfileField;
import dev.retailcrm.core.customer.ProfilePatch;
import dev.retailcrm.core.customer.Verification;
import dev.retailcrm.core.customer.VerificationMethod;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.CustomerSnapshot;
import dev.retailcrm.core.spi.FieldContext;
import dev.retailcrm.core.spi.LookupKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/** Between the state of a customer and her rows. */
final class CustomerRows {
    /** What a record is read from, in the order it is read in. */
    static final List<Field<?>> RECORD = List.of(
            CRM_CUSTOMER.CUSTOMER_ID,
            CRM_CUSTOMER.VERSION,
            CRM_CUSTOMER.EVENT_SEQ,
            CRM_CUSTOMER.STATUS,
            CRM_CUSTOMER.PARTY,
            CRM_CUSTOMER.PERSONAL,
            CRM_CUSTOMER.GENDER,
            CRM_CUSTOMER.BIRTH_YEAR,
            CRM_CUSTOMER.BIRTH_MONTH,
            CRM_CUSTOMER.BIRTH_DAY,
            CRM_CUSTOMER.LANGUAGE,
            CRM_CUSTOMER.TIME_ZONE,
            CRM_CUSTOMER.JOINED_MS,
            CRM_CUSTOMER.JOINED_STORE,
            CRM_CUSTOMER.JOINED_STAFF,
            CRM_CUSTOMER.CHANGED_MS,
            CRM_CUSTOMER.MERGED_INTO,
            CRM_DATA_KEY.WRAPPED);

    /** What an identity is read from, in the order it is read in. */
    static final List<Field<?>> IDENTITY = List.of(
            CRM_IDENTITY.KIND,
            CRM_IDENTITY.ISSUER,
            CRM_IDENTITY.TOKEN,
            CRM_IDENTITY.SEALED,
            CRM_IDENTITY.VERIFIED_MS,
            CRM_IDENTITY.VERIFIED_BY);

    private final Sealing sealing;
    private final TenantId tenant;

    CustomerRows(Sealing sealing, TenantId tenant) {
        this.sealing = sealing;
        this.tenant = tenant;
    }

    /** Joined rows of {@link #RECORD} and {@link #IDENTITY}: one customer, whose record is read from the first. Used once. */
    final class Joined {
        private final List<Identity> identities = new ArrayList<>();
        private final Map<Identity, Verification> verified = new HashMap<>();
        private @Nullable CustomerSnapshot record;
        private byte @Nullable [] key;

        /** Adds a row; the customer's id. */
        CustomerId add(ResultSet row) throws SQLException {
            if (record == null) {
                key = row.getBytes(18);
                record = record(row, key);
            }
            Optional<Identity> identity = identity(row, record.id(), key);
            if (identity.isPresent()) {
                identities.add(identity.get());
                verification(row).ifPresent(it -> verified.put(identity.get(), it));
            }
            return record.id();
        }

        /** The record with all its identities; empty if there was no row. */
        Optional<CustomerSnapshot> whole() {
            return Optional.ofNullable(record).map(it -> it.with(identities, verified));
        }
    }

    /** To be given the rows of a query one after the other. */
    Joined joined() {
        return new Joined();
    }

    private CustomerSnapshot record(ResultSet row, byte @Nullable [] key) throws SQLException {
        CustomerId customer = CustomerId.of(row.getLong(1));
        String store = row.getString(14);
        String staff = row.getString(15);
        long survivor = row.getLong(17);
        var joining = new Joining(
                Instant.ofEpochMilli(row.getLong(13)),
                store == null ? null : StoreId.of(store),
                staff == null ? null : StaffId.of(staff));
        return new CustomerSnapshot(
                tenant,
                customer,
                row.getLong(2),
                row.getLong(3),
                CustomerStatus.valueOf(row.getString(4)),
                profile(row, customer, key),
                List.of(),
                joining,
                Instant.ofEpochMilli(row.getLong(16)),
                Map.of(),
                survivor == 0 ? null : CustomerId.of(survivor));
    }

    private Optional<Identity> identity(ResultSet row, CustomerId owner, byte @Nullable [] key) throws SQLException {
        int behind = RECORD.size();
        String kind = row.getString(behind + 1);
        if (kind == null) {
            return Optional.empty();
        }
        var found = new LookupKey(kind, row.getString(behind + 2), row.getString(behind + 3));
        return Optional.of(sealing.identity(tenant, owner, key, found, row.getBytes(behind + 4)));
    }

    private static Optional<Verification> verification(ResultSet row) throws SQLException {
        int behind = RECORD.size();
        String method = row.getString(behind + 6);
        return method == null
                ? Optional.empty()
                : Optional.of(new Verification(
                        VerificationMethod.valueOf(method), Instant.ofEpochMilli(row.getLong(behind + 5))));
    }

    /** The columns of a record that change. */
    NewRow columns(CustomerSnapshot state, byte @Nullable [] key) {
        Profile profile = state.profile();
        Joining joining = state.joining();
        BirthDate birth = profile.birthDate().orElse(null);
        NewRow columns = new NewRow();
        columns.put(CRM_CUSTOMER.VERSION, state.version());
        columns.put(CRM_CUSTOMER.EVENT_SEQ, state.eventSeq());
        columns.put(CRM_CUSTOMER.STATUS, state.status().name());
        columns.put(
                CRM_CUSTOMER.PARTY,
                profile.isKnown(ProfileField.KIND) ? profile.kind().name() : null);
        columns.put(CRM_CUSTOMER.PERSONAL, personal(state, key));
        columns.put(CRM_CUSTOMER.GENDER, profile.gender().map(Gender::name).orElse(null));
        columns.put(CRM_CUSTOMER.BIRTH_YEAR, birth == null ? null : birth.year());
        columns.put(CRM_CUSTOMER.BIRTH_MONTH, birth == null ? null : birth.day().getMonthValue());
        columns.put(CRM_CUSTOMER.BIRTH_DAY, birth == null ? null : birth.day().getDayOfMonth());
        columns.put(CRM_CUSTOMER.LANGUAGE, profile.language().orElse(null));
        columns.put(
                CRM_CUSTOMER.TIME_ZONE, profile.timeZone().map(ZoneId::getId).orElse(null));
        columns.put(CRM_CUSTOMER.JOINED_MS, joining.at().toEpochMilli());
        columns.put(
                CRM_CUSTOMER.JOINED_STORE,
                joining.joinedAt().map(StoreId::value).orElse(null));
        columns.put(
                CRM_CUSTOMER.JOINED_STAFF,
                joining.registeredBy().map(StaffId::value).orElse(null));
        columns.put(CRM_CUSTOMER.CHANGED_MS, state.changedAt().toEpochMilli());
        columns.put(
                CRM_CUSTOMER.MERGED_INTO,
                state.mergedInto() == null ? null : state.mergedInto().value());
        return columns;
    }

    /** The column {@code personal} of a record. */
    byte @Nullable [] personal(CustomerSnapshot state, byte @Nullable [] key) {
        String json = PersonalJson.of(state.profile());
        return json == null ? null : sealing.seal(personal(state.id()), key, json);
    }

    private Profile profile(ResultSet row, CustomerId customer, byte @Nullable [] key) throws SQLException {
        var known = ProfilePatch.none();
        String party = row.getString(5);
        known = party == null ? known : known.kind(PartyKind.valueOf(party));
        String gender = row.getString(7);
        known = gender == null ? known : known.gender(Gender.valueOf(gender));
        int month = row.getInt(9);
        if (month > 0) {
            int year = row.getInt(8);
            Integer yearKnown = row.wasNull() ? null : year;
            known = known.birthDate(new BirthDate(MonthDay.of(month, row.getInt(10)), yearKnown));
        }
        String language = row.getString(11);
        known = language == null ? known : known.language(language);
        String zone = row.getString(12);
        known = zone == null ? known : known.timeZone(ZoneId.of(zone));
        byte[] personal = row.getBytes(6);
        return Profile.of(
                personal == null ? known : PersonalJson.addTo(known, sealing.text(personal(customer), key, personal)));
    }

    private FieldContext personal(CustomerId customer) {
        return new FieldContext(tenant, customer, "crm_customer.personal");
    }
}

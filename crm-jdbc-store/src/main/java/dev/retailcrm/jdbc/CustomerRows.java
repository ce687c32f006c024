package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_CUSTOMER;
import static dev.retailcrm.jdbc.schema.Tables.CRM_IDENTITY;

import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.customer.Gender;
import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.customer.IdentityKind;
import dev.retailcrm.core.customer.Joining;
import dev.retailcrm.core.customer.PersonName;
import dev.retailcrm.core.customer.Profile;
import dev.retailcrm.core.customer.ProfilePatch;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.CustomerSnapshot;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** Between the state of a customer and her rows. */
final class CustomerRows {
    private CustomerRows() {}

    static CustomerSnapshot snapshot(Record row, List<Identity> identities) {
        return new CustomerSnapshot(
                TenantId.of(row.get(CRM_CUSTOMER.TENANT_ID)),
                CustomerId.of(row.get(CRM_CUSTOMER.CUSTOMER_ID)),
                row.get(CRM_CUSTOMER.VERSION),
                row.get(CRM_CUSTOMER.EVENT_SEQ),
                CustomerStatus.valueOf(row.get(CRM_CUSTOMER.STATUS)),
                profile(row),
                identities,
                joining(row),
                Instant.ofEpochMilli(row.get(CRM_CUSTOMER.CHANGED_MS)));
    }

    static Identity identity(Record row) {
        return new Identity(
                IdentityKind.valueOf(row.get(CRM_IDENTITY.KIND)),
                row.get(CRM_IDENTITY.ISSUER),
                row.get(CRM_IDENTITY.TOKEN));
    }

    /** The columns of a record that change. */
    static Map<Field<?>, @Nullable Object> columns(CustomerSnapshot state) {
        Profile profile = state.profile();
        Joining joining = state.joining();
        Map<Field<?>, @Nullable Object> columns = new LinkedHashMap<>();
        columns.put(CRM_CUSTOMER.VERSION, state.version());
        columns.put(CRM_CUSTOMER.EVENT_SEQ, state.eventSeq());
        columns.put(CRM_CUSTOMER.STATUS, state.status().name());
        columns.put(
                CRM_CUSTOMER.DISPLAY_NAME,
                profile.name().map(PersonName::display).orElse(null));
        columns.put(
                CRM_CUSTOMER.GIVEN_NAME,
                profile.name().flatMap(PersonName::givenName).orElse(null));
        columns.put(
                CRM_CUSTOMER.FAMILY_NAME,
                profile.name().flatMap(PersonName::familyName).orElse(null));
        columns.put(CRM_CUSTOMER.GENDER, profile.gender().map(Gender::name).orElse(null));
        columns.put(CRM_CUSTOMER.BIRTH_DATE, profile.birthDate().orElse(null));
        columns.put(CRM_CUSTOMER.LANGUAGE, profile.language().orElse(null));
        columns.put(CRM_CUSTOMER.REMARK, profile.remark().orElse(null));
        columns.put(CRM_CUSTOMER.JOINED_MS, joining.at().toEpochMilli());
        columns.put(
                CRM_CUSTOMER.JOINED_STORE,
                joining.joinedAt().map(StoreId::value).orElse(null));
        columns.put(
                CRM_CUSTOMER.JOINED_STAFF,
                joining.registeredBy().map(StaffId::value).orElse(null));
        columns.put(CRM_CUSTOMER.CHANGED_MS, state.changedAt().toEpochMilli());
        return columns;
    }

    private static Profile profile(Record row) {
        var known = ProfilePatch.none();
        String display = row.get(CRM_CUSTOMER.DISPLAY_NAME);
        if (display != null) {
            known = known.name(
                    new PersonName(display, row.get(CRM_CUSTOMER.GIVEN_NAME), row.get(CRM_CUSTOMER.FAMILY_NAME)));
        }
        String gender = row.get(CRM_CUSTOMER.GENDER);
        known = gender == null ? known : known.gender(Gender.valueOf(gender));
        var birthDate = row.get(CRM_CUSTOMER.BIRTH_DATE);
        known = birthDate == null ? known : known.birthDate(birthDate);
        String language = row.get(CRM_CUSTOMER.LANGUAGE);
        known = language == null ? known : known.language(language);
        String remark = row.get(CRM_CUSTOMER.REMARK);
        known = remark == null ? known : known.remark(remark);
        return Profile.of(known);
    }

    private static Joining joining(Record row) {
        String store = row.get(CRM_CUSTOMER.JOINED_STORE);
        String staff = row.get(CRM_CUSTOMER.JOINED_STAFF);
        return new Joining(
                Instant.ofEpochMilli(row.get(CRM_CUSTOMER.JOINED_MS)),
                store == null ? null : StoreId.of(store),
                staff == null ? null : StaffId.of(staff));
    }
}

package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_CUSTOMER;

import dev.retailcrm.core.customer.BirthDate;
import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.customer.Gender;
import dev.retailcrm.core.customer.Joining;
import dev.retailcrm.core.customer.PartyKind;
import dev.retailcrm.core.customer.Profile;
import dev.retailcrm.core.customer.ProfilePatch;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.rule.KernelFacts;
import java.time.Instant;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.List;
import org.jooq.Field;
import org.jooq.Record;

/** The columns of a customer's record that rules can ask about; those enciphered are none of them. Stateless. */
final class RuleProfile {
    static final List<Field<?>> COLUMNS = List.of(
            CRM_CUSTOMER.CUSTOMER_ID,
            CRM_CUSTOMER.STATUS,
            CRM_CUSTOMER.PARTY,
            CRM_CUSTOMER.GENDER,
            CRM_CUSTOMER.BIRTH_YEAR,
            CRM_CUSTOMER.BIRTH_MONTH,
            CRM_CUSTOMER.BIRTH_DAY,
            CRM_CUSTOMER.LANGUAGE,
            CRM_CUSTOMER.TIME_ZONE,
            CRM_CUSTOMER.JOINED_MS,
            CRM_CUSTOMER.JOINED_STORE,
            CRM_CUSTOMER.JOINED_STAFF);

    private RuleProfile() {}

    static void add(Record row, KernelFacts facts) {
        var c = CRM_CUSTOMER;
        String store = row.get(c.JOINED_STORE);
        String staff = row.get(c.JOINED_STAFF);
        facts.customer(
                CustomerStatus.valueOf(row.get(c.STATUS)),
                profile(row),
                new Joining(
                        Instant.ofEpochMilli(row.get(c.JOINED_MS)),
                        store == null ? null : StoreId.of(store),
                        staff == null ? null : StaffId.of(staff)));
    }

    private static Profile profile(Record row) {
        var c = CRM_CUSTOMER;
        ProfilePatch known = ProfilePatch.none();
        String kind = row.get(c.PARTY);
        String gender = row.get(c.GENDER);
        Integer month = row.get(c.BIRTH_MONTH);
        String language = row.get(c.LANGUAGE);
        String zone = row.get(c.TIME_ZONE);
        known = kind == null ? known : known.kind(PartyKind.valueOf(kind));
        known = gender == null ? known : known.gender(Gender.valueOf(gender));
        known = language == null ? known : known.language(language);
        known = zone == null ? known : known.timeZone(ZoneId.of(zone));
        if (month != null) {
            known = known.birthDate(new BirthDate(MonthDay.of(month, row.get(c.BIRTH_DAY)), row.get(c.BIRTH_YEAR)));
        }
        return Profile.of(known);
    }
}

package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.core.access.AccessEntry;
import dev.retailcrm.core.access.Right;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.StaffId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The rules of {@link dev.retailcrm.core.spi.AccessLog} under their numbers. */
public abstract class AccessLogContract extends StoreContract {
    private static final CustomerId ANN = CustomerId.of(7);
    private static final CustomerId BOB = CustomerId.of(8);
    private static final StaffId KIM = StaffId.of("kim");
    private static final StaffId LEE = StaffId.of("Lee");

    /** A contract. */
    protected AccessLogContract() {}

    private static AccessEntry entry(long no, CustomerId customer, StaffId staff, @Nullable String purpose) {
        return new AccessEntry(no, customer, T0.plusMillis(no), staff, Right.SEE_PERSONAL_DATA, purpose);
    }

    @Test
    public final void al_1_tenants_do_not_see_each_others_entries() {
        crm().accessLog().write(ACME, List.of(entry(1, ANN, KIM, null)));
        crm().accessLog().write(ZENITH, List.of(entry(1, ANN, KIM, "theirs")));

        assertThat(crm().accessLog().of(ACME, ANN, null, 9)).containsExactly(entry(1, ANN, KIM, null));
        assertThat(crm().accessLog().by(ZENITH, KIM, null, 9)).containsExactly(entry(1, ANN, KIM, "theirs"));
    }

    @Test
    public final void al_2_entries_are_kept_if_the_transaction_is_committed() {
        List<AccessEntry> entries = List.of(entry(1, ANN, KIM, null), entry(2, BOB, KIM, "complaint 4711"));
        List<String> before = crm().dump();

        try (HostTransaction host = crm().begin()) {
            crm().accessLog().write(ACME, entries);
            assertThat(crm().accessLog().by(ACME, KIM, null, 9)).hasSize(2);
            host.rollback();
        }
        assertThat(crm().dump()).isEqualTo(before);
        assertThat(crm().accessLog().by(ACME, KIM, null, 9)).isEmpty();

        crm().accessLog().write(ACME, entries);
        crm().accessLog().write(ACME, List.of());
        assertThat(crm().dump()).hasSize(before.size() + 2);
    }

    @Test
    public final void al_3_a_customers_entries_come_by_descending_number() {
        crm().accessLog()
                .write(ACME, List.of(entry(1, ANN, KIM, "first"), entry(3, BOB, KIM, null), entry(2, ANN, LEE, null)));
        crm().accessLog().write(ACME, List.of(new AccessEntry(4, ANN, Instant.EPOCH, KIM, Right.OPERATE, null)));

        assertThat(crm().accessLog().of(ACME, ANN, null, 2))
                .containsExactly(
                        new AccessEntry(4, ANN, Instant.EPOCH, KIM, Right.OPERATE, null), entry(2, ANN, LEE, null));
        assertThat(crm().accessLog().of(ACME, ANN, 2L, 9)).containsExactly(entry(1, ANN, KIM, "first"));
        assertThat(crm().accessLog().of(ACME, ANN, 1L, 9)).isEmpty();
    }

    @Test
    public final void al_4_an_operators_entries_come_by_descending_number() {
        crm().accessLog()
                .write(ACME, List.of(entry(1, ANN, KIM, null), entry(2, ANN, LEE, null), entry(3, BOB, KIM, null)));

        assertThat(crm().accessLog().by(ACME, KIM, null, 1)).containsExactly(entry(3, BOB, KIM, null));
        assertThat(crm().accessLog().by(ACME, KIM, 3L, 9)).containsExactly(entry(1, ANN, KIM, null));
        assertThat(crm().accessLog().by(ACME, StaffId.of("KIM"), null, 9)).isEmpty();
    }
}

package dev.retailcrm.core.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.StaffId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OwnershipRulesTest {
    private static final Instant T0 = Instant.parse("2026-03-01T09:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final Owner KIM = Owner.staff("kim").in("S1");
    private static final Owner LEE = Owner.staff("lee").in("S1");

    @Test
    void a_limit_holds_right_until_the_period_is_over() {
        OwnershipRules rules = OwnershipRules.none().atMost(2, DAY);
        List<Instant> transfers = List.of(T0.minusSeconds(1), T0.minus(DAY).plusMillis(1), T0.minus(DAY));

        assertThat(refusal(rules, proposal(OwnershipAct.OFFERED, false, transfers, T0)))
                .isEqualTo(Map.of("rule", "TRANSFER_LIMIT", "transfers", 2, "until", T0.plusMillis(1)));
        assertThat(refusal(rules, proposal(OwnershipAct.ACCEPTED, true, transfers, T0)))
                .isNotNull();
        assertThat(refusal(rules, proposal(OwnershipAct.ACCEPTED, true, transfers, T0.plusMillis(1))))
                .isNull();
        assertThat(refusal(rules, proposal(OwnershipAct.CLAIMED, false, transfers, T0)))
                .isNull();
    }

    @Test
    void protection_holds_right_until_its_end_and_not_against_her_owner_or_a_manager() {
        OwnershipRules rules = OwnershipRules.none().protectedFor(DAY);
        Instant end = T0.plus(DAY);

        assertThat(refusal(rules, proposal(OwnershipAct.REASSIGNED, false, List.of(), end.minusMillis(1))))
                .isEqualTo(Map.of("rule", "PROTECTED", "until", end));
        assertThat(refusal(rules, proposal(OwnershipAct.REASSIGNED, false, List.of(), end)))
                .isNull();
        assertThat(refusal(rules, proposal(OwnershipAct.REASSIGNED, true, List.of(), T0)))
                .isNull();
        assertThat(refusal(rules, proposal(OwnershipAct.OFFERED, false, List.of(), T0)))
                .isNull();
        var own = new Proposal(
                CustomerId.of(1),
                OwnershipAct.REASSIGNED,
                new Tenure(KIM, T0, StaffId.of("head")),
                LEE,
                StaffId.of("kim"),
                false,
                List.of(),
                T0);
        assertThat(refusal(rules, own)).isNull();
    }

    @Test
    void a_store_without_staff_serves_only_as_itself() {
        assertThat(KIM.serves(Owner.staff("kim"))).isTrue();
        assertThat(KIM.serves(KIM)).isTrue();
        assertThat(KIM.serves(Owner.staff("kim").in("S2"))).isFalse();
        assertThat(KIM.serves(Owner.store("S1"))).isFalse();
        assertThat(Owner.store("S1").serves(Owner.store("S1"))).isTrue();
        assertThat(Owner.store("S1").serves(KIM)).isFalse();
    }

    @Test
    void a_host_adds_rules_of_its_own() {
        OwnershipRules rules = OwnershipRules.none()
                .and(proposal -> proposal.to().equals(LEE)
                        ? Optional.of(new Objection("NOT_TO_LEE", Map.of()))
                        : Optional.empty());

        assertThat(refusal(rules, proposal(OwnershipAct.ASSIGNED, true, List.of(), T0)))
                .isEqualTo(Map.of("rule", "NOT_TO_LEE"));
    }

    @Test
    void periods_and_numbers_that_make_no_sense_are_refused() {
        OwnershipRules none = OwnershipRules.none();
        assertThatExceptionOfType(CrmException.class).isThrownBy(() -> none.atMost(0, DAY));
        assertThatExceptionOfType(CrmException.class).isThrownBy(() -> none.atMost(21, DAY));
        assertThatExceptionOfType(CrmException.class).isThrownBy(() -> none.atMost(1, Duration.ZERO));
        assertThatExceptionOfType(CrmException.class).isThrownBy(() -> none.protectedFor(Duration.ofDays(3_661)));
    }

    private static @Nullable Map<String, Object> refusal(OwnershipRules rules, Proposal proposal) {
        try {
            rules.require(proposal);
            return null;
        } catch (CrmException refusal) {
            assertThat(refusal.code()).isEqualTo(CoreError.OWNERSHIP_RULE);
            return refusal.details();
        }
    }

    /** By the head of the store, to Lee, of a customer Kim has had since T0. */
    private static Proposal proposal(OwnershipAct act, boolean asManager, List<Instant> transfers, Instant at) {
        var current = new Tenure(KIM, T0, StaffId.of("head"));
        return new Proposal(CustomerId.of(1), act, current, LEE, StaffId.of("head"), asManager, transfers, at);
    }
}

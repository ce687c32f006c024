package dev.retailcrm.tck;

import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.membership.Member;
import dev.retailcrm.core.spi.MembershipChange;
import dev.retailcrm.core.spi.MembershipSnapshot;
import dev.retailcrm.core.spi.MembershipStore;
import dev.retailcrm.tck.FaultyFixture.Call;
import dev.retailcrm.tck.FaultyFixture.Wrong;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The contract of membership stores finds each of these faults, under the number of the rule that forbids it. */
class FaultyMembershipStoreTest {
    @TestFactory
    Stream<DynamicTest> memberships() {
        return Stream.of(
                fault(
                        "leaks other tenants",
                        "me_1_",
                        call -> call.is("apply") ? call.right() : call.rightWith(0, TenantId.of("acme"))),
                fault("shows only what is committed", "me_2_", Call::elsewhere),
                fault(
                        "makes up customers",
                        "me_3_an_unknown",
                        call -> call.is("lock")
                                ? Optional.of(MembershipSnapshot.none(
                                        call.argument(0), call.argument(1), CustomerStatus.ACTIVE))
                                : call.right()),
                fault("ignores the lock", "me_3_a_lock", call -> call.is("lock") ? call.elsewhere() : call.right()),
                fault(
                        "books a key for every call",
                        "me_4_",
                        call -> call.is("apply") ? Boolean.valueOf(call.right() != null) : call.right()),
                fault(
                        "forgets who brought her",
                        "me_5_",
                        call -> call.is("apply") ? call.rightWith(0, unreferred(call.argument(0))) : call.right()),
                fault("starts every page anew", "me_6_", with("entries", 2, after -> 0L)),
                fault("forgets the limit", "me_6_", with("entries", 3, limit -> 1000)),
                fault(
                        "starts every listing anew",
                        "me_7_",
                        call -> call.is("referred")
                                ? call.database
                                        .membership()
                                        .referred(call.argument(0), call.argument(1), null, call.argument(3))
                                : call.right()),
                fault("forgets the limit of a listing", "me_7_", with("referred", 3, limit -> 1000)));
    }

    private static DynamicTest fault(String what, String rule, Wrong wrong) {
        return FaultyKit.fault(what, MembershipStore.class, CrmContract.MembershipStore.class, rule, wrong);
    }

    private static Wrong with(String method, int index, UnaryOperator<Object> other) {
        return call -> call.is(method) ? call.rightWith(index, other.apply(call.argument(index))) : call.right();
    }

    private static MembershipChange unreferred(MembershipChange change) {
        Member member = Objects.requireNonNull(change.after());
        var alone = new Member(
                member.customer(),
                member.status(),
                member.since(),
                member.joinedAt(),
                member.store(),
                member.channel(),
                null);
        return new MembershipChange(
                change.tenant(), change.customer(), alone, change.entry(), change.event(), change.booking());
    }
}

package dev.retailcrm.core.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.OwnershipChange;
import dev.retailcrm.core.spi.OwnershipSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

class OwnershipFilePropertyTest {
    private static final Instant T0 = Instant.parse("2026-03-01T09:00:00Z");
    private static final Duration WAIT = Duration.ofSeconds(3);

    /** One command at a time, in whole seconds after T0; clocks may run back. */
    record Step(String command, String by, String to, boolean asManager, int second) {}

    @Property
    void the_history_alone_explains_whose_she_is(@ForAll("steps") List<Step> steps) {
        List<OwnershipEntry> history = new ArrayList<>();
        List<EventEnvelope> events = new ArrayList<>();
        OwnershipSnapshot state = run(steps, history, events);

        Owner owner = null;
        TransferOffer open = null;
        Instant last = Instant.MIN;
        for (OwnershipEntry entry : history) {
            assertThat(entry.before()).isEqualTo(owner);
            assertThat(entry.at()).isAfterOrEqualTo(last);
            boolean answers = open != null && open.equals(entry.offer());
            assertThat(answers).isEqualTo(entry.offer() != null && entry.act() != OwnershipAct.OFFERED);
            if (entry.act() == OwnershipAct.EXPIRED) {
                assertThat(entry.at()).isEqualTo(open == null ? null : open.expiresAt());
            } else if (open != null) {
                assertThat(open.isOpenAt(entry.at())).isTrue();
            }
            open = entry.act() == OwnershipAct.OFFERED ? entry.offer() : null;
            owner = entry.after();
            last = entry.at();
        }
        Tenure tenure = state.tenure();
        assertThat(tenure == null ? null : tenure.owner()).isEqualTo(owner);
        assertThat(state.offer()).isEqualTo(open);
    }

    @Property
    void entries_and_events_are_numbered_without_gaps(@ForAll("steps") List<Step> steps) {
        List<OwnershipEntry> history = new ArrayList<>();
        List<EventEnvelope> events = new ArrayList<>();
        OwnershipSnapshot state = run(steps, history, events);

        List<Long> numbers = LongStream.rangeClosed(1, state.lastSeq()).boxed().toList();
        assertThat(history).extracting(OwnershipEntry::seq).isEqualTo(numbers);
        assertThat(events).extracting(EventEnvelope::seq).isEqualTo(numbers);
        assertThat(state.eventSeq()).isEqualTo(state.lastSeq());
    }

    @Property
    void who_is_no_manager_and_not_her_owner_never_takes_her_from_a_member_of_staff(@ForAll("steps") List<Step> steps) {
        List<OwnershipEntry> history = new ArrayList<>();
        run(steps, history, new ArrayList<>());

        assertThat(history)
                .filteredOn(entry -> entry.before() != null
                        && entry.before().staff() != null
                        && !entry.before().equals(entry.after())
                        && entry.act() != OwnershipAct.ACCEPTED)
                .allMatch(entry -> entry.asManager()
                        || (entry.by() != null
                                && entry.before() != null
                                && entry.before().isStaff(entry.by())));
    }

    private static OwnershipSnapshot run(List<Step> steps, List<OwnershipEntry> history, List<EventEnvelope> events) {
        var state = OwnershipSnapshot.none(TenantId.of("t"), CustomerId.of(1), CustomerStatus.ACTIVE);
        OwnershipRules rules = OwnershipRules.none().protectedFor(Ownership.LONGEST);
        for (Step step : steps) {
            OwnershipChange change = decide(new OwnershipFile(state, rules), state, step);
            if (change != null) {
                history.addAll(change.entries());
                events.addAll(change.events());
                state = change.after();
            }
        }
        return state;
    }

    private static @Nullable OwnershipChange decide(OwnershipFile file, OwnershipSnapshot state, Step step) {
        var instruction = step.asManager() ? Instruction.byManager(step.by(), "k") : Instruction.by(step.by(), "k");
        var request = OwnershipRequest.of(instruction, Fingerprint.of("x"), T0.plusSeconds(step.second()));
        Owner to = Owner.staff(step.to()).in("S1");
        long offer = state.offer() == null ? 1 : state.offer().number();
        try {
            return switch (step.command()) {
                case "assign" -> file.assign(to, request);
                case "claim" -> file.claim(to, request);
                case "release" -> file.release(null, request);
                case "releaseTo" -> file.release(Owner.store("S1"), request);
                case "offer" -> file.offer(to, WAIT, request);
                case "accept" -> file.accept(offer, request);
                case "reject" -> file.reject(offer, request);
                case "withdraw" -> file.withdraw(offer, request);
                default -> file.expire(request.now());
            };
        } catch (CrmException refusal) {
            return null;
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<String> commands = Arbitraries.of(
                "assign", "claim", "release", "releaseTo", "offer", "offer", "accept", "reject", "withdraw", "expire");
        Arbitrary<String> staff = Arbitraries.of("kim", "lee");
        return Combinators.combine(
                        commands,
                        staff,
                        staff,
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(0, 9))
                .as(Step::new)
                .list()
                .ofMaxSize(30);
    }
}

package dev.retailcrm.core.consent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StandingTest {
    private static final ConsentScope MARKETING = new ConsentScope(Purpose.of("marketing"), Channel.SMS, null);

    private static ConsentProof hers(ConsentAct act) {
        return Histories.proof(act, MARKETING, true, Histories.T0, "f".repeat(64));
    }

    private static ConsentProof kims(ConsentAct act) {
        return Histories.proof(act, MARKETING, false, Histories.T0, "f".repeat(64));
    }

    @Test
    void a_refusal_of_her_own_stays_hers_when_an_operator_records_another() {
        Standing standing = Standing.SILENT.then(hers(ConsentAct.WITHDRAWN)).then(kims(ConsentAct.DENIED));

        assertThat(standing.own()).isTrue();
        assertThat(standing.then(kims(ConsentAct.GIVEN))).isEqualTo(standing);
        assertThat(standing.then(kims(ConsentAct.REQUESTED))).isEqualTo(standing);
        assertThat(standing.then(hers(ConsentAct.GIVEN)).isGiven()).isTrue();
    }

    @Test
    void a_renewed_consent_stays_confirmed() {
        Standing standing = Standing.SILENT.then(hers(ConsentAct.CONFIRMED)).then(kims(ConsentAct.GIVEN));

        assertThat(standing.confirmed()).isTrue();
        assertThat(standing.then(hers(ConsentAct.DENIED))
                        .then(hers(ConsentAct.GIVEN))
                        .confirmed())
                .isFalse();
    }
}

package dev.retailcrm.audience;

import dev.retailcrm.audience.spi.AudienceQuestion;
import dev.retailcrm.audience.spi.AudienceState;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.rule.CompiledRule;
import dev.retailcrm.core.rule.Rule;
import dev.retailcrm.core.rule.RuleQueries;
import dev.retailcrm.core.rule.Rules;
import java.time.Instant;
import java.util.Set;

/** Asks who is to be in an audience by its definition. Thread-safe. */
final class AudienceQuestions {
    private static final Rule EVERYBODY = Rule.of(Rules.allOf());

    private final TenantId tenant;
    private final RuleQueries rules;

    AudienceQuestions(TenantId tenant, RuleQueries rules) {
        this.tenant = tenant;
        this.rules = rules;
    }

    /** Who is to be in; refuses a rule that asks for what is there no more with INVALID_RULE. */
    AudienceQuestion of(AudienceRule audience, AudienceState state, Instant asOf) {
        AudienceQuestion.Basis basis = audience.status() == AudienceStatus.ARCHIVED
                ? AudienceQuestion.Basis.ARCHIVED
                : audience.kind().isByRule() ? AudienceQuestion.Basis.RULE : AudienceQuestion.Basis.LISTED;
        Rule rule = audience.rule();
        boolean asks = rule != null && basis == AudienceQuestion.Basis.RULE;
        CompiledRule ready = rules.compile(asks && rule != null ? rule : EVERYBODY);
        return new AudienceQuestion(
                tenant,
                audience.key(),
                basis,
                rules.query(ready, asOf),
                state.listing(),
                basis == AudienceQuestion.Basis.ARCHIVED ? Set.of() : audience.excluded(),
                basis == AudienceQuestion.Basis.ARCHIVED ? null : audience.limit());
    }
}

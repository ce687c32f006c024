package dev.retailcrm.benchmarks;

import dev.retailcrm.audience.AudienceRule;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.rule.Rule;
import dev.retailcrm.jdbc.JdbcTenant;
import picocli.CommandLine.Command;

/** Events followed by audiences. */
@Command(
        name = "live-audiences",
        description = "Milliseconds that active live audiences add to an event recorded on PostgreSQL.")
final class LiveAudienceBench extends FollowedEventBench {
    @Override
    String name() {
        return "postgresql.live-audiences";
    }

    @Override
    String changes() {
        return "crm_audience_stay";
    }

    @Override
    JdbcTenant followed(JdbcTenant tenant) {
        return tenant.withLiveAudiences();
    }

    @Override
    void define(JdbcTenant followed, String key, Rule rule) {
        followed.audiences().define(AudienceRule.dynamic(key, key, rule), RequestKey.of(key));
    }

    @Override
    boolean advance(JdbcTenant followed) {
        return followed.audiences().advance(100_000).isDone();
    }
}

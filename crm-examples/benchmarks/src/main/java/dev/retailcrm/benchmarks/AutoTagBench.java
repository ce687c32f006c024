package dev.retailcrm.benchmarks;

import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.rule.Rule;
import dev.retailcrm.jdbc.JdbcTenant;
import dev.retailcrm.tags.AutoTag;
import dev.retailcrm.tags.TagDefinition;
import picocli.CommandLine.Command;

/** Events followed by automatic tags. */
@Command(
        name = "auto-tags",
        description = "Milliseconds that active rules of automatic tags add to an event recorded on PostgreSQL.")
final class AutoTagBench extends FollowedEventBench {
    @Override
    String name() {
        return "postgresql.auto-tags";
    }

    @Override
    String changes() {
        return "crm_tag_entry";
    }

    @Override
    JdbcTenant followed(JdbcTenant tenant) {
        return tenant.withAutoTags();
    }

    @Override
    void define(JdbcTenant followed, String key, Rule rule) {
        followed.tags().definitions().define(TagDefinition.flag(key, key), RequestKey.of(key));
        followed.autoTags().define(AutoTag.of(key, key, rule).removing(), RequestKey.of("auto-" + key));
    }

    @Override
    boolean advance(JdbcTenant followed) {
        return followed.autoTags().advance(1_000).isDone();
    }
}

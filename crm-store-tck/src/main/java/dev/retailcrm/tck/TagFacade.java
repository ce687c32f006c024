package dev.retailcrm.tck;

import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.tags.TagDefinition;
import dev.retailcrm.tags.TagDefinitions;
import dev.retailcrm.tags.TagEntry;
import dev.retailcrm.tags.TagGroup;
import dev.retailcrm.tags.TagMark;
import dev.retailcrm.tags.TagPatch;
import dev.retailcrm.tags.TagSource;
import dev.retailcrm.tags.Tagging;
import dev.retailcrm.tags.Tags;
import java.time.Duration;
import java.util.List;

/** Tags over the fixture's ports, for contracts that test behaviour whatever the store. */
abstract class TagFacade extends MergeFacade {
    static final TagSource RULE = TagSource.rule("big-spender", 1);

    final Tags byKim() {
        return tags().as(Actor.staff(StaffId.of("kim")));
    }

    final TagDefinitions definitions() {
        return tags().definitions();
    }

    final TagDefinition define(TagDefinition tag) {
        return definitions().define(tag, key());
    }

    final void flags(String... keys) {
        for (String each : keys) {
            define(TagDefinition.flag(each, "Tag " + each));
        }
    }

    /** Flags in an exclusive group. */
    final void exclusive(String group, String... keys) {
        definitions().defineGroup(TagGroup.of(group, "Group " + group).asExclusive(), key());
        for (String each : keys) {
            define(TagDefinition.flag(each, "Tag " + each).in(group));
        }
    }

    final List<TagEntry> assign(CustomerId customer, String tag) {
        return byKim().assign(customer, Tagging.of(tag), key());
    }

    final List<TagEntry> assignFor(CustomerId customer, String tag, Duration time) {
        return byKim().assign(
                        customer, Tagging.of(tag).until(crm().clock().instant().plus(time)), key());
    }

    final List<TagEntry> byRule(CustomerId customer, String tag) {
        return tags().change(customer, TagPatch.none().assign(Tagging.of(tag)).by(RULE), key());
    }

    final List<TagEntry> take(CustomerId customer, String tag) {
        return byKim().remove(customer, tag, key());
    }

    final List<String> tagsOf(CustomerId customer) {
        return tags().of(customer).stream().map(TagMark::tag).toList();
    }

    /** What became of a customer's tags, such as {@code ASSIGNED vip}. */
    final List<String> lines(CustomerId customer) {
        return lines(tags().history(customer, PageRequest.first(1_000)).items());
    }

    static List<String> lines(List<TagEntry> entries) {
        return entries.stream().map(it -> it.act() + " " + it.tag()).toList();
    }

    static RequestKey named(String key) {
        return RequestKey.of(key);
    }
}

package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.tags.TagDefinition;
import dev.retailcrm.tags.TagEntry;
import dev.retailcrm.tags.TagError;
import dev.retailcrm.tags.TagGroup;
import dev.retailcrm.tags.TagMark;
import dev.retailcrm.tags.TagMergeRule;
import dev.retailcrm.tags.TagPatch;
import dev.retailcrm.tags.TagSource;
import dev.retailcrm.tags.TagStatus;
import dev.retailcrm.tags.TagTemplate;
import dev.retailcrm.tags.TagUse;
import dev.retailcrm.tags.Tagging;
import dev.retailcrm.tags.Tags;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What tags do, whatever the store. */
public abstract class TagContract extends TagFacade {
    /** A contract. */
    protected TagContract() {}

    // --- definitions

    @Test
    public final void tags_and_groups_are_defined_changed_and_renamed() {
        repeatable(() -> definitions().defineGroup(TagGroup.of("value", "Value").asExclusive(), named("g")));
        TagDefinition vip = repeatable(() -> definitions()
                .define(
                        TagDefinition.flag("vip", "VIP")
                                .in("value")
                                .coloured("#1e90ff")
                                .describedAs("Best of all")
                                .ownedBy(StaffId.of("kim"))
                                .of(StoreId.of("S1"))
                                .forAtMost(3)
                                .lasting(DAY),
                        named("d")));
        assertThat(vip.version()).isEqualTo(1);
        assertThat(definitions().find("vip")).contains(vip);

        TagDefinition wider = repeatable(() -> definitions().change(vip.forAny(), named("c")));
        assertThat(wider.version()).isEqualTo(2);
        assertThat(definitions().rename("vip", "Best", key()).name()).isEqualTo("Best");

        refused(CoreError.VERSION_CONFLICT, () -> definitions().change(vip, key()));
        refused(TagError.TAG_EXISTS, () -> define(TagDefinition.flag("vip", "Again")));
        refused(
                TagError.UNKNOWN_GROUP,
                () -> define(TagDefinition.flag("x", "X").in("none")));
        refused(TagError.UNKNOWN_TAG, () -> definitions().rename("none", "X", key()));
        refused(CoreError.REQUEST_KEY_REUSED, () -> definitions().define(TagDefinition.flag("y", "Y"), named("d")));
        refused(
                TagError.TAG_FIXED,
                () -> definitions()
                        .change(
                                new TagDefinition(
                                        "vip",
                                        "V",
                                        null,
                                        FieldType.LONG,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        TagStatus.ACTIVE,
                                        null,
                                        null,
                                        3),
                                key()));
    }

    @Test
    public final void a_retired_tag_stays_with_whoever_has_it_and_nobody_else_gets_it() {
        flags("vip");
        assign(ann, "vip");
        definitions().retire("vip", key());
        CustomerId bob = crm().newCustomer(ACME);

        refused(TagError.TAG_RETIRED, () -> assign(bob, "vip"));
        assertThat(tagsOf(ann)).containsExactly("vip");
        take(ann, "vip");
        refused(TagError.TAG_RETIRED, () -> assign(ann, "vip"));
        definitions().restore("vip", key());
        assign(ann, "vip");
        assertThat(tags().count("vip")).isEqualTo(1);
    }

    @Test
    public final void what_is_used_is_not_deleted() {
        Tags guarded = new Tags(
                ACME,
                crm().tagPorts(),
                List.of((tenant, tag) -> tag.equals("ruled") ? List.of(new TagUse("rule", "R1")) : List.of()));
        flags("vip", "ruled", "free");
        tags().templates().create(TagTemplate.of("t", "T", "bakery").tags(TagDefinition.flag("vip", "VIP")), key());
        assign(ann, "vip");
        List.of("vip", "ruled", "free").forEach(it -> definitions().retire(it, key()));

        assertThat(guarded.definitions().uses("ruled")).containsExactly(new TagUse("rule", "R1"));
        Map<String, Object> why =
                refused(TagError.TAG_IN_USE, () -> guarded.definitions().delete("vip", key()));
        assertThat(why).containsEntry("uses", List.of("customers 1", "template t"));
        refused(TagError.TAG_IN_USE, () -> guarded.definitions().delete("ruled", key()));
        guarded.definitions().delete("free", named("delete"));
        guarded.definitions().delete("free", named("delete"));
        assertThat(definitions().catalog().tags()).containsOnlyKeys("ruled", "vip");
        refused(TagError.UNKNOWN_TAG, () -> guarded.definitions().delete("free", key()));
    }

    @Test
    public final void a_group_is_deleted_once_no_tag_is_in_it() {
        exclusive("value", "vip");
        refused(TagError.TAG_IN_USE, () -> definitions().deleteGroup("value", key()));

        TagDefinition vip = definitions().find("vip").orElseThrow();
        definitions().change(vip.inNoGroup(), key());
        definitions().deleteGroup("value", key());

        assertThat(definitions().catalog().groups()).isEmpty();
        refused(TagError.UNKNOWN_GROUP, () -> definitions().deleteGroup("value", key()));
    }

    @Test
    public final void a_template_defines_what_is_lacking() {
        var bakery = TagTemplate.of("bakery", "Bakery", "food")
                .groups(TagGroup.of("taste", "Taste").asExclusive(), TagGroup.of("value", "Value"))
                .tags(
                        TagDefinition.flag("sweet", "Sweet").in("taste"),
                        TagDefinition.flag("salty", "Salty").in("taste"),
                        TagDefinition.valued("spend", "Spend", FieldType.LONG));
        define(TagDefinition.flag("salty", "Mine"));
        var templates = tags().templates();
        TagTemplate made = repeatable(() -> templates.create(bakery, named("t")));
        assertThat(templates.find("bakery")).contains(made);

        repeatable(() -> templates.apply("bakery", named("a")).items());

        assertThat(definitions().catalog().tags()).containsOnlyKeys("salty", "spend", "sweet");
        assertThat(definitions().find("salty").orElseThrow().name()).isEqualTo("Mine");
        assertThat(definitions().catalog().groups()).containsOnlyKeys("taste", "value");
        TagTemplate edited =
                templates.edit(made.tags(TagDefinition.flag("sour", "Sour").in("none")), key());
        assertThat(edited.version()).isEqualTo(2);
        refused(CoreError.VERSION_CONFLICT, () -> templates.edit(made, key()));
        refused(TagError.UNKNOWN_GROUP, () -> templates.apply("bakery", key()));
        templates.delete("bakery", key());
        assertThat(templates.all()).isEmpty();
        refused(TagError.UNKNOWN_TEMPLATE, () -> templates.apply("bakery", key()));
    }

    // --- assignments

    @Test
    public final void a_tag_is_assigned_once_and_told_with_who_when_and_why() {
        flags("vip");
        var patch = TagPatch.none().assign(Tagging.of("vip")).because("fair");
        List<TagEntry> done = repeatable(() -> byKim().change(ann, patch, named("k")));

        assertThat(lines(done)).containsExactly("ASSIGNED vip");
        TagEntry entry = done.get(0);
        assertThat(entry.actor()).isEqualTo(Actor.staff(StaffId.of("kim")));
        assertThat(entry.reason()).isEqualTo("fair");
        assertThat(entry.at()).isEqualTo(T0);
        assertThat(tags().of(ann)).containsExactly(entry.after());
        assertThat(repeatable(() -> byKim().assign(ann, Tagging.of("vip"), named("again"))))
                .isEmpty();
        refused(CoreError.REQUEST_KEY_REUSED, () -> byKim().remove(ann, "vip", named("k")));
        refused(TagError.UNKNOWN_TAG, () -> assign(ann, "none"));
        refused(CoreError.UNKNOWN_CUSTOMER, () -> assign(nobody(), "vip"));
    }

    @Test
    public final void the_tag_of_an_exclusive_group_takes_the_place_of_the_other_in_one_step() {
        exclusive("value", "gold", "silver");
        flags("free");
        assign(ann, "silver");
        assign(ann, "free");

        List<TagEntry> done = assign(ann, "gold");

        assertThat(lines(done)).containsExactly("REPLACED silver", "ASSIGNED gold");
        assertThat(tagsOf(ann)).containsExactly("free", "gold");
        assertThat(tags().counts()).isEqualTo(Map.of("free", 1L, "gold", 1L, "silver", 0L));
        refused(
                TagError.TAGS_EXCLUSIVE,
                () -> tags().change(
                                ann, TagPatch.none().assign(Tagging.of("gold")).assign(Tagging.of("silver")), key()));
    }

    @Test
    public final void values_are_of_the_tags_type() {
        define(TagDefinition.valued("level", "Level", FieldType.LONG));
        flags("vip");
        tags().assign(ann, Tagging.of("level", FieldValue.number(3)), key());
        List<TagEntry> raised = tags().assign(ann, Tagging.of("level", FieldValue.number(4)), key());

        assertThat(lines(raised)).containsExactly("CHANGED level");
        assertThat(tags().of(ann)).extracting(TagMark::value).containsExactly(FieldValue.number(4));
        assertThat(tags().count("level")).isEqualTo(1);
        refused(TagError.TAG_VALUE_REFUSED, () -> assign(ann, "level"));
        refused(TagError.TAG_VALUE_REFUSED, () -> tags().assign(ann, Tagging.of("vip", FieldValue.flag(true)), key()));
        refused(TagError.TAG_VALUE_REFUSED, () -> tags().assign(ann, Tagging.of("level", FieldValue.text("4")), key()));
    }

    @Test
    public final void a_tag_ends_at_its_instant_whether_or_not_a_sweep_ran() {
        define(TagDefinition.flag("guest", "Guest").lasting(DAY));
        flags("vip");
        assign(ann, "guest");
        assignFor(ann, "vip", Duration.ofSeconds(5));
        assertThat(tags().count("vip")).isEqualTo(1);

        pass(Duration.ofSeconds(5));
        assertThat(tagsOf(ann)).containsExactly("guest");
        assertThat(tags().count("vip")).isZero();
        assertThat(tags().holders("vip", PageRequest.first(10)).items()).isEmpty();
        assertThat(tags().expire(10)).isEqualTo(1);
        assertThat(tags().expire(10)).isZero();
        pass(DAY.minusSeconds(5));
        assertThat(tagsOf(ann)).isEmpty();
        assertThat(tags().counts()).isEqualTo(Map.of("guest", 0L, "vip", 0L));

        assertThat(lines(assign(ann, "guest"))).containsExactly("EXPIRED guest", "ASSIGNED guest");
        assertThat(lines(ann))
                .containsExactly("ASSIGNED guest", "ASSIGNED vip", "EXPIRED vip", "EXPIRED guest", "ASSIGNED guest");
        assertThat(tags().counts()).isEqualTo(Map.of("guest", 1L, "vip", 0L));
        refused(
                CoreError.INVALID_VALUE,
                () -> tags().assign(ann, Tagging.of("vip").until(T0), key()));
    }

    @Test
    public final void what_was_taken_by_hand_no_rule_puts_back_until_it_is_lifted() {
        flags("vip");
        byRule(ann, "vip");
        take(ann, "vip");

        assertThat(refused(TagError.REMOVED_BY_HAND, () -> byRule(ann, "vip"))).containsKey("since");
        assertThat(tags().removedByHand(ann)).extracting(TagMark::tag).containsExactly("vip");
        assertThat(tags().count("vip")).isZero();
        repeatable(() -> byKim().lift(ann, "vip", named("lift")));
        byRule(ann, "vip");
        assertThat(tagsOf(ann)).containsExactly("vip");

        take(ann, "vip");
        assign(ann, "vip");
        tags().change(ann, TagPatch.none().remove("vip").by(RULE), key());
        byRule(ann, "vip");
        assertThat(tags().of(ann)).extracting(TagMark::source).containsExactly(RULE);
        assertThat(lines(assign(ann, "vip"))).containsExactly("CHANGED vip");
        assertThat(byRule(ann, "vip")).isEmpty();
    }

    @Test
    public final void imports_and_channels_put_back_what_was_taken_by_hand() {
        flags("vip");
        assign(ann, "vip");
        take(ann, "vip");
        tags().change(ann, TagPatch.none().assign(Tagging.of("vip")).by(TagSource.sync("wecom")), key());

        assertThat(tagsOf(ann)).containsExactly("vip");
        assertThat(tags().removedByHand(ann)).isEmpty();
    }

    @Test
    public final void a_group_is_replaced_by_what_is_assigned() {
        definitions().defineGroup(TagGroup.of("taste", "Taste"), key());
        define(TagDefinition.flag("sweet", "Sweet").in("taste"));
        define(TagDefinition.flag("sour", "Sour").in("taste"));
        flags("other");
        List.of("sweet", "sour", "other").forEach(it -> assign(ann, it));

        tags().change(ann, TagPatch.none().replace("taste").assign(Tagging.of("sweet")), key());

        assertThat(tagsOf(ann)).containsExactly("other", "sweet");
        refused(TagError.UNKNOWN_GROUP, () -> tags().change(ann, TagPatch.none().replace("none"), key()));
    }

    @Test
    public final void a_tag_of_a_store_is_assigned_by_its_staff() {
        define(TagDefinition.flag("local", "Local").of(StoreId.of("S1")));
        Tags there = tags().as(Actor.staff(StaffId.of("kim")).at(StoreId.of("S1")));
        Tags elsewhere = tags().as(Actor.staff(StaffId.of("lee")).at(StoreId.of("S2")));

        refused(TagError.TAG_OUT_OF_SCOPE, () -> elsewhere.assign(ann, Tagging.of("local"), key()));
        assertThat(there.assign(ann, Tagging.of("local"), key())).hasSize(1);
    }

    // --- limits

    @Test
    public final void no_more_customers_than_may_have_a_tag() {
        define(TagDefinition.flag("few", "Few").forAtMost(2));
        CustomerId bob = crm().newCustomer(ACME);
        CustomerId cid = crm().newCustomer(ACME);
        assignFor(ann, "few", DAY);
        assign(bob, "few");

        assertThat(refused(TagError.TAG_FULL, () -> assign(cid, "few"))).containsEntry("max", 2L);
        assignFor(ann, "few", DAY.multipliedBy(2));
        take(bob, "few");
        assign(cid, "few");
        refused(TagError.TAG_FULL, () -> assign(bob, "few"));
        pass(DAY.multipliedBy(2));
        assign(bob, "few");
        assertThat(tags().count("few")).isEqualTo(2);
    }

    @Test
    public final void of_many_at_once_exactly_as_many_as_may_get_a_tag() {
        define(TagDefinition.flag("few", "Few").forAtMost(5));
        flags("many");
        List<CustomerId> all =
                IntStream.range(0, 16).mapToObj(i -> crm().newCustomer(ACME)).toList();
        try (var race = new Race()) {
            List<Future<Boolean>> runs = all.stream()
                    .map(it -> race.start(() -> {
                        tags().assign(it, Tagging.of("many"), named("m"));
                        try {
                            tags().assign(it, Tagging.of("few"), named("f"));
                            return true;
                        } catch (CrmException full) {
                            assertThat(full.code()).isEqualTo(TagError.TAG_FULL);
                            return false;
                        }
                    }))
                    .toList();
            assertThat(runs.stream().filter(Race::result).count()).isEqualTo(5);
        }
        assertThat(tags().counts()).isEqualTo(Map.of("few", 5L, "many", 16L));
        assertThat(tags().holders("few", PageRequest.first(100)).items()).hasSize(5);
    }

    // --- merging tags

    @Test
    public final void of_two_tags_that_become_one_the_other_answers_at_once() {
        flags("vip", "best");
        CustomerId bob = crm().newCustomer(ACME);
        assign(ann, "vip");
        assign(bob, "vip");
        assign(bob, "best");
        pass(Duration.ofSeconds(1));

        repeatable(() -> definitions().merge("vip", "best", TagMergeRule.KEEP_TARGET, named("m")));

        for (int i = 0; i < 2; i++) {
            assertThat(definitions().find("vip").orElseThrow().key()).isEqualTo("best");
            assertThat(tagsOf(ann)).containsExactly("best");
            assertThat(tagsOf(bob)).containsExactly("best");
            assertThat(tags().count("vip")).isEqualTo(2);
            assertThat(tags().counts()).isEqualTo(Map.of("best", 2L));
            assertThat(tags().holders("vip", PageRequest.first(10)).items()).containsExactlyInAnyOrder(ann, bob);
            definitions().move("vip", 1);
            definitions().move("vip", 10);
        }
        assertThat(definitions().move("vip", 10)).isZero();
        assertThat(lines(ann)).containsExactly("ASSIGNED vip", "LEFT vip", "MOVED best");
        assertThat(lines(bob)).containsExactly("ASSIGNED vip", "ASSIGNED best", "LEFT vip");
        take(ann, "vip");
        assertThat(tags().count("best")).isEqualTo(1);
    }

    @Test
    public final void the_rule_of_a_merge_says_whose_value_stays() {
        List.of("a", "b", "c").forEach(it -> define(TagDefinition.valued(it, it, FieldType.LONG)));
        tags().assign(ann, Tagging.of("b", FieldValue.number(2)), key());
        pass(Duration.ofSeconds(1));
        tags().assign(ann, Tagging.of("a", FieldValue.number(1)), key());
        tags().assign(ann, Tagging.of("c", FieldValue.number(3)), key());

        definitions().merge("a", "b", TagMergeRule.KEEP_NEWER, key());
        assertThat(tags().of(ann)).extracting(TagMark::value).contains(FieldValue.number(1));
        definitions().merge("b", "c", TagMergeRule.KEEP_TARGET, key());
        definitions().move("a", 10);
        definitions().move("b", 10);

        assertThat(tags().of(ann)).extracting(TagMark::value).containsExactly(FieldValue.number(3));
        refused(TagError.TAG_MERGE_REFUSED, () -> definitions().merge("a", "c", TagMergeRule.KEEP_TARGET, key()));
        flags("flag");
        refused(TagError.TAG_MERGE_REFUSED, () -> definitions().merge("flag", "c", TagMergeRule.KEEP_TARGET, key()));
        refused(TagError.UNKNOWN_TAG, () -> definitions().move("flag", 10));
    }

    // --- counting and erasure

    @Test
    public final void counts_stay_exact_in_a_storm() {
        flags("a", "b");
        List<CustomerId> all =
                IntStream.range(0, 8).mapToObj(i -> crm().newCustomer(ACME)).toList();
        try (var race = new Race()) {
            List<Future<Boolean>> runs = IntStream.range(0, 8)
                    .mapToObj(i -> race.start(() -> {
                        for (int round = 0; round < 6; round++) {
                            CustomerId customer = all.get((i + round) % 8);
                            String tag = round % 2 == 0 ? "a" : "b";
                            if (i % 3 == 0) {
                                tags().remove(customer, tag, named("r" + i + "/" + round));
                            } else {
                                tags().assign(customer, Tagging.of(tag), named("r" + i + "/" + round));
                            }
                        }
                        return true;
                    }))
                    .toList();
            assertThat(runs).allMatch(Race::result);
        }
        var marks = tags().ofAll(all).values().stream().flatMap(List::stream).toList();
        assertThat(tags().counts())
                .isEqualTo(Map.of(
                        "a", marks.stream().filter(it -> it.tag().equals("a")).count(),
                        "b", marks.stream().filter(it -> it.tag().equals("b")).count()));
    }

    @Test
    public final void folding_changes_no_count() {
        flags("vip");
        for (int i = 0; i < 3; i++) {
            assign(ann, "vip");
            take(ann, "vip");
        }
        assign(ann, "vip");
        pass(DAY.multipliedBy(2));
        tags().fold(100);

        assertThat(tags().count("vip")).isEqualTo(1);
        assertThat(tags().fold(100)).isZero();
    }

    @Test
    public final void an_erased_customer_has_no_tags_any_more() {
        flags("vip");
        assign(ann, "vip");
        assertThat(privacy().erase(ann, key()).isComplete()).isTrue();

        assertThat(tagsOf(ann)).isEmpty();
        assertThat(lines(ann)).isEmpty();
        assertThat(tags().count("vip")).isZero();
        refused(CoreError.CUSTOMER_ERASED, () -> assign(ann, "vip"));
    }
}

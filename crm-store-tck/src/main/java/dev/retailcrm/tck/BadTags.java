package dev.retailcrm.tck;

import static dev.retailcrm.tck.BadValues.bad;
import static dev.retailcrm.tck.BadValues.codes;
import static dev.retailcrm.tck.BadValues.texts;

import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.rule.Rule;
import dev.retailcrm.core.rule.Rules;
import dev.retailcrm.tags.AutoTag;
import dev.retailcrm.tags.TagBatch;
import dev.retailcrm.tags.TagDefinition;
import dev.retailcrm.tags.TagGroup;
import dev.retailcrm.tags.TagPatch;
import dev.retailcrm.tags.TagSource;
import dev.retailcrm.tags.TagTemplate;
import dev.retailcrm.tags.Tagging;
import dev.retailcrm.tck.BadValues.Bad;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Set;
import java.util.stream.Stream;

/** Bad values of what concerns tags. Stateless. */
final class BadTags {
    private BadTags() {}

    static Stream<Bad> definitions() {
        TagDefinition bad = TagDefinition.flag("bad", "Bad");
        return Stream.of(
                        codes(TagDefinition.MAX_KEY).map(it -> bad("key " + it, () -> TagDefinition.flag(it, "Bad"))),
                        texts(TagDefinition.MAX_NAME).map(it -> bad("name " + it, () -> TagDefinition.flag("bad", it))),
                        texts(TagDefinition.MAX_DESCRIPTION).map(it -> bad("text " + it, () -> bad.describedAs(it))),
                        Stream.of("", "red", "#12345", "#12345g", "#1234567")
                                .map(it -> bad("colour " + it, () -> bad.coloured(it))),
                        Stream.of(
                                bad("options", () -> TagDefinition.valued("bad", "Bad", FieldType.CHOICE)),
                                bad("for nobody", () -> bad.forAtMost(0)),
                                bad("for no time", () -> bad.lasting(Duration.ZERO)),
                                bad("for ever", () -> bad.lasting(Duration.ofDays(3_661))),
                                bad("an unknown group", () -> bad.in("nothing"))))
                .flatMap(it -> it);
    }

    static Stream<Bad> automatic() {
        Rule rule = Rule.of(Rules.field("status").exists());
        return Stream.concat(
                codes(TagDefinition.MAX_KEY).map(it -> bad("key " + it, () -> AutoTag.of(it, "own", rule))),
                Stream.of(
                        bad("an unknown tag", () -> AutoTag.of("auto", "none", rule)),
                        bad("a value", () -> AutoTag.of("auto", Tagging.of("own", FieldValue.number(1)), rule)),
                        bad(
                                "its own end",
                                () -> AutoTag.of("auto", Tagging.of("own").until(Instant.MAX), rule)),
                        bad(
                                "an unknown field",
                                () -> AutoTag.of(
                                        "auto",
                                        "own",
                                        Rule.of(Rules.field("none").exists()))),
                        bad("a circle", () -> AutoTag.of("auto", "own", Rule.of(Rules.taggedAny("own"))))));
    }

    static Stream<Bad> groups() {
        return Stream.concat(
                codes(TagDefinition.MAX_KEY).map(it -> bad("key " + it, () -> TagGroup.of(it, "Bad"))),
                texts(TagDefinition.MAX_NAME).map(it -> bad("name " + it, () -> TagGroup.of("bad", it))));
    }

    static Stream<Bad> templates() {
        TagDefinition twice = TagDefinition.flag("twice", "Twice");
        return Stream.concat(
                codes(TagDefinition.MAX_KEY).map(it -> bad("key " + it, () -> TagTemplate.of(it, "Bad", "Bad"))),
                Stream.of(
                        bad(
                                "a tag twice",
                                () -> TagTemplate.of("bad", "Bad", "Bad").tags(twice, twice)),
                        bad("no scene", () -> TagTemplate.of("bad", "Bad", " "))));
    }

    static Stream<Bad> taggings() {
        return Stream.concat(
                codes(TagDefinition.MAX_KEY).map(it -> bad("key " + it, () -> Tagging.of(it))),
                Stream.of(
                        bad("an unknown tag", () -> Tagging.of("nothing")),
                        bad("a value of a flag", () -> Tagging.of("vip", FieldValue.number(1))),
                        bad("an end long ago", () -> Tagging.of("vip").until(Instant.EPOCH)),
                        bad("an end beyond time", () -> Tagging.of("vip").until(Instant.MAX))));
    }

    static Stream<Bad> patches() {
        TagPatch none = TagPatch.none();
        return Stream.concat(
                taggings().map(it -> bad(it.what(), () -> none.assign((Tagging) BadValues.present(it)))),
                Stream.of(
                        bad(
                                "assigned and removed",
                                () -> none.assign(Tagging.of("vip")).remove("vip")),
                        bad("an unknown group", () -> none.replace("nothing")),
                        bad("an unknown tag removed", () -> none.remove("nothing")),
                        bad("a reason of two lines", () -> none.remove("vip").because("a\nb")),
                        bad("a rule without version", () -> none.by(TagSource.rule("r", 0))),
                        bad(
                                "101 tags",
                                () -> new TagPatch(
                                        Collections.nCopies(101, Tagging.of("vip")),
                                        Set.of(),
                                        Set.of(),
                                        TagSource.manual(),
                                        null))));
    }

    static Stream<Bad> batches() {
        return Stream.concat(
                codes(TagBatch.MAX_ID).map(it -> bad("id " + it, () -> TagBatch.remove(it, "vip"))),
                Stream.of(
                        bad("nothing to do", () -> new TagBatch("bad", TagPatch.none())),
                        bad("another's id", () -> TagBatch.remove("B1", "vip"))));
    }
}

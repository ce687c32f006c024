package dev.retailcrm.tags;

import dev.retailcrm.tags.spi.TagItem;
import java.util.ArrayList;
import java.util.List;

/** What a command writes of definitions; the first answers. Not thread-safe. */
final class TagSteps {
    final List<TagItem> written = new ArrayList<>(1);
    final List<TagItem> deleted = new ArrayList<>(0);
    private String answer = "";

    private TagSteps() {}

    static TagSteps none() {
        return new TagSteps();
    }

    TagSteps add(TagDefinition tag) {
        return add(new TagItem(TagItem.Kind.TAG, tag.key(), tag.version(), TagText.of(tag)), answer(tag));
    }

    TagSteps add(TagGroup group) {
        return add(new TagItem(TagItem.Kind.GROUP, group.key(), group.version(), TagText.of(group)), group.key());
    }

    TagSteps add(TagTemplate template) {
        return add(
                new TagItem(TagItem.Kind.TEMPLATE, template.key(), template.version(), TagText.of(template)),
                template.key());
    }

    TagSteps add(AutoTag automatic) {
        return add(
                new TagItem(TagItem.Kind.AUTOMATIC, automatic.key(), automatic.version(), TagText.of(automatic)),
                automatic.key());
    }

    TagSteps delete(TagItem.Kind kind, String key, TagCatalog catalog) {
        catalog.items().stream()
                .filter(it -> it.kind() == kind && it.key().equals(key))
                .forEach(deleted::add);
        answer = answer.isEmpty() ? key : answer;
        return this;
    }

    String answer() {
        return answer;
    }

    private static String answer(TagDefinition tag) {
        return tag.mergedInto() == null ? tag.key() : tag.mergedInto();
    }

    TagSteps add(TagItem item, String answers) {
        written.add(item);
        answer = answer.isEmpty() ? answers : answer;
        return this;
    }
}

package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.tags.TagError;
import dev.retailcrm.tags.spi.ChannelCustomer;
import dev.retailcrm.tags.spi.ChannelPage;
import dev.retailcrm.tags.spi.ChannelTag;
import dev.retailcrm.tags.spi.TagChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link TagChannel} does. Names of rules start with the number that the port's Javadoc gives them. */
public abstract class TagChannelContract {
    /** A contract. */
    protected TagChannelContract() {}

    /** The channel to a system that has nothing yet; always the same one within a rule. */
    protected abstract TagChannel channel();

    /** Makes a customer in the system, who has no tags, and returns her reference. */
    protected abstract String newCustomer();

    /** Makes the system refuse the next call, and only that, because it is called too often. */
    protected abstract void beBusyOnce();

    /** Makes the system fail at the next call, and only that, so that nobody knows whether it was done. */
    protected abstract void breakOnce();

    private static <T> List<T> all(Function<@Nullable String, ChannelPage<T>> pages) {
        List<T> all = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            ChannelPage<T> page = pages.apply(cursor);
            assertThat(pages.apply(cursor).items()).as("the same page again").isEqualTo(page.items());
            all.addAll(page.items());
            cursor = page.next();
        } while (cursor != null);
        return all;
    }

    private Set<String> of(String ref) {
        TreeMap<String, Set<String>> found = new TreeMap<>();
        for (ChannelCustomer customer : all(channel()::customers)) {
            assertThat(found.put(customer.ref(), customer.tags()))
                    .as("each once")
                    .isNull();
        }
        return found.getOrDefault(ref, Set.of("she is not there"));
    }

    private List<String> three() {
        return Stream.of("One", "Two", "Three")
                .map(name -> channel().define(name, "Group").id())
                .toList();
    }

    @Test
    public final void tc_1_what_is_so_already_stays_so() {
        List<String> ids = three();
        String ann = newCustomer();

        for (int i = 0; i < 2; i++) {
            channel().change(ann, Set.of(ids.get(0)), Set.of(ids.get(1)));
            channel().rename(ids.get(2), "Drei");
        }

        assertThat(of(ann)).containsExactly(ids.get(0));
    }

    @Test
    public final void tc_2_a_busy_system_is_told_from_one_that_is_broken_and_one_that_refuses() {
        beBusyOnce();
        assertThat(failure(() -> channel().tags(null)).code()).isEqualTo(TagError.CHANNEL_BUSY);
        breakOnce();
        assertThat(failure(() -> channel().tags(null)).code()).isEqualTo(TagError.CHANNEL_UNAVAILABLE);
        CrmException refusal = failure(() -> channel().change("nobody-1234", Set.of("none"), Set.of()));
        assertThat(refusal.code()).isEqualTo(TagError.CHANNEL_REFUSED);
        assertThat(refusal.getMessage()).doesNotContain("nobody-1234");
        assertThat(channel().tags(null).items()).isEmpty();
    }

    private static CrmException failure(Runnable call) {
        return catchThrowableOfType(CrmException.class, call::run);
    }

    @Test
    public final void tc_3_every_tag_is_on_one_page() {
        List<String> ids = three();

        assertThat(all(channel()::tags).stream().map(ChannelTag::id)).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    public final void tc_4_every_customer_is_on_one_page_also_without_tags() {
        List<String> refs = List.of(newCustomer(), newCustomer(), newCustomer());
        channel().change(refs.get(1), Set.copyOf(three()), Set.of());

        assertThat(all(channel()::customers).stream().map(ChannelCustomer::ref))
                .containsExactlyInAnyOrderElementsOf(refs);
        assertThat(of(refs.get(0))).isEmpty();
        assertThat(of(refs.get(1))).hasSize(3);
    }

    @Test
    public final void tc_5_a_tag_of_the_same_name_in_the_same_group_is_made_once() {
        ChannelTag first = channel().define("One", "Group");

        assertThat(channel().define("One", "Group")).isEqualTo(first);
        assertThat(channel().define("One", "Other").id()).isNotEqualTo(first.id());
        assertThat(all(channel()::tags)).hasSize(2);
    }

    @Test
    public final void tc_6_a_renamed_tag_keeps_its_id_and_customers() {
        List<String> ids = three();
        String ann = newCustomer();
        channel().change(ann, Set.of(ids.get(0)), Set.of());

        channel().rename(ids.get(0), "Eins");

        assertThat(all(channel()::tags))
                .contains(new ChannelTag(ids.get(0), "Eins", "Group"))
                .hasSize(3);
        assertThat(of(ann)).containsExactly(ids.get(0));
    }

    @Test
    public final void tc_7_8_only_what_is_named_changes_and_it_is_seen() {
        List<String> ids = three();
        String ann = newCustomer();
        String bob = newCustomer();
        channel().change(ann, Set.of(ids.get(0), ids.get(1)), Set.of());
        channel().change(bob, Set.of(ids.get(1)), Set.of());

        channel().change(ann, Set.of(ids.get(2)), Set.of(ids.get(1)));

        assertThat(of(ann)).containsExactlyInAnyOrder(ids.get(0), ids.get(2));
        assertThat(of(bob)).containsExactly(ids.get(1));
    }
}

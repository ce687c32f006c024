package dev.retailcrm.tags.spi;

import dev.retailcrm.core.kernel.CrmException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An outside system that has tags of customers, such as a messenger or a mailing service. Its calls go over a network and are never made
 * inside a transaction. Used by one thread at a time. Numbered rules are checked by {@code TagChannelContract} under the same numbers.
 *
 * <p><b>[TC-1]</b> Every call may be repeated: what is so already stays so, and is no failure. <b>[TC-2]</b> Failures are
 * {@link CrmException}s only: {@link dev.retailcrm.tags.TagError#CHANNEL_BUSY} if the system wants to be asked less often, with
 * {@code waitMillis} if it says how long, {@link dev.retailcrm.tags.TagError#CHANNEL_UNAVAILABLE} if it may work later, and
 * {@link dev.retailcrm.tags.TagError#CHANNEL_REFUSED} if it will not. Messages carry no reference of a customer.
 */
public interface TagChannel {
    /** What histories name it by, 1 to 40 printable ASCII characters, always the same. */
    String name();

    /** <b>[TC-3]</b> From {@code null} on, page after page, every tag once; the same cursor again gives what follows it. */
    ChannelPage<ChannelTag> tags(@Nullable String cursor);

    /** <b>[TC-4]</b> In the same way every customer once, with all her tags, also one who has none. */
    ChannelPage<ChannelCustomer> customers(@Nullable String cursor);

    /** <b>[TC-5]</b> Makes a tag. If there is one of this name in this group, that one is the answer, and no second is made. */
    ChannelTag define(String name, @Nullable String group);

    /** <b>[TC-6]</b> Gives a tag another name; its id and who has it stay. */
    void rename(String id, String name);

    /**
     * <b>[TC-7]</b> Adds tags to a customer and takes tags from her, by their ids; every other tag of hers, and every other customer, stays
     * as it is. <b>[TC-8]</b> Afterwards {@link #customers} shows it. Not more than 100 tags of each.
     */
    void change(String ref, Set<String> added, Set<String> removed);
}

package dev.retailcrm.wecom;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.tags.TagError;
import dev.retailcrm.tags.spi.ChannelCustomer;
import dev.retailcrm.tags.spi.ChannelPage;
import dev.retailcrm.tags.spi.ChannelTag;
import dev.retailcrm.tags.spi.TagChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import me.chanjar.weixin.cp.api.WxCpExternalContactService;
import me.chanjar.weixin.cp.api.WxCpService;
import me.chanjar.weixin.cp.bean.external.WxCpUserExternalTagGroupInfo;
import me.chanjar.weixin.cp.bean.external.WxCpUserExternalTagGroupList;
import me.chanjar.weixin.cp.bean.external.contact.WxCpExternalContactBatchInfo;
import me.chanjar.weixin.cp.bean.external.contact.WxCpExternalContactBatchInfo.ExternalContactInfo;
import org.jspecify.annotations.Nullable;

/**
 * Customer tags (客户标签) of a company in WeCom. There a customer is known to members of the staff one by one and has other tags with each, so
 * a {@link WeComRef} is of both. Of a tag without a group the group is the one given here. Used by one thread at a time.
 */
public final class WeComTagChannel implements TagChannel {
    /** What histories name it by. */
    public static final String NAME = "wecom";

    /** The most members of the staff whose customers are asked for at once. */
    private static final int MAX_STAFF = 100;

    private static final int PAGE = 100;

    /** There is a tag of this name in this group. */
    private static final int NAME_TAKEN = 40_071;

    private final WxCpExternalContactService contacts;
    private final List<String> staff;
    private final String defaultGroup;

    /**
     * The tags of a company.
     *
     * @param service of WxJava, which gets and renews access tokens; it should sleep and repeat as little as it can:
     *     {@code setMaxRetryTimes(1)}, {@code setRetrySleepMillis(1)}
     * @param staff the ids of those whose customers are synchronised, in an order that stays
     * @param defaultGroup the name of the group of tags that have none
     */
    public WeComTagChannel(WxCpService service, List<String> staff, String defaultGroup) {
        this.contacts = Check.present(service, "service").getExternalContactService();
        this.staff = List.copyOf(staff);
        this.defaultGroup = Check.text(defaultGroup, ChannelTag.MAX_NAME, "default group");
    }

    @Override
    public String name() {
        return NAME;
    }

    /** WeCom gives all tags at once. */
    @Override
    public ChannelPage<ChannelTag> tags(@Nullable String cursor) {
        return new ChannelPage<>(all().toList(), null);
    }

    private Stream<ChannelTag> all() {
        WxCpUserExternalTagGroupList found = WeComCall.of(() -> contacts.getCorpTagList(new String[0]));
        return Stream.ofNullable(found.getTagGroupList())
                .flatMap(List::stream)
                .filter(group -> !Boolean.TRUE.equals(group.getDeleted()))
                .flatMap(group -> Stream.ofNullable(group.getTag())
                        .flatMap(List::stream)
                        .filter(tag -> !Boolean.TRUE.equals(tag.getDeleted()))
                        .map(tag -> new ChannelTag(tag.getId(), tag.getName(), group.getGroupName())));
    }

    /** A page of the customers of up to 100 members of the staff; the cursor says of which, and where there. */
    @Override
    public ChannelPage<ChannelCustomer> customers(@Nullable String cursor) {
        int from = cursor == null ? 0 : Integer.parseInt(cursor.substring(0, cursor.indexOf(' ')));
        if (from >= staff.size()) {
            return new ChannelPage<>(List.of(), null);
        }
        String inside = cursor == null ? "" : cursor.substring(cursor.indexOf(' ') + 1);
        int to = Math.min(from + MAX_STAFF, staff.size());
        String[] some = staff.subList(from, to).toArray(String[]::new);
        WxCpExternalContactBatchInfo found = WeComCall.of(() -> contacts.getContactDetailBatch(some, inside, PAGE));
        List<ChannelCustomer> customers = new ArrayList<>();
        Stream.ofNullable(found.getExternalContactList())
                .flatMap(List::stream)
                .forEach(info -> customers.add(customer(info)));
        String next = found.getNextCursor();
        if (next != null && !next.isEmpty()) {
            return new ChannelPage<>(customers, from + " " + next);
        }
        return new ChannelPage<>(customers, to < staff.size() ? to + " " : null);
    }

    private static ChannelCustomer customer(ExternalContactInfo info) {
        String[] tags = info.getFollowInfo().getTagIds();
        var ref = new WeComRef(
                info.getFollowInfo().getUserId(), info.getExternalContact().getExternalUserId());
        return new ChannelCustomer(ref.toRef(), tags == null ? Set.of() : Set.of(tags), null);
    }

    @Override
    public ChannelTag define(String name, @Nullable String group) {
        String named = group == null ? defaultGroup : group;
        Optional<WxCpUserExternalTagGroupInfo> made =
                WeComCall.unless(NAME_TAKEN, () -> contacts.addCorpTag(request(name, named)));
        if (made.isPresent()) {
            String id = made.get().getTagGroup().getTag().get(0).getId();
            return new ChannelTag(id, name, named);
        }
        return all().filter(tag -> tag.name().equals(name) && named.equals(tag.group()))
                .findFirst()
                .orElseThrow(() -> TagError.CHANNEL_REFUSED.because("a tag of this name is taken and not to be seen"));
    }

    /** By the name of the group, which WeCom makes if there is none; an empty id of the group would be refused, so there is none. */
    private static WxCpUserExternalTagGroupInfo request(String name, String group) {
        var tag = new WxCpUserExternalTagGroupInfo.Tag();
        tag.setName(name);
        var tags = new WxCpUserExternalTagGroupInfo.TagGroup();
        tags.setGroupName(group);
        tags.setTag(List.of(tag));
        var request = new WxCpUserExternalTagGroupInfo();
        request.setTagGroup(tags);
        return request;
    }

    @Override
    public void rename(String id, String name) {
        if (WeComCall.unless(NAME_TAKEN, () -> contacts.editCorpTag(id, name, null))
                        .isEmpty()
                && all().noneMatch(tag -> tag.id().equals(id) && tag.name().equals(name))) {
            throw TagError.CHANNEL_REFUSED.because("another tag of the group has this name");
        }
    }

    @Override
    public void change(String ref, Set<String> added, Set<String> removed) {
        WeComRef pair = WeComRef.of(ref);
        if (!added.isEmpty() || !removed.isEmpty()) {
            WeComCall.of(() -> contacts.markTag(
                    pair.staff(), pair.contact(), added.toArray(String[]::new), removed.toArray(String[]::new)));
        }
    }
}

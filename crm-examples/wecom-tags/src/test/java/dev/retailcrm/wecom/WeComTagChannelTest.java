package dev.retailcrm.wecom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.retailcrm.core.customer.Customers;
import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.tags.TagDefinition;
import dev.retailcrm.tags.TagError;
import dev.retailcrm.tags.TagMark;
import dev.retailcrm.tags.Tagging;
import dev.retailcrm.tags.Tags;
import dev.retailcrm.tags.spi.ChannelCustomer;
import dev.retailcrm.tags.spi.TagChannel;
import dev.retailcrm.tags.sync.IdentityLinks;
import dev.retailcrm.tags.sync.SyncPolicy;
import dev.retailcrm.tags.sync.SyncSetup;
import dev.retailcrm.tags.sync.TagSync;
import dev.retailcrm.tck.InMemoryDatabase;
import dev.retailcrm.tck.TagChannelContract;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import me.chanjar.weixin.cp.api.impl.WxCpServiceImpl;
import me.chanjar.weixin.cp.config.impl.WxCpDefaultConfigImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The channel through WxJava and HTTP; only the address is another. */
class WeComTagChannelTest extends TagChannelContract {
    private static final TenantId ACME = TenantId.of("acme");

    private WeComStub wecom;
    private WeComTagChannel channel;
    private int customers;

    @BeforeEach
    void open() throws IOException {
        wecom = new WeComStub();
        var config = new WxCpDefaultConfigImpl();
        config.setCorpId("ww1");
        config.setCorpSecret("secret");
        config.setBaseApiUrl(wecom.url());
        var service = new WxCpServiceImpl();
        service.setWxCpConfigStorage(config);
        service.setMaxRetryTimes(1);
        service.setRetrySleepMillis(1);
        channel = new WeComTagChannel(service, List.of("li", "zhang"), "Customers");
    }

    @AfterEach
    void close() {
        wecom.close();
    }

    @Override
    protected TagChannel channel() {
        return channel;
    }

    @Override
    protected String newCustomer() {
        String contact = "wm" + ++customers;
        wecom.follow("zhang", contact);
        return "zhang/" + contact;
    }

    @Override
    protected void beBusyOnce() {
        wecom.failOnce(45_009);
    }

    @Override
    protected void breakOnce() {
        wecom.failOnce(502);
    }

    private static CrmException failure(Runnable call) {
        return catchThrowableOfType(CrmException.class, call::run);
    }

    @Test
    void a_limit_of_a_minute_is_waited_for_and_one_of_calls_at_once_is_not() {
        wecom.failOnce(45_009);
        assertThat(failure(() -> channel.tags(null)).details()).containsEntry("waitMillis", 60_000L);
        wecom.failOnce(45_033);
        CrmException atOnce = failure(() -> channel.tags(null));
        assertThat(atOnce.code()).isEqualTo(TagError.CHANNEL_BUSY);
        assertThat(atOnce.details()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {40_014, 42_001})
    void a_token_that_is_over_is_renewed_and_the_call_made_again(int code) {
        String ann = newCustomer();
        String vip = channel.define("VIP", null).id();
        int before = wecom.tokens();
        wecom.failOnce(code);

        channel.change(ann, Set.of(vip), Set.of());

        assertThat(wecom.tokens()).isEqualTo(before + 1);
        assertThat(channel.customers(null).items()).containsExactly(new ChannelCustomer(ann, Set.of(vip), null));
    }

    @Test
    void no_id_of_a_group_is_sent_when_a_tag_is_made_by_the_name_of_its_group() {
        assertThat(channel.define("VIP", null).group()).isEqualTo("Customers");
        channel.define("VIP", "Value");

        assertThat(wecom.bodies("add_corp_tag")).hasSize(2).noneMatch(body -> body.contains("group_id"));
    }

    @Test
    void a_name_that_another_tag_of_the_group_has_is_refused() {
        channel.define("One", null);
        String two = channel.define("Two", null).id();

        assertThat(failure(() -> channel.rename(two, "One")).code()).isEqualTo(TagError.CHANNEL_REFUSED);
    }

    @Test
    void a_customer_has_other_tags_with_each_of_the_staff() {
        wecom.follow("zhang", "wmAnn");
        wecom.follow("li", "wmAnn");
        String vip = channel.define("VIP", null).id();

        channel.change("li/wmAnn", Set.of(vip), Set.of());

        assertThat(channel.customers(null).items())
                .containsExactly(
                        new ChannelCustomer("li/wmAnn", Set.of(vip), null),
                        new ChannelCustomer("zhang/wmAnn", Set.of(), null));
    }

    @Test
    void whoever_is_nobodys_customer_is_refused_by_code_without_her_id() {
        CrmException refusal = failure(() -> channel.change("zhang/wmAnn", Set.of("et1"), Set.of()));

        assertThat(refusal.code()).isEqualTo(TagError.CHANNEL_REFUSED);
        assertThat(refusal.details()).containsEntry("answer", 84_061L);
        assertThat(refusal.getMessage()).doesNotContain("wmAnn");
    }

    /** The whole way: a customer known by her chat id, two members of the staff, tags made on both sides. */
    @Test
    void tags_are_the_same_here_and_in_wecom_after_a_run() {
        InstantSource clock = () -> Instant.parse("2026-03-01T09:00:00Z");
        var database = new InMemoryDatabase();
        var tags = new Tags(ACME, database.tagPorts(clock), List.of());
        Customers all =
                Customers.builder(ACME, clock).in(database.customers(), database.requests(), database.unitOfWork());
        var ann = all.register(Registration.of("Ann")
                        .identity(Identity.chat("wecom", "wmAnn"))
                        .key(RequestKey.of("r")))
                .id();
        wecom.follow("zhang", "wmAnn");
        wecom.follow("li", "wmAnn");
        String gold = channel.define("Gold", null).id();
        channel.change("zhang/wmAnn", Set.of(gold), Set.of());
        tags.definitions().define(TagDefinition.flag("gold", "Gold"), RequestKey.of("g"));
        TagSync sync = new TagSync(
                ACME,
                database.syncPorts(clock),
                tags,
                channel,
                new IdentityLinks(
                        all, ref -> Identity.chat("wecom", WeComRef.of(ref).contact())),
                SyncSetup.of(SyncPolicy.NEWEST));

        finish(sync);
        finish(sync);
        assertThat(tags.of(ann)).extracting(TagMark::tag).containsExactly("gold");
        assertThat(channel.customers(null).items()).allMatch(it -> it.tags().contains(gold));

        tags.remove(ann, "gold", RequestKey.of("away"));
        finish(sync);
        assertThat(channel.customers(null).items()).allMatch(it -> it.tags().isEmpty());
        tags.assign(ann, Tagging.of("gold"), RequestKey.of("again"));
        finish(sync);
        assertThat(channel.customers(null).items()).allMatch(it -> it.tags().contains(gold));
    }

    private static void finish(TagSync sync) {
        sync.start(false);
        while (!sync.step().isOver()) {
            assertThat(sync.progress().orElseThrow().waitingUntil()).isEmpty();
        }
    }
}

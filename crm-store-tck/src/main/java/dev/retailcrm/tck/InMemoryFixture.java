package dev.retailcrm.tck;

import dev.retailcrm.assets.spi.AccountOwners;
import dev.retailcrm.assets.spi.BenefitStore;
import dev.retailcrm.assets.spi.CheckoutStore;
import dev.retailcrm.assets.spi.CouponStore;
import dev.retailcrm.assets.spi.DefinitionStore;
import dev.retailcrm.assets.spi.EarnStore;
import dev.retailcrm.assets.spi.GiftCardStore;
import dev.retailcrm.assets.spi.LedgerHistoryStore;
import dev.retailcrm.assets.spi.LedgerStore;
import dev.retailcrm.assets.spi.TierStore;
import dev.retailcrm.audience.spi.AudienceMemberStore;
import dev.retailcrm.audience.spi.AudienceStore;
import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.rule.MarkFact;
import dev.retailcrm.core.spi.AccessLog;
import dev.retailcrm.core.spi.BehaviorStore;
import dev.retailcrm.core.spi.ConsentStore;
import dev.retailcrm.core.spi.CustomerStore;
import dev.retailcrm.core.spi.DueStore;
import dev.retailcrm.core.spi.ErasureStore;
import dev.retailcrm.core.spi.FieldStore;
import dev.retailcrm.core.spi.MembershipStore;
import dev.retailcrm.core.spi.MergeStore;
import dev.retailcrm.core.spi.OutboxStore;
import dev.retailcrm.core.spi.OwnershipStore;
import dev.retailcrm.core.spi.RequestStore;
import dev.retailcrm.core.spi.ReviewStore;
import dev.retailcrm.core.spi.RuleStore;
import dev.retailcrm.core.spi.StageStore;
import dev.retailcrm.core.spi.TradeStore;
import dev.retailcrm.core.spi.UnitOfWork;
import dev.retailcrm.tags.TagMark;
import dev.retailcrm.tags.TagSource;
import dev.retailcrm.tags.spi.SyncStore;
import dev.retailcrm.tags.spi.TagBatchStore;
import dev.retailcrm.tags.spi.TagStore;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The in-memory stores as a fixture; override a method to put another store among them. */
public class InMemoryFixture implements CrmFixture {
    private final InMemoryDatabase database;
    private final MutableClock clock = MutableClock.at("2026-03-01T09:00:00Z");

    /** An empty database. */
    public InMemoryFixture() {
        this(new InMemoryDatabase());
    }

    /** This database. */
    public InMemoryFixture(InMemoryDatabase database) {
        this.database = database;
    }

    @Override
    public UnitOfWork unitOfWork() {
        return database.unitOfWork();
    }

    @Override
    public HostTransaction begin() {
        return database.unitOfWork().begin();
    }

    @Override
    public CustomerStore customers() {
        return database.customers();
    }

    @Override
    public RequestStore requests() {
        return database.requests();
    }

    @Override
    public OutboxStore outbox() {
        return database.outbox();
    }

    @Override
    public LedgerStore ledger() {
        return database.ledger();
    }

    @Override
    public LedgerHistoryStore ledgerHistory() {
        return database.ledgerHistory();
    }

    @Override
    public ErasureStore erasures() {
        return database.erasures();
    }

    @Override
    public MergeStore merges() {
        return database.merges();
    }

    @Override
    public ConsentStore consents() {
        return database.consents();
    }

    @Override
    public FieldStore fields() {
        return database.fields();
    }

    @Override
    public OwnershipStore ownership() {
        return database.ownership();
    }

    @Override
    public ReviewStore reviews() {
        return database.reviews();
    }

    @Override
    public TagStore tags() {
        return database.tags();
    }

    @Override
    public TagBatchStore tagBatches() {
        return database.tagBatches();
    }

    @Override
    public DueStore autoTags() {
        return database.autoTags();
    }

    @Override
    public DueStore dueAudiences() {
        return database.dueAudiences();
    }

    @Override
    public DefinitionStore definitions() {
        return database.definitions();
    }

    @Override
    public CheckoutStore checkout() {
        return database.checkout();
    }

    @Override
    public EarnStore earnings() {
        return database.earnings();
    }

    @Override
    public BenefitStore benefits() {
        return database.benefits();
    }

    @Override
    public TierStore tiers() {
        return database.tiers();
    }

    @Override
    public AudienceStore audiences() {
        return database.audiences();
    }

    @Override
    public AudienceMemberStore audienceMembers() {
        return database.audienceMembers();
    }

    @Override
    public SyncStore sync() {
        return database.sync();
    }

    @Override
    public RuleStore rules() {
        return database.rules();
    }

    @Override
    public void tag(TenantId tenant, CustomerId customer, String tag, MarkFact mark) {
        database.unitOfWork().run(() -> {
            CustomerRows rows = database.tenant(tenant).get(customer);
            database.unitOfWork().required().lock(rows);
            TagMarks hers = rows.other(null, TagMarks.class).orElse(TagMarks.NONE);
            SortedMap<String, TagMark> tags = new TreeMap<>(hers.marks());
            tags.put(
                    tag,
                    new TagMark(
                            tag,
                            mark.from(),
                            mark.until(),
                            mark.value(),
                            TagSource.imported("kit"),
                            Actor.system("kit")));
            rows.put(new TagMarks(tags, hers.entries()));
            return true;
        });
    }

    @Override
    public StageStore stages() {
        return database.stages();
    }

    @Override
    public MembershipStore membership() {
        return database.membership();
    }

    @Override
    public GiftCardStore giftCards() {
        return database.giftCards();
    }

    @Override
    public CouponStore coupons() {
        return database.coupons();
    }

    @Override
    public TradeStore trade() {
        return database.trade();
    }

    @Override
    public BehaviorStore behavior() {
        return database.behavior();
    }

    @Override
    public AccessLog accessLog() {
        return database.accessLog();
    }

    @Override
    public AccountOwners owners() {
        return database.owners();
    }

    @Override
    public MutableClock clock() {
        return clock;
    }

    @Override
    public List<String> dump() {
        return database.dump();
    }
}

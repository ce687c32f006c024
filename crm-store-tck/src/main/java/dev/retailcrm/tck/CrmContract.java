package dev.retailcrm.tck;

import org.junit.jupiter.api.Nested;

/**
 * The whole kit on one store: every contract there is. A contract added to the kit is run by every subclass. Who keeps only some of the
 * data subclasses the contracts of it instead.
 */
public abstract class CrmContract {
    /** A contract. */
    protected CrmContract() {}

    /** New, empty stores. */
    protected abstract CrmFixture fixture();

    /** How many sequences each of the {@link LedgerLawsContract laws} is tried on. Default: 50. */
    protected int sequences() {
        return 50;
    }

    /** How often the last points are fought for. Default: 100. */
    protected int fights() {
        return 100;
    }

    /** How many transfers are made in a storm of them. Default: 20,000. */
    protected int transfers() {
        return 20_000;
    }

    /** Transactions. */
    @Nested
    public class UnitOfWork extends UnitOfWorkContract {
        /** Run by JUnit. */
        public UnitOfWork() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** Request keys. */
    @Nested
    public class RequestStore extends RequestStoreContract {
        /** Run by JUnit. */
        public RequestStore() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** Events. */
    @Nested
    public class OutboxStore extends OutboxStoreContract {
        /** Run by JUnit. */
        public OutboxStore() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** Customers. */
    @Nested
    public class CustomerStore extends CustomerStoreContract {
        /** Run by JUnit. */
        public CustomerStore() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** Many registrations at once. */
    @Nested
    public class RegistrationBatch extends RegistrationBatchContract {
        /** Run by JUnit. */
        public RegistrationBatch() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** Files of customers. */
    @Nested
    public class Import extends ImportContract {
        /** Run by JUnit. */
        public Import() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** Files of orders and refunds. */
    @Nested
    public class OrderImport extends OrderImportContract {
        /** Run by JUnit. */
        public OrderImport() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** Files of behaviour. */
    @Nested
    public class BehaviorImport extends BehaviorImportContract {
        /** Run by JUnit. */
        public BehaviorImport() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** The customers' past. */
    @Nested
    public class CustomerHistory extends CustomerHistoryContract {
        /** Run by JUnit. */
        public CustomerHistory() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** Consent. */
    @Nested
    public class ConsentStore extends ConsentStoreContract {
        /** Run by JUnit. */
        public ConsentStore() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** Erasures. */
    @Nested
    public class ErasureStore extends ErasureStoreContract {
        /** Run by JUnit. */
        public ErasureStore() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** What people can ask of the retailer. */
    @Nested
    public class Privacy extends PrivacyContract {
        /** Run by JUnit. */
        public Privacy() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** How long customers are kept. */
    @Nested
    public class Retention extends RetentionContract {
        /** Run by JUnit. */
        public Retention() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** Erasure of customers. */
    @Nested
    public class CustomerErasure extends CustomerErasureContract {
        /** Run by JUnit. */
        public CustomerErasure() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** What consent does. */
    @Nested
    public class Consent extends ConsentContract {
        /** Run by JUnit. */
        public Consent() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** What double opt-in does. */
    @Nested
    public class DoubleOptIn extends DoubleOptInContract {
        /** Run by JUnit. */
        public DoubleOptIn() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** Custom fields. */
    @Nested
    public class FieldStore extends FieldStoreContract {
        /** Run by JUnit. */
        public FieldStore() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** Ownership. */
    @Nested
    public class OwnershipStore extends OwnershipStoreContract {
        /** Run by JUnit. */
        public OwnershipStore() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** What custom fields do. */
    @Nested
    public class CustomFields extends CustomFieldsContract {
        /** Run by JUnit. */
        public CustomFields() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** What ownership does. */
    @Nested
    public class Ownership extends OwnershipContract {
        /** Run by JUnit. */
        public Ownership() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** Tags. */
    @Nested
    public class TagStore extends TagStoreContract {
        /** Run by JUnit. */
        public TagStore() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** Rules. */
    @Nested
    public class RuleStore extends RuleStoreContract {
        /** Run by JUnit. */
        public RuleStore() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** Rules about accounts. */
    @Nested
    public class AssetRules extends AssetRulesContract {
        /** Run by JUnit. */
        public AssetRules() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** Batches of tags. */
    @Nested
    public class TagBatchStore extends TagBatchStoreContract {
        /** Run by JUnit. */
        public TagBatchStore() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** What tags do. */
    @Nested
    public class Tags extends TagContract {
        /** Run by JUnit. */
        public Tags() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** What is defined of assets. */
    @Nested
    public class DefinitionStore extends DefinitionStoreContract {
        /** Run by JUnit. */
        public DefinitionStore() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** Definitions of audiences. */
    @Nested
    public class AudienceStore extends AudienceStoreContract {
        /** Run by JUnit. */
        public AudienceStore() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** What customers earned. */
    @Nested
    public class EarnStore extends EarnStoreContract {
        /** Run by JUnit. */
        public EarnStore() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** Orders that customers settled. */
    @Nested
    public class CheckoutStore extends CheckoutStoreContract {
        /** Run by JUnit. */
        public CheckoutStore() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** What the checkout does. */
    @Nested
    public class Checkout extends CheckoutContract {
        /** Run by JUnit. */
        public Checkout() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** Laws of the checkout. */
    @Nested
    public class CheckoutLaws extends CheckoutLawsContract {
        /** Run by JUnit. */
        public CheckoutLaws() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** Members of audiences. */
    @Nested
    public class AudienceMemberStore extends AudienceMemberStoreContract {
        /** Run by JUnit. */
        public AudienceMemberStore() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** What earning does. */
    @Nested
    public class Earning extends EarningContract {
        /** Run by JUnit. */
        public Earning() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** What audiences do. */
    @Nested
    public class Audiences extends AudienceContract {
        /** Run by JUnit. */
        public Audiences() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** Where customers stand in programs of tiers. */
    @Nested
    public class TierStore extends TierStoreContract {
        /** Run by JUnit. */
        public TierStore() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** What customers were granted, have and redeemed. */
    @Nested
    public class BenefitStore extends BenefitStoreContract {
        /** Run by JUnit. */
        public BenefitStore() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** What benefits do. */
    @Nested
    public class Benefits extends BenefitContract {
        /** Run by JUnit. */
        public Benefits() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** What cards do. */
    @Nested
    public class Cards extends CardContract {
        /** Run by JUnit. */
        public Cards() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** What redemption does. */
    @Nested
    public class Redemptions extends RedemptionContract {
        /** Run by JUnit. */
        public Redemptions() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** What tiers do. */
    @Nested
    public class Tiers extends TierContract {
        /** Run by JUnit. */
        public Tiers() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** What becomes of audiences as customers are merged. */
    @Nested
    public class AudienceMerges extends AudienceMergeContract {
        /** Run by JUnit. */
        public AudienceMerges() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** What is due of automatic tags. */
    @Nested
    public class DueTags extends DueStoreContract {
        /** Run by JUnit. */
        public DueTags() {
            super(CrmFixture::autoTags);
        }

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** What is due of audiences. */
    @Nested
    public class DueAudiences extends DueStoreContract {
        /** Run by JUnit. */
        public DueAudiences() {
            super(CrmFixture::dueAudiences);
        }

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** Audiences that follow what is written. */
    @Nested
    public class LiveAudiences extends LiveAudienceContract {
        /** Run by JUnit. */
        public LiveAudiences() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** What automatic tags do. */
    @Nested
    public class AutoTags extends AutoTagContract {
        /** Run by JUnit. */
        public AutoTags() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** What batches of tags do. */
    @Nested
    public class TagBatches extends TagBatchContract {
        /** Run by JUnit. */
        public TagBatches() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** How far tags are synchronised. */
    @Nested
    public class SyncStore extends SyncStoreContract {
        /** Run by JUnit. */
        public SyncStore() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** What synchronisation of tags does. */
    @Nested
    public class TagSync extends TagSyncContract {
        /** Run by JUnit. */
        public TagSync() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** What rules find out about tags. */
    @Nested
    public class TagRules extends TagRulesContract {
        /** Run by JUnit. */
        public TagRules() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** What merges do to tags. */
    @Nested
    public class TagMerges extends TagMergeContract {
        /** Run by JUnit. */
        public TagMerges() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** Rules, case by case. */
    @Nested
    public class RuleCases extends RuleCasesContract {
        /** Run by JUnit. */
        public RuleCases() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** Stages. */
    @Nested
    public class StageStore extends StageStoreContract {
        /** Run by JUnit. */
        public StageStore() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** Stages that follow trade and time. */
    @Nested
    public class Lifecycle extends LifecycleContract {
        /** Run by JUnit. */
        public Lifecycle() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** Membership. */
    @Nested
    public class MembershipStore extends MembershipStoreContract {
        /** Run by JUnit. */
        public MembershipStore() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** What membership does. */
    @Nested
    public class Membership extends MembershipContract {
        /** Run by JUnit. */
        public Membership() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** Owners of accounts. */
    @Nested
    public class AccountOwners extends AccountOwnersContract {
        /** Run by JUnit. */
        public AccountOwners() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** Ledgers. */
    @Nested
    public class LedgerStore extends LedgerStoreContract {
        /** Run by JUnit. */
        public LedgerStore() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** The ledgers' past. */
    @Nested
    public class LedgerHistoryStore extends LedgerHistoryStoreContract {
        /** Run by JUnit. */
        public LedgerHistoryStore() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** Gift cards. */
    @Nested
    public class GiftCardStore extends GiftCardStoreContract {
        /** Run by JUnit. */
        public GiftCardStore() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** What reports over the ledger say. */
    @Nested
    public class AssetReports extends AssetReportContract {
        /** Run by JUnit. */
        public AssetReports() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** What points and stored value do. */
    @Nested
    public class Ledger extends LedgerContract {
        /** Run by JUnit. */
        public Ledger() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** What holds do. */
    @Nested
    public class Hold extends HoldContract {
        /** Run by JUnit. */
        public Hold() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** What refunds and take-backs do. */
    @Nested
    public class Reversal extends ReversalContract {
        /** Run by JUnit. */
        public Reversal() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** What time does. */
    @Nested
    public class Expiry extends ExpiryContract {
        /** Run by JUnit. */
        public Expiry() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** What batches do. */
    @Nested
    public class Batch extends BatchContract {
        /** Run by JUnit. */
        public Batch() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** What gift cards do. */
    @Nested
    public class GiftCards extends GiftCardsContract {
        /** Run by JUnit. */
        public GiftCards() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** What gift cards pay. */
    @Nested
    public class GiftCardUse extends GiftCardUseContract {
        /** Run by JUnit. */
        public GiftCardUse() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** Templates, codes and coupons. */
    @Nested
    public class CouponStore extends CouponStoreContract {
        /** Run by JUnit. */
        public CouponStore() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** Coupons of merged customers. */
    @Nested
    public class CouponMerge extends CouponMergeContract {
        /** Run by JUnit. */
        public CouponMerge() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** What coupons do. */
    @Nested
    public class Coupons extends CouponsContract {
        /** Run by JUnit. */
        public Coupons() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** Many at once. */
    @Nested
    public class Concurrency extends ConcurrencyContract {
        /** Run by JUnit. */
        public Concurrency() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }

        @Override
        protected int fights() {
            return CrmContract.this.fights();
        }

        @Override
        protected int transfers() {
            return CrmContract.this.transfers();
        }
    }

    /** Bad input. */
    @Nested
    public class BadInput extends BadInputContract {
        /** Run by JUnit. */
        public BadInput() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** The laws of the ledger. */
    @Nested
    public class LedgerLaws extends LedgerLawsContract {
        /** Run by JUnit. */
        public LedgerLaws() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }

        @Override
        protected int sequences() {
            return CrmContract.this.sequences();
        }
    }

    /** Merges, and what they need of other stores. */
    @Nested
    public class MergeStore extends MergeStoreContract {
        /** Run by JUnit. */
        public MergeStore() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** Two customers who become one, and two again. */
    @Nested
    public class Merge extends MergeContract {
        /** Run by JUnit. */
        public Merge() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** Laws of merges over random sequences. */
    @Nested
    public class MergeLaws extends MergeLawsContract {
        /** Run by JUnit. */
        public MergeLaws() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }

        @Override
        protected int sequences() {
            return 10;
        }
    }

    /** Orders, refunds and statistics. */
    @Nested
    public class TradeStore extends TradeStoreContract {
        /** Run by JUnit. */
        public TradeStore() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** Event types, events and visitors. */
    @Nested
    public class BehaviorStore extends BehaviorStoreContract {
        /** Run by JUnit. */
        public BehaviorStore() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** What customers and visitors do. */
    @Nested
    public class Behavior extends BehaviorContract {
        /** Run by JUnit. */
        public Behavior() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** What orders and refunds do. */
    @Nested
    public class Trade extends TradeContract {
        /** Run by JUnit. */
        public Trade() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** The laws of trade. */
    @Nested
    public class TradeLaws extends TradeLawsContract {
        /** Run by JUnit. */
        public TradeLaws() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** The log of who was shown personal data. */
    @Nested
    public class AccessLog extends AccessLogContract {
        /** Run by JUnit. */
        public AccessLog() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** Pairs of customers who may be one. */
    @Nested
    public class ReviewStore extends ReviewStoreContract {
        /** Run by JUnit. */
        public ReviewStore() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** What becomes of such pairs. */
    @Nested
    public class Review extends ReviewContract {
        /** Run by JUnit. */
        public Review() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** Customers by the last four of phones and cards. */
    @Nested
    public class LastFour extends LastFourContract {
        /** Run by JUnit. */
        public LastFour() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** What principals can do with customers who belong to them. */
    @Nested
    public class OwnCustomers extends OwnCustomersContract {
        /** Run by JUnit. */
        public OwnCustomers() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }

    /** What principals can do. */
    @Nested
    public class Access extends AccessContract {
        /** Run by JUnit. */
        public Access() {}

        @Override
        protected CrmFixture fixture() {
            return CrmContract.this.fixture();
        }
    }
}

package dev.retailcrm.tck;

import dev.retailcrm.assets.benefit.BenefitPrivacy;
import dev.retailcrm.assets.checkout.CheckoutPrivacy;
import dev.retailcrm.assets.coupon.CouponPrivacy;
import dev.retailcrm.assets.earn.EarnPrivacy;
import dev.retailcrm.assets.ledger.LedgerPrivacy;
import dev.retailcrm.assets.stored.GiftCardPrivacy;
import dev.retailcrm.assets.tier.TierPrivacy;
import dev.retailcrm.audience.AudiencePrivacy;
import dev.retailcrm.core.access.AccessPrivacy;
import dev.retailcrm.core.behavior.BehaviorPrivacy;
import dev.retailcrm.core.consent.ConsentPrivacy;
import dev.retailcrm.core.field.FieldPrivacy;
import dev.retailcrm.core.lifecycle.LifecyclePrivacy;
import dev.retailcrm.core.membership.MembershipPrivacy;
import dev.retailcrm.core.merge.MergePrivacy;
import dev.retailcrm.core.merge.ReviewPrivacy;
import dev.retailcrm.core.ownership.OwnershipPrivacy;
import dev.retailcrm.core.spi.PrivacyParticipant;
import dev.retailcrm.core.trade.TradePrivacy;
import dev.retailcrm.tags.TagPrivacy;
import dev.retailcrm.tags.sync.SyncPrivacy;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The participants of privacy over a fixture's ports: one for each store that it keeps. Stateless. */
final class PrivacyParts {
    private PrivacyParts() {}

    static List<PrivacyParticipant> of(CrmFixture crm) {
        return Stream.<Supplier<PrivacyParticipant>>of(
                        () -> new FieldPrivacy(crm.fields()),
                        () -> new ConsentPrivacy(crm.consents()),
                        () -> new BehaviorPrivacy(crm.behaviorPorts()),
                        () -> new TradePrivacy(crm.trade()),
                        () -> new LedgerPrivacy(crm.ledgerPorts()),
                        () -> new EarnPrivacy(crm.earnings()),
                        () -> new CheckoutPrivacy(crm.checkout()),
                        () -> new TierPrivacy(crm.tiers()),
                        () -> new BenefitPrivacy(crm.benefits()),
                        () -> new GiftCardPrivacy(crm.giftCards(), crm.ledgerHistory()),
                        () -> new CouponPrivacy(crm.coupons()),
                        () -> new OwnershipPrivacy(crm.ownership()),
                        () -> new MembershipPrivacy(crm.membership()),
                        () -> new LifecyclePrivacy(crm.stages()),
                        () -> new TagPrivacy(crm.tags(), crm.autoTags()),
                        () -> new AudiencePrivacy(crm.audienceMembers(), crm.dueAudiences()),
                        () -> new SyncPrivacy(crm.sync()),
                        () -> new MergePrivacy(crm.merges()),
                        () -> new ReviewPrivacy(crm.reviews()),
                        () -> new AccessPrivacy(crm.accessLog()))
                .flatMap(PrivacyParts::kept)
                .toList();
    }

    private static Stream<PrivacyParticipant> kept(Supplier<PrivacyParticipant> part) {
        try {
            return Stream.of(part.get());
        } catch (UnsupportedOperationException notKept) {
            return Stream.empty();
        }
    }
}

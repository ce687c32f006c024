package dev.retailcrm.tck;

import dev.retailcrm.core.consent.AddressKeys;
import dev.retailcrm.core.consent.Channel;
import dev.retailcrm.core.consent.ConsentPolicy;
import dev.retailcrm.core.consent.ConsentRules;
import dev.retailcrm.core.consent.Consents;
import dev.retailcrm.core.consent.ContactReason;
import dev.retailcrm.core.consent.ContactTopic;
import dev.retailcrm.core.consent.Declaration;
import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Consent under the rules of one shop, for contracts that test behaviour whatever the store. */
abstract class ConsentRuleContract extends FacadeContract {
    static final ContactTopic MARKETING = ContactTopic.of("marketing", Channel.SMS);
    static final ContactTopic RECEIPTS = ContactTopic.of("receipts", Channel.E_MAIL);
    static final ContactTopic NEWSLETTER = ContactTopic.of("newsletter", Channel.E_MAIL);
    static final Identity PHONE = Identity.phone("+8613812345678");
    static final Identity OTHER_PHONE = Identity.phone("+8613912345678");
    static final Identity MAIL = Identity.email("ann@example.com");
    static final StaffId KIM = StaffId.of("kim");
    static final AddressKeys KEYS = AddressKeys.of("0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
    static final ConsentRules RULES = ConsentRules.standard()
            .purpose("marketing", ConsentPolicy.optIn().lasting(Duration.ofDays(365)))
            .purpose("receipts", ConsentPolicy.optOut())
            .purpose("newsletter", ConsentPolicy.optIn().confirmedWithin(Duration.ofDays(2)))
            .addresses(KEYS);

    final Consents consents() {
        return consents(ACME, RULES);
    }

    final Consents consents(TenantId tenant, ConsentRules rules) {
        return new Consents(tenant, rules, crm().consentPorts());
    }

    static Declaration hers(String key) {
        return Declaration.ofCustomer(key, "web-form").text("2026-01").evidence("form/" + key);
    }

    static Declaration kims(String key) {
        return Declaration.ofStaff(KIM, key, "till");
    }

    final ContactReason reason(ContactTopic topic) {
        return consents().mayContact(ann, topic).reason();
    }

    final void after(Duration time) {
        crm().clock().set(crm().clock().instant().plus(time));
    }
}

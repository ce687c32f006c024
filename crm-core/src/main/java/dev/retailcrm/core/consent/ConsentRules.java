package dev.retailcrm.core.consent;

import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.AddressTokens;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the tenant's purposes need, and how addresses are hidden. Immutable; start from {@link #standard()}. */
public final class ConsentRules {
    private static final ConsentRules STANDARD = new ConsentRules(Map.of(), ConsentPolicy.optIn(), null);

    private final Map<Purpose, ConsentPolicy> policies;
    private final ConsentPolicy others;
    private final @Nullable AddressTokens addresses;

    private ConsentRules(
            Map<Purpose, ConsentPolicy> policies, ConsentPolicy others, @Nullable AddressTokens addresses) {
        this.policies = Map.copyOf(policies);
        this.others = others;
        this.addresses = addresses;
    }

    /** Every purpose needs consent, as {@link ConsentPolicy#optIn()}; no address can be named, because nothing hides it. */
    public static ConsentRules standard() {
        return STANDARD;
    }

    /** The same with a policy for one purpose. */
    public ConsentRules purpose(String code, ConsentPolicy policy) {
        Map<Purpose, ConsentPolicy> more = new HashMap<>(policies);
        more.put(Purpose.of(code), Check.present(policy, "policy"));
        return new ConsentRules(more, others, addresses);
    }

    /** The same with a policy for all purposes that have none of their own. */
    public ConsentRules otherPurposes(ConsentPolicy policy) {
        return new ConsentRules(policies, Check.present(policy, "policy"), addresses);
    }

    /** The same with addresses hidden this way, such as by {@link AddressKeys}. */
    public ConsentRules addresses(AddressTokens tokens) {
        return new ConsentRules(policies, others, Check.present(tokens, "address tokens"));
    }

    /** The policy of a purpose. */
    public ConsentPolicy policy(Purpose purpose) {
        return policies.getOrDefault(Check.present(purpose, "purpose"), others);
    }

    /** The topic without its address in clear. */
    ContactScope scope(TenantId tenant, ContactTopic topic) {
        Identity address = topic.address();
        return new ContactScope(
                topic.purpose(), topic.channel(), address == null ? List.of() : tokens(tenant, address));
    }

    /**
     * What the address may be stored by, the newest first.
     *
     * @throws CrmException {@link CoreError#ADDRESS_KEY_MISSING} if nothing hides addresses
     */
    List<String> tokens(TenantId tenant, Identity address) {
        if (addresses == null) {
            throw CoreError.ADDRESS_KEY_MISSING.because("consent about one address needs a key that hides it");
        }
        return addresses.tokens(tenant, address);
    }
}

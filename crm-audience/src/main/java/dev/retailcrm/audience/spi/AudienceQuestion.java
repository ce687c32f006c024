package dev.retailcrm.audience.spi;

import com.google.common.collect.ImmutableSortedSet;
import com.google.common.hash.Hashing;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.RuleQuery;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is to be in an audience at an instant. Only active customers are asked about. Immutable.
 *
 * @param audience its key, by which what was said by hand is found
 * @param basis what decides about those of whom nothing was said by hand
 * @param rule that must hold for them, at its instant
 * @param listing the number of the list that counts, if lists decide
 * @param excluded the audiences of which they must not be members
 * @param limit the most members; {@code null} for any number
 */
public record AudienceQuestion(
        TenantId tenant,
        String audience,
        Basis basis,
        RuleQuery rule,
        long listing,
        Set<String> excluded,
        @Nullable Integer limit) {
    /** What decides. */
    public enum Basis {
        /** The rule. */
        RULE,
        /** A list. */
        LISTED,
        /** Nobody is in, whatever was said by hand. */
        ARCHIVED
    }

    /** Copies the set; refuses missing parts with INVALID_VALUE. */
    public AudienceQuestion {
        Check.present(tenant, "tenant");
        Check.code(audience, 60, "key of the audience");
        Check.present(basis, "basis");
        Check.present(rule, "rule");
        excluded = ImmutableSortedSet.copyOf(excluded);
    }

    /**
     * The place of a customer among those who would be in: of more than the limit those with the least ranks are, as text. The MD5 of the key,
     * a colon and the number of the customer, in small hexadecimal digits.
     */
    @SuppressWarnings("deprecation") // every database has MD5, and nobody is to be kept from guessing
    public String rank(CustomerId customer) {
        return Hashing.md5()
                .hashString(audience + ":" + customer.value(), StandardCharsets.UTF_8)
                .toString();
    }
}

package dev.retailcrm.assets.earn;

import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.AssetKind;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * By which rules customers earn one asset. Immutable; start from {@link #of} and add what differs. All programs of a tenant count side by side.
 *
 * @param key its code, 1 to {@value #MAX_KEY} printable ASCII characters; stays for ever
 * @param asset what is earned: points or growth value
 * @param rules 1 to {@value #MAX_RULES}
 * @param base what of a purchase earns
 * @param availability when it can be used
 * @param caps the most that all rules together give, at most one a period
 * @param retired whether nothing is earned by it any more
 * @param version counts changes from 1; 0 before it is defined
 */
public record EarningProgram(
        String key,
        Asset asset,
        List<EarnRule> rules,
        EarnBase base,
        Availability availability,
        List<EarnCap> caps,
        boolean retired,
        long version) {
    /** The most characters of a key. */
    public static final int MAX_KEY = 40;

    /** The most rules. */
    public static final int MAX_RULES = 200;

    /** The most bytes of the JSON form. */
    public static final int MAX_BYTES = 1_048_576;

    /** Refuses anything else with {@link CoreError#INVALID_VALUE}. */
    public EarningProgram {
        Check.code(key, MAX_KEY, "key of the program");
        if (Check.present(asset, "asset").kind() != AssetKind.POINTS && asset.kind() != AssetKind.GROWTH) {
            throw CoreError.INVALID_VALUE.because("a program gives points or growth value");
        }
        for (Object rule : Check.present(rules, "rules")) {
            Check.present(rule, "rule");
        }
        rules = List.copyOf(rules);
        Check.range(rules.size(), 1, MAX_RULES, "number of rules");
        Set<String> keys = new HashSet<>();
        for (EarnRule rule : rules) {
            if (!keys.add(rule.key())) {
                throw CoreError.INVALID_VALUE.because("two rules have the key %s", rule.key());
            }
        }
        Check.present(base, "base");
        Check.present(availability, "availability");
        caps = EarnRule.requireCaps(caps);
        if (version < 0) {
            throw CoreError.INVALID_VALUE.because("a version must be zero or more");
        }
    }

    /** A program of these rules, on the standard base, available at once, without caps. */
    public static EarningProgram of(String key, Asset asset, List<EarnRule> rules) {
        return new EarningProgram(key, asset, rules, EarnBase.standard(), Availability.atOnce(), List.of(), false, 0);
    }

    /**
     * The program that was written by {@link #toJson}, or by hand: fields that are absent are as in {@link #of}.
     *
     * @param json at most {@value #MAX_BYTES} bytes
     * @throws CrmException {@link dev.retailcrm.assets.ledger.AssetError#INVALID_DEFINITION} naming the place in the JSON
     */
    public static EarningProgram parse(String json) {
        return EarnText.program(json);
    }

    /** Its canonical JSON form: equal programs have equal texts, and {@link #parse} gives the program back. */
    public String toJson() {
        return EarnText.of(this);
    }

    /** The same with other rules. */
    public EarningProgram rules(List<EarnRule> others) {
        return new EarningProgram(key, asset, others, base, availability, caps, retired, version);
    }

    /** The same on another base. */
    public EarningProgram base(EarnBase other) {
        return new EarningProgram(key, asset, rules, other, availability, caps, retired, version);
    }

    /** The same, usable at another time. */
    public EarningProgram available(Availability other) {
        return new EarningProgram(key, asset, rules, base, other, caps, retired, version);
    }

    /** The same with one cap more. */
    public EarningProgram capped(EarnCap cap) {
        List<EarnCap> more = new ArrayList<>(caps);
        more.add(cap);
        return new EarningProgram(key, asset, rules, base, availability, more, retired, version);
    }

    /** With rules more, if it gives points: as far as there is room, and but for those whose keys it has. */
    EarningProgram rewarding(List<EarnRule> more) {
        if (more.isEmpty() || asset.kind() != AssetKind.POINTS) {
            return this;
        }
        Map<String, EarnRule> all = new LinkedHashMap<>();
        rules.forEach(it -> all.put(it.key(), it));
        more.forEach(it -> all.putIfAbsent(it.key(), it));
        return rules(all.values().stream().limit(MAX_RULES).toList());
    }

    EarningProgram at(long number, boolean ended) {
        return new EarningProgram(key, asset, rules, base, availability, caps, ended, number);
    }
}

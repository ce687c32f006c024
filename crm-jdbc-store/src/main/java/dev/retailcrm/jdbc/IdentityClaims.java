package dev.retailcrm.jdbc;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.LookupKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Claims identities for customers, whether they are stored in clear or by blind indexes of several keys. For one command. */
final class IdentityClaims {
    private final IdentityLookup lookup;
    private final Sealing sealing;
    private final TenantId tenant;

    IdentityClaims(IdentityLookup lookup, Sealing sealing, TenantId tenant) {
        this.lookup = lookup;
        this.sealing = sealing;
        this.tenant = tenant;
    }

    /**
     * Claims all or none. They are written with the newest key; then those written with an older one, or in clear, are looked for.
     *
     * @param listed shared keys, which are written with them
     * @return who holds those that are held; empty if all were claimed
     */
    Map<LookupKey, CustomerId> claim(CustomerId customer, List<LookupKey> keys, List<LookupKey> listed) {
        Map<LookupKey, LookupKey> written = new HashMap<>();
        Map<LookupKey, LookupKey> older = new HashMap<>();
        for (LookupKey key : keys) {
            written.put(sealing.written(tenant, key), key);
            sealing.older(tenant, key).forEach(candidate -> older.put(candidate, key));
        }
        listed.forEach(key -> written.put(sealing.written(tenant, key), key));
        List<LookupKey> claims = written.keySet().stream().sorted().toList();
        Map<LookupKey, CustomerId> taken = clear(lookup.claim(customer, claims), written);
        if (taken.isEmpty() && !older.isEmpty()) {
            taken = clear(lookup.holders(List.copyOf(older.keySet())), older);
            if (!taken.isEmpty()) {
                lookup.release(customer, claims);
            }
        }
        return taken;
    }

    /**
     * Claims all for those beside them, or none, and does not wait for those who are held.
     *
     * @return whether they were claimed; if not, somebody holds one, or held it a moment ago
     */
    boolean claimAll(Map<LookupKey, CustomerId> keys) {
        Map<LookupKey, CustomerId> claims = new TreeMap<>();
        Set<LookupKey> older = new HashSet<>();
        keys.forEach((key, customer) -> {
            claims.put(sealing.written(tenant, key), customer);
            if (!key.isShared()) {
                older.addAll(sealing.older(tenant, key));
            }
        });
        boolean claimed = lookup.insert(claims) == claims.size();
        if (claimed && lookup.holders(older, true).isEmpty()) {
            return true;
        }
        lookup.release(claims);
        return false;
    }

    /** Who holds which of the keys, whatever they were written with. */
    Map<LookupKey, CustomerId> holders(Set<LookupKey> keys, boolean fresh) {
        Map<LookupKey, LookupKey> candidates = new HashMap<>();
        keys.forEach(key -> sealing.candidates(tenant, key).forEach(candidate -> candidates.put(candidate, key)));
        return clear(lookup.holders(candidates.keySet(), fresh), candidates);
    }

    void release(CustomerId customer, List<LookupKey> keys) {
        List<LookupKey> all = new ArrayList<>();
        keys.forEach(key -> all.addAll(sealing.candidates(tenant, key)));
        lookup.release(customer, all);
    }

    private static Map<LookupKey, CustomerId> clear(
            Map<LookupKey, CustomerId> holders, Map<LookupKey, LookupKey> clearKeys) {
        Map<LookupKey, CustomerId> clear = new HashMap<>();
        holders.forEach((key, holder) -> clear.put(clearKeys.getOrDefault(key, key), holder));
        return clear;
    }
}

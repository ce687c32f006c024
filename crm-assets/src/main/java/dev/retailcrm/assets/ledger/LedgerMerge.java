package dev.retailcrm.assets.ledger;

import dev.retailcrm.assets.spi.LedgerPorts;
import dev.retailcrm.core.access.Access;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.merge.MergeConflict;
import dev.retailcrm.core.merge.MergePair;
import dev.retailcrm.core.merge.MergePart;
import dev.retailcrm.core.spi.MergeParticipant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Value of a merged customer becomes the survivor's, in every asset: lots keep their part, availability, expiry and cost, and a debt stays
 * one, paid from what the other has. Nothing is merged or taken apart while a hold is open. What was used since a merge is made up from the
 * survivor's other lots when they are taken apart, and told where she has too little. Entries of both tell where the value went. Thread-safe.
 */
public final class LedgerMerge implements MergeParticipant {
    private static final String NAME = "ledger";
    private static final Terms ANY = Terms.in(ZoneOffset.UTC);

    private final LedgerPorts ports;

    /** For all ledgers on these ports. */
    public LedgerMerge(LedgerPorts ports) {
        this.ports = ports;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void lock(MergePair pair) {
        for (CustomerId customer : pair.both()) {
            assets(pair, customer).stream()
                    .limit(1)
                    .forEach(asset -> ports.store().lock(id(pair, asset, customer)));
        }
    }

    @Override
    public MergePart preview(MergePair pair) {
        Map<String, Long> moved = new TreeMap<>();
        List<MergeConflict> conflicts = new ArrayList<>();
        for (Asset asset : assets(pair, pair.merged())) {
            Account account = found(pair, asset, pair.merged());
            conflicts.addAll(holds(pair, account.id()));
            Draft draft = books(pair, asset).settled(account, pair.at(), null);
            if (draft.posted() != 0) {
                moved.put(asset.code(), draft.posted());
            }
        }
        return MergePart.of(NAME, moved, conflicts);
    }

    @Override
    public MergePart merge(MergePair pair) {
        Map<String, Long> moved = new TreeMap<>();
        StringBuilder receipt = new StringBuilder();
        for (Asset asset : assets(pair, pair.merged())) {
            Books books = books(pair, asset);
            Draft from = books.settled(locked(pair, asset, pair.merged()), pair.at(), posting(pair, pair.survivor()));
            new Taking(ports.store()).loadAll(from);
            long posted = from.posted();
            if (from.open().isEmpty() && from.debt() == 0) {
                apply(from);
                continue;
            }
            Draft to = books.settled(opened(pair, asset), pair.at(), posting(pair, pair.merged()));
            new Taking(ports.store()).loadAll(to);
            List<Movement> left = MergedValue.leave(from, from.open(), from.debt());
            long out = from.seq();
            long in = MergedValue.arrive(to, from, left);
            apply(from);
            apply(to);
            moved.put(asset.code(), posted);
            receipt.append(asset.code())
                    .append(' ')
                    .append(out)
                    .append(' ')
                    .append(in)
                    .append(';');
        }
        ports.store().redirect(pair.tenant(), pair.merged(), pair.survivor());
        return new MergePart(NAME, moved, List.of(), receipt.toString());
    }

    @Override
    public List<MergeConflict> previewUnmerge(MergePair pair, MergePart merged) {
        List<MergeConflict> conflicts = new ArrayList<>();
        for (MergedAsset asset : MergedAsset.parse(merged.receipt())) {
            Account survivor = found(pair, asset.asset(), pair.survivor());
            List<MergeConflict> holds = holds(pair, survivor.id());
            conflicts.addAll(holds);
            if (holds.isEmpty()) {
                conflicts.addAll(parting(pair, asset, survivor, found(pair, asset.asset(), pair.merged()))
                        .conflicts());
            }
        }
        return conflicts;
    }

    @Override
    public List<MergeConflict> unmerge(MergePair pair, MergePart merged) {
        List<MergeConflict> conflicts = new ArrayList<>();
        for (MergedAsset asset : MergedAsset.parse(merged.receipt())) {
            Parting parting = parting(
                    pair,
                    asset,
                    locked(pair, asset.asset(), pair.survivor()),
                    locked(pair, asset.asset(), pair.merged()));
            conflicts.addAll(parting.conflicts());
            apply(parting.survivor());
            apply(parting.merged());
        }
        ports.store().redirect(pair.tenant(), pair.merged(), null);
        return conflicts;
    }

    private Parting parting(MergePair pair, MergedAsset asset, Account survivor, Account merged) {
        Books books = books(pair, asset.asset());
        Draft from = books.settled(survivor, pair.at(), posting(pair, pair.merged()));
        Draft to = books.settled(merged, pair.at(), posting(pair, pair.survivor()));
        return new Parting(ports.store(), asset, from, to);
    }

    private void apply(Draft draft) {
        if (draft.isChanged()) {
            ports.store().apply(draft.change(0, draft.seq()).unkeyed());
        }
    }

    private List<MergeConflict> holds(MergePair pair, AccountId id) {
        boolean open = ports.store().openHolds(id).stream()
                .anyMatch(hold -> hold.expiresAt().isAfter(pair.at()));
        return open ? List.of(MergeConflict.blocking(NAME, id.asset().code(), "HOLD_OPEN")) : List.of();
    }

    private List<Asset> assets(MergePair pair, CustomerId customer) {
        return ports.store().assets(pair.tenant(), customer);
    }

    private Account found(MergePair pair, Asset asset, CustomerId customer) {
        AccountId id = id(pair, asset, customer);
        return ports.history().find(id).orElseGet(() -> Account.opened(id, 0));
    }

    private Account locked(MergePair pair, Asset asset, CustomerId customer) {
        return ports.store()
                .lock(id(pair, asset, customer))
                .orElseThrow(() -> CoreError.STORE_FAILED.because("the store shows an account and does not find it"));
    }

    private Account opened(MergePair pair, Asset asset) {
        AccountId id = id(pair, asset, pair.survivor());
        Optional<Account> open = ports.store().lock(id);
        return open.isPresent() ? open.get() : ports.store().open(id);
    }

    private Books books(MergePair pair, Asset asset) {
        return new Books(pair.tenant(), asset, ANY, ports, Proviso.NONE, Access.unrestricted());
    }

    private static Posting posting(MergePair pair, CustomerId other) {
        return new Posting(
                pair.key(), null, pair.actor().store(), pair.actor().operator().orElse(null), other.toString());
    }

    private static AccountId id(MergePair pair, Asset asset, CustomerId customer) {
        return new AccountId(pair.tenant(), customer, asset);
    }
}

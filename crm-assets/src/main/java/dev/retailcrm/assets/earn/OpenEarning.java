package dev.retailcrm.assets.earn;

import dev.retailcrm.assets.checkout.Purchase;
import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.ledger.OpenWallet;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.ledger.ShortfallPolicy;
import dev.retailcrm.assets.spi.CheckoutStanding;
import dev.retailcrm.assets.spi.EarnChange;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What a customer earns by purchases of one moment, worked out first and booked later, once all is decided: for features that book it together with other
 * assets. Made within a unit of work, before anything is locked, and used only there; not thread-safe.
 */
public final class OpenEarning {
    private final Earning earning;
    private final CustomerId customer;
    private final Judgement judgement;
    private CapUses uses = new CapUses(List.of());
    private @Nullable Purchase judged;
    private @Nullable EarnOutcome outcome;
    private long no;

    OpenEarning(Earning earning, CustomerId customer, Judgement judgement) {
        this.earning = earning;
        this.customer = customer;
        this.judgement = judgement;
    }

    /**
     * What a customer earns. A round trip for the programs, and those of audiences and tiers as for
     * {@link Earning#earn(CustomerId, Purchase, Posting)}.
     *
     * @param customer not merged
     * @param rewards rules that count in every program of points beside its own; one that has a rule of the same key keeps its own
     * @param at when it happened; {@code null} for now
     */
    public static OpenEarning of(
            Earning earning, CustomerId customer, Purchase purchase, List<EarnRule> rewards, @Nullable Instant at) {
        return earning.open(customer, purchase, rewards, at);
    }

    /** Whether what was earned is not taken back where less is left. */
    public static boolean refusesShortfall(Earning earning) {
        return earning.terms().shortfall() == ShortfallPolicy.REFUSE;
    }

    /**
     * Takes back what goods earned that are returned, as {@link Earning#takeBack}, and gives back uses that the feature counts itself.
     *
     * @param more what is added to the uses of caps, below zero
     */
    public static Earned takeBack(
            Earning earning,
            CustomerId customer,
            RequestKey original,
            Map<Integer, Money> returned,
            Collection<CapUse> more,
            Posting posting) {
        return earning.takeBack(customer, original, returned, more, posting);
    }

    /**
     * Reads what she used of caps. One round trip, none if nothing is capped.
     *
     * @param others caps whose uses the feature counts itself
     */
    public void load(Collection<EarnCap> others) {
        Set<String> periods = periods(others);
        judged = null;
        uses = new CapUses(periods.isEmpty() ? List.of() : earning.uses(customer, periods));
    }

    /** The periods of which {@link #load} reads the uses. */
    public Set<String> periods(Collection<EarnCap> others) {
        Set<String> periods = new TreeSet<>(judgement.periods());
        others.stream().filter(it -> it.period() != CapPeriod.ORDER).forEach(it -> periods.add(period(it)));
        return periods;
    }

    /** Takes what a checkout read that locked her wallet, in place of {@link #load}. */
    public void know(CheckoutStanding standing) {
        judged = null;
        uses = new CapUses(standing.uses());
        no = standing.lastEarned() + 1;
    }

    /** The assets that may be earned, each once. */
    public Set<Asset> assets() {
        return judgement.assets();
    }

    /**
     * How much of a cap that a feature counts itself is left.
     *
     * @param program in whose name it counts, which is none of an {@link EarningProgram}
     */
    public long room(EarnCap cap, String program) {
        return uses.room(cap, program, "", period(cap));
    }

    /** What a feature uses of a cap. */
    public CapUse use(EarnCap cap, String program, long points) {
        return new CapUse(program, "", period(cap), points, 1);
    }

    private String period(EarnCap cap) {
        return cap.period().at(judgement.at(), earning.terms().zone());
    }

    /** What it would earn, as {@link Earning#simulate} tells. */
    public List<ProgramEarning> earns(Purchase purchase) {
        return outcome(purchase).programs();
    }

    private EarnOutcome outcome(Purchase purchase) {
        EarnOutcome known = outcome;
        Purchase of = judged;
        if (known == null || of == null || !purchase.equals(of)) {
            known = judgement.of(Merit.of(purchase)).calculate(uses);
            outcome = known;
            judged = purchase;
        }
        return known;
    }

    /** Locks her wallet, opening an account in it if she has none. One round trip, as a rule. */
    public void lock() {
        earning.lock(customer, judgement);
    }

    /**
     * Refuses what {@link #booking} would.
     *
     * @throws CrmException {@link AssetError#CAP_EXCEEDED}; {@link AssetError#AMOUNT_OUT_OF_RANGE}; INVALID_VALUE if it is too long to be kept
     */
    public void require(Purchase purchase, Posting posting) {
        Earned earned = earned(purchase, posting);
        EarnText.requireShort(earned.outcome());
        earning.requireRoom(customer, earned, posting);
    }

    /**
     * Decides to give what it earns, under a key that is known to be new. Her wallet is locked.
     *
     * @param more uses that the feature counts itself
     * @param wallet hers, locked, in which the value is given
     * @return what is to be written with what the wallet gathers
     */
    public EarnChange booking(Purchase purchase, Collection<CapUse> more, OpenWallet wallet, Posting posting) {
        List<CapUse> all = new ArrayList<>(outcome(purchase).uses());
        all.addAll(more);
        return earning.booking(earned(purchase, posting), all, wallet, posting);
    }

    private Earned earned(Purchase purchase, Posting posting) {
        no = no == 0 ? earning.last(customer) + 1 : no;
        return Earning.earned(customer, no, Merit.of(purchase), judgement.at(), outcome(purchase), posting);
    }
}

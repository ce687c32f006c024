package dev.retailcrm.assets.coupon;

import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.spi.CouponPorts;
import dev.retailcrm.assets.spi.CouponStore;
import dev.retailcrm.assets.spi.CouponTake;
import dev.retailcrm.core.access.Access;
import dev.retailcrm.core.access.Right;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerIds;
import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The codes that customers of one tenant bring for coupons. Codes are kept as hashes only: what {@link #make} answers is never told again.
 * Commands join the host's transaction if there is one. Thread-safe.
 */
public final class CouponCodes {
    /** The most characters of a code. */
    public static final int LONGEST = 64;

    /** The most codes of one step, or of one import. */
    public static final int MOST = 10_000;

    /** The most codes of one batch. */
    public static final long MOST_OF_BATCH = 1_000_000_000L;

    private static final int DRAWS = 3;

    private final TenantId tenant;
    private final CouponPorts ports;
    private final CouponSettings settings;
    private final CustomerIds ids;
    private final CodeFinder finder;
    private final Instants clock;
    private final Access access;

    CouponCodes(TenantId tenant, CouponPorts ports, CouponSettings settings, CustomerIds ids, Access access) {
        this.tenant = tenant;
        this.ports = ports;
        this.settings = settings;
        this.ids = ids;
        this.finder = new CodeFinder(tenant, ports, settings);
        this.clock = new Instants(ports.clock());
        this.access = access;
    }

    /** The same codes, as far as this access permits. */
    public CouponCodes guardedBy(Access granted) {
        return new CouponCodes(tenant, ports, settings, ids, Check.present(granted, "access"));
    }

    /**
     * Opens a batch of codes; {@link #make} makes them. They count against the limit in all from now on, and not again when customers bring
     * them. The same key and content again opens nothing and answers with the batch as it is by then. Up to six round trips.
     *
     * @param template the key of a template that has not ended
     * @param count 1 to {@value #MOST_OF_BATCH}
     * @throws CrmException {@link AssetError#UNKNOWN_COUPON_TEMPLATE}; {@link AssetError#COUPON_TEMPLATE_STATE};
     *     {@link AssetError#COUPONS_EXHAUSTED}; {@link CoreError#REQUEST_KEY_REUSED}
     */
    public CouponBatch order(String template, long count, RequestKey key) {
        access.require(Right.MANAGE_COUPONS);
        CouponTemplates.checkKey(template);
        Check.present(key, "request key");
        if (count < 1 || count > MOST_OF_BATCH) {
            throw CoreError.INVALID_VALUE.because("a batch has 1 to %d codes", MOST_OF_BATCH);
        }
        long fingerprint =
                Fingerprint.of("coupon.order").and(template).and(count).value();
        return ports.unitOfWork()
                .run(() -> repeated(key, fingerprint)
                        .orElseGet(() -> open(batch(template, false, count, 0), key, fingerprint)
                                .orElseGet(() -> repeated(key, fingerprint).orElseThrow(CouponCodes::unbooked))));
    }

    /**
     * Makes the next codes of a batch, in one transaction: fewer than the limit, and at last none, once all are made. Whoever calls at the same
     * time gets others. After a crash call it again: codes that were made and not told are nobody's. Two round trips, and one for every 10,000.
     *
     * @param limit 1 to {@value #MOST}
     * @throws CrmException {@link AssetError#UNKNOWN_COUPON_BATCH}; {@link AssetError#COUPON_CODE_WITHDRAWN}
     */
    public List<CouponCode> make(CouponId batch, int limit) {
        access.require(Right.MANAGE_COUPONS);
        Check.present(batch, "batch");
        Check.range(limit, 1, MOST, "limit");
        return ports.unitOfWork().run(() -> {
            CouponBatch found = ports.store()
                    .lockBatch(tenant, batch)
                    .filter(it -> !it.foreign())
                    .orElseThrow(CouponCodes::unknown);
            if (found.withdrawn()) {
                throw AssetError.COUPON_CODE_WITHDRAWN.because("the batch was withdrawn");
            }
            List<CouponCode> made = made(batch, (int) Math.min(limit, found.ordered() - found.made()));
            if (!made.isEmpty()) {
                ports.store().write(tenant, found.and(made.size()));
            }
            return made;
        });
    }

    private List<CouponCode> made(CouponId batch, int count) {
        List<CouponCode> made = new ArrayList<>(count);
        for (int draw = 0; made.size() < count && draw < DRAWS; draw++) {
            Map<String, CouponCode> drawn = new LinkedHashMap<>(2 * count);
            for (int i = made.size(); i < count; i++) {
                CouponCode code = CouponCode.draw(settings.random());
                drawn.put(finder.hash(code), code);
            }
            ports.store().addCodes(tenant, batch, drawn.keySet()).forEach(drawn::remove);
            made.addAll(drawn.values());
        }
        if (made.size() < count) {
            throw CoreError.STORE_FAILED.because("the source of codes repeats itself: it is not random");
        }
        return made;
    }

    /**
     * Takes codes over that were made elsewhere, each for one coupon. What stands in the list twice, or is there already, of whatever template,
     * is told and left as it is. The same key and content again imports nothing. Up to nine round trips.
     *
     * @param template the key of a template that has not ended
     * @param codes 1 to {@value #MOST}, each of 1 to {@value #LONGEST} characters, which count; blanks at the ends do not
     * @throws CrmException as {@link #order}; {@link CoreError#INVALID_VALUE} if one is no such text
     */
    public ImportedCodes importCodes(String template, Collection<String> codes, RequestKey key) {
        access.require(Right.MANAGE_COUPONS);
        CouponTemplates.checkKey(template);
        Check.present(key, "request key");
        Check.range(Check.present(codes, "codes").size(), 1, MOST, "number of codes");
        Fingerprint content = Fingerprint.of("coupon.import").and(template);
        List<String> given = new ArrayList<>(codes.size());
        for (String code : codes) {
            given.add(Check.text(Check.present(code, "code").strip(), LONGEST, "code"));
        }
        given.forEach(content::and);
        long fingerprint = content.value();
        return ports.unitOfWork()
                .run(() -> repeated(key, fingerprint)
                        .map(it -> new ImportedCodes(it, List.of()))
                        .orElseGet(() -> imported(template, given, key, fingerprint)));
    }

    /** What others import at the same time is found when it is written, and then counts against the limit as well. */
    private ImportedCodes imported(String template, List<String> given, RequestKey key, long fingerprint) {
        Map<String, Integer> places = new LinkedHashMap<>();
        Set<Integer> refused = new HashSet<>();
        Set<String> candidates = new HashSet<>();
        for (int i = 0; i < given.size(); i++) {
            if (places.putIfAbsent(finder.foreignHash(given.get(i)), i) != null) {
                refused.add(i);
            }
            candidates.addAll(finder.foreignHashes(given.get(i)));
        }
        Set<String> known = ports.store().known(tenant, candidates);
        for (int i = 0; i < given.size(); i++) {
            if (finder.foreignHashes(given.get(i)).stream().anyMatch(known::contains)) {
                refused.add(i);
                places.remove(finder.foreignHash(given.get(i)));
            }
        }
        Optional<CouponBatch> opened = open(batch(template, true, places.size(), places.size()), key, fingerprint);
        if (opened.isEmpty()) {
            return new ImportedCodes(repeated(key, fingerprint).orElseThrow(CouponCodes::unbooked), List.of());
        }
        Set<String> taken = places.isEmpty()
                ? Set.of()
                : ports.store().addCodes(tenant, opened.get().id(), places.keySet());
        taken.forEach(hash -> refused.add(places.getOrDefault(hash, 0)));
        return new ImportedCodes(opened.get(), refused.stream().sorted().toList());
    }

    private CouponBatch batch(String template, boolean foreign, long ordered, long made) {
        Instant now = clock.now();
        return new CouponBatch(CouponId.of(ids.next().value()), template, foreign, ordered, made, false, now, 1);
    }

    /** Empty if the key was booked meanwhile. */
    private Optional<CouponBatch> open(CouponBatch batch, RequestKey key, long fingerprint) {
        CouponTemplate template =
                CouponTemplates.require(ports.store().newest(tenant, batch.template()), batch.template());
        if (template.state() == CouponTemplateState.ENDED) {
            throw AssetError.COUPON_TEMPLATE_STATE.with(
                    Map.of("template", template.key(), "state", template.state().name()), "the template has ended");
        }
        long total = template.limits().total() == 0
                ? Long.MAX_VALUE
                : template.limits().total();
        var take = new CouponTake(template.key(), batch.ordered(), total, null, 0);
        var booked = new Booked(fingerprint, batch.id().toString());
        CouponStore.Applied applied = ports.store().open(tenant, batch, key, booked, take);
        if (applied.outcome() == CouponStore.Outcome.TOO_FEW) {
            long left = applied.left();
            throw AssetError.COUPONS_EXHAUSTED.with(
                    Map.of(
                            "limit",
                            "TOTAL",
                            "requested",
                            batch.ordered(),
                            "available",
                            left,
                            "missing",
                            batch.ordered() - left),
                    "%d codes ordered, %d available",
                    batch.ordered(),
                    left);
        }
        return applied.isWritten() ? Optional.of(batch) : Optional.empty();
    }

    private Optional<CouponBatch> repeated(RequestKey key, long fingerprint) {
        return ports.store().booked(tenant, key).map(booked -> {
            if (booked.fingerprint() != fingerprint) {
                throw CoreError.REQUEST_KEY_REUSED.because("the request key was used before for other content");
            }
            return ports.store().batch(tenant, CouponId.parse(booked.answer())).orElseThrow(CouponCodes::unbooked);
        });
    }

    /**
     * Makes all codes of a batch that no customer has brought good for nothing, for ever; commands that begin after it refuse them. Done again it
     * changes nothing. Two round trips.
     *
     * @throws CrmException {@link AssetError#UNKNOWN_COUPON_BATCH}
     */
    public CouponBatch withdraw(CouponId batch) {
        access.require(Right.MANAGE_COUPONS);
        Check.present(batch, "batch");
        return ports.unitOfWork().run(() -> {
            CouponBatch found = ports.store().lockBatch(tenant, batch).orElseThrow(CouponCodes::unknown);
            if (found.withdrawn()) {
                return found;
            }
            CouponBatch after = found.withdraw();
            ports.store().write(tenant, after);
            return after;
        });
    }

    /** A batch; empty if there is none. One round trip. */
    public Optional<CouponBatch> find(CouponId batch) {
        access.require(Right.MANAGE_COUPONS);
        Check.present(batch, "batch");
        return ports.unitOfWork().read(() -> ports.store().batch(tenant, batch));
    }

    private static CrmException unknown() {
        return AssetError.UNKNOWN_COUPON_BATCH.because("there is no such batch of codes");
    }

    private static CrmException unbooked() {
        return CoreError.STORE_FAILED.because("the store names a request as booked and does not find it");
    }
}

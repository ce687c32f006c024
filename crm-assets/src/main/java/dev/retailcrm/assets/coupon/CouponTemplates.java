package dev.retailcrm.assets.coupon;

import com.google.common.base.CharMatcher;
import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.spi.CouponPorts;
import dev.retailcrm.assets.spi.CouponTaken;
import dev.retailcrm.core.access.Access;
import dev.retailcrm.core.access.Right;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The templates of coupons that one tenant defined. Every change makes a version; coupons keep theirs, while limits and state of the newest bind
 * commands that begin after it. Commands are repeatable: the same key and content again writes nothing and answers with the template as it is
 * by then; keys are unique among all of the tenant's templates and batches of codes. Thread-safe.
 *
 * <p>A command takes five round trips, a question one, without those that open and commit a transaction.
 */
public final class CouponTemplates {
    /** The most characters of a template, as {@link CouponText} writes it. */
    public static final int MAX_TEXT = 90_000;

    private final TenantId tenant;
    private final CouponPorts ports;
    private final Access access;

    CouponTemplates(TenantId tenant, CouponPorts ports, Access access) {
        this.tenant = tenant;
        this.ports = ports;
        this.access = access;
    }

    /** The same templates, as far as this access permits. */
    public CouponTemplates guardedBy(Access granted) {
        return new CouponTemplates(tenant, ports, Check.present(granted, "access"));
    }

    /**
     * Makes a template.
     *
     * @param template a draft or an active one
     * @return it at version 1
     * @throws CrmException {@link AssetError#COUPON_TEMPLATE_EXISTS}; {@link AssetError#COUPON_TEMPLATE_STATE} if it is paused or ended;
     *     {@link CoreError#REQUEST_KEY_REUSED}
     */
    public CouponTemplate define(CouponTemplate template, RequestKey key) {
        access.require(Right.DEFINE);
        Check.present(template, "template");
        if (template.state() != CouponTemplateState.DRAFT && template.state() != CouponTemplateState.ACTIVE) {
            throw refused(template);
        }
        return run("define", template.key(), text(template.at(0)), key, newest -> {
            if (newest.isPresent()) {
                throw exists(template.key());
            }
            return template.at(1);
        });
    }

    /**
     * Changes a template; its state stays. A limit in all can be changed and lifted, but not set where there was none: what was got before
     * was not counted.
     *
     * @param template with the version that was read
     * @return it, one version further
     * @throws CrmException {@link AssetError#UNKNOWN_COUPON_TEMPLATE}; {@link CoreError#VERSION_CONFLICT};
     *     {@link AssetError#COUPON_TEMPLATE_STATE} if it has ended; {@link AssetError#INVALID_COUPON_TEMPLATE};
     *     {@link CoreError#REQUEST_KEY_REUSED}
     */
    public CouponTemplate change(CouponTemplate template, RequestKey key) {
        access.require(Right.DEFINE);
        Check.present(template, "template");
        return run("change", template.key(), text(template), key, newest -> {
            CouponTemplate now = require(newest, template.key());
            if (now.version() != template.version()) {
                throw CoreError.VERSION_CONFLICT.because("the template was changed by somebody else");
            }
            if (now.state() == CouponTemplateState.ENDED) {
                throw refused(now);
            }
            if (now.limits().total() == 0 && template.limits().total() > 0) {
                throw AssetError.INVALID_COUPON_TEMPLATE.because(
                        "a limit in all cannot be set later: what was got before was not counted");
            }
            return template.being(now.state()).at(now.version() + 1);
        });
    }

    /**
     * Lets customers get coupons of a template, whatever its version; one that is active stays as it is.
     *
     * @throws CrmException {@link AssetError#UNKNOWN_COUPON_TEMPLATE}; {@link AssetError#COUPON_TEMPLATE_STATE} if it has ended
     */
    public CouponTemplate activate(String template, RequestKey key) {
        return standing(template, CouponTemplateState.ACTIVE, key);
    }

    /** Lets nobody get coupons of a template until it is active again; otherwise as {@link #activate}. */
    public CouponTemplate pause(String template, RequestKey key) {
        return standing(template, CouponTemplateState.PAUSED, key);
    }

    /** Lets nobody get coupons of a template again; otherwise as {@link #activate}. */
    public CouponTemplate end(String template, RequestKey key) {
        return standing(template, CouponTemplateState.ENDED, key);
    }

    private CouponTemplate standing(String template, CouponTemplateState state, RequestKey key) {
        access.require(Right.DEFINE);
        checkKey(template);
        return run("standing", template, state.name(), key, newest -> {
            CouponTemplate now = require(newest, template);
            if (now.state() == CouponTemplateState.ENDED && state != CouponTemplateState.ENDED) {
                throw refused(now);
            }
            return now.being(state).at(now.version() + 1);
        });
    }

    private static String text(CouponTemplate template) {
        String text = CouponText.of(template);
        if (text.length() > MAX_TEXT) {
            throw AssetError.INVALID_COUPON_TEMPLATE.because(
                    "a template has at most %d characters as JSON: use categories for many articles", MAX_TEXT);
        }
        return text;
    }

    private CouponTemplate run(
            String command,
            String template,
            String content,
            RequestKey key,
            Function<Optional<CouponTemplate>, CouponTemplate> decision) {
        Check.present(key, "request key");
        long fingerprint =
                Fingerprint.of("coupon." + command).and(template).and(content).value();
        return ports.unitOfWork().run(() -> {
            Optional<CouponTemplate> newest = ports.store().lockTemplate(tenant, template);
            if (isRepeated(key, fingerprint)) {
                return require(newest, template);
            }
            CouponTemplate next = decision.apply(newest);
            return ports.store().define(tenant, next, key, new Booked(fingerprint, "template"))
                    ? next
                    : meanwhile(template, key, fingerprint);
        });
    }

    /** What another transaction wrote at the same time: the same, or something else. */
    private CouponTemplate meanwhile(String template, RequestKey key, long fingerprint) {
        CouponTemplate found = ports.store()
                .lockTemplate(tenant, template)
                .orElseThrow(() -> CoreError.LOCK_TIMEOUT.because("another transaction defines the template"));
        if (isRepeated(key, fingerprint)) {
            return found;
        }
        throw exists(template);
    }

    private static CrmException exists(String template) {
        return AssetError.COUPON_TEMPLATE_EXISTS.with(Map.of("template", template), "there is a template %s", template);
    }

    private boolean isRepeated(RequestKey key, long fingerprint) {
        Optional<Booked> booked = ports.store().booked(tenant, key);
        if (booked.isPresent() && booked.get().fingerprint() != fingerprint) {
            throw CoreError.REQUEST_KEY_REUSED.because("the request key was used before for other content");
        }
        return booked.isPresent();
    }

    /** The newest version of a template; empty if there is none. */
    public Optional<CouponTemplate> find(String template) {
        access.require(Right.READ_DEFINITIONS);
        checkKey(template);
        return ports.unitOfWork().read(() -> ports.store().newest(tenant, template));
    }

    /** A version of a template, as a coupon names it; empty if there is none. */
    public Optional<CouponTemplate> find(CouponTemplate.Version version) {
        access.require(Right.READ_DEFINITIONS);
        checkKey(Check.present(version, "version").template());
        return ports.unitOfWork()
                .read(() -> Optional.ofNullable(
                        ports.store().versions(tenant, List.of(version)).get(version)));
    }

    /** The newest versions of all templates, by key. */
    public Page<CouponTemplate> all(PageRequest page) {
        access.require(Right.READ_DEFINITIONS);
        String after = Check.present(page, "page").after();
        if (after != null && !CharMatcher.inRange(' ', '~').matchesAllOf(after)) {
            throw CoreError.INVALID_CURSOR.because("not a cursor of this listing");
        }
        return ports.unitOfWork()
                .read(() -> Page.of(
                        ports.store().templates(tenant, after, page.size() + 1), page.size(), CouponTemplate::key));
    }

    /** How many coupons of a template customers have or had, by the state they are kept in. Those that expired unused are among the available. */
    public Map<CouponState, Long> counts(String template) {
        access.require(Right.READ_DEFINITIONS);
        checkKey(template);
        return ports.unitOfWork().read(() -> ports.store().counts(tenant, template));
    }

    /**
     * How many coupons of a template are left by its limit in all, codes that were ordered taken off; empty if it has no such limit. Two round
     * trips.
     *
     * @throws CrmException {@link AssetError#UNKNOWN_COUPON_TEMPLATE}
     */
    public Optional<Long> left(String template) {
        access.require(Right.READ_DEFINITIONS);
        checkKey(template);
        return ports.unitOfWork().read(() -> {
            long total = require(ports.store().newest(tenant, template), template)
                    .limits()
                    .total();
            CouponTaken taken = ports.store().taken(tenant, template, null);
            return total == 0 ? Optional.empty() : Optional.of(Math.max(0, total - taken.total()));
        });
    }

    static void checkKey(String template) {
        Check.code(template, CouponTemplate.MAX_KEY, "key of the template");
    }

    static CouponTemplate require(Optional<CouponTemplate> found, String key) {
        return found.orElseThrow(
                () -> AssetError.UNKNOWN_COUPON_TEMPLATE.with(Map.of("template", key), "there is no template %s", key));
    }

    static CouponTemplate requireActive(CouponTemplate template) {
        if (template.state() != CouponTemplateState.ACTIVE) {
            throw refused(template);
        }
        return template;
    }

    private static CrmException refused(CouponTemplate template) {
        return AssetError.COUPON_TEMPLATE_STATE.with(
                Map.of("template", template.key(), "state", template.state().name()),
                "the template %s is %s",
                template.key(),
                template.state());
    }
}

package dev.retailcrm.assets.coupon;

import dev.retailcrm.assets.code.CheckedCode;
import dev.retailcrm.assets.code.Guesses;
import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.spi.CouponPorts;
import dev.retailcrm.assets.spi.CouponStore.CodeRow;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.TenantId;
import java.util.List;
import java.util.Optional;

/** Finds codes, those made here in any writing, foreign ones character for character, and slows down whoever guesses. Thread-safe. */
final class CodeFinder {
    private static final String OWN = "coupon";
    private static final String FOREIGN = "coupon-foreign";

    private final TenantId tenant;
    private final CouponPorts ports;
    private final CouponSettings settings;
    private final Guesses guesses;

    CodeFinder(TenantId tenant, CouponPorts ports, CouponSettings settings) {
        this.tenant = tenant;
        this.ports = ports;
        this.settings = settings;
        this.guesses = new Guesses(tenant, settings.throttle(), new Instants(ports.clock()));
    }

    /** What a code made here is stored by. */
    String hash(CouponCode code) {
        return settings.hashes().newest(OWN, tenant, code.characters());
    }

    /** What a foreign code is stored by. */
    String foreignHash(String code) {
        return settings.hashes().newest(FOREIGN, tenant, code);
    }

    /** All that a foreign code may have been stored by. */
    List<String> foreignHashes(String code) {
        return settings.hashes().all(FOREIGN, tenant, code);
    }

    CodeRow find(PresentedCode presented) {
        String code = Check.present(presented, "code").code();
        return guesses.find(presented.origin(), () -> ports.unitOfWork().read(() -> lookup(code)))
                .orElseThrow(CodeFinder::unknown);
    }

    /** As one of ours, if it can be one, and then as a foreign one: each look goes to one place. */
    private Optional<CodeRow> lookup(String code) {
        return CheckedCode.parse(code)
                .flatMap(own -> ports.store().code(tenant, settings.hashes().all(OWN, tenant, own)))
                .or(() -> ports.store().code(tenant, foreignHashes(code)));
    }

    /** Locks a code that nobody has brought, and finds its batch, which is not withdrawn. */
    CouponBatch lockUnused(String hash) {
        CodeRow row = ports.store().lockCode(tenant, hash).orElseThrow(CodeFinder::unknown);
        if (row.customer() != null) {
            throw AssetError.COUPON_CODE_USED.because("a customer has brought the code already");
        }
        CouponBatch batch = ports.store().batch(tenant, row.batch()).orElseThrow(CodeFinder::unknown);
        if (batch.withdrawn()) {
            throw AssetError.COUPON_CODE_WITHDRAWN.because("the code was withdrawn");
        }
        return batch;
    }

    private static CrmException unknown() {
        return AssetError.UNKNOWN_COUPON_CODE.because("no coupon has this code");
    }
}

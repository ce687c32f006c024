package dev.retailcrm.wecom;

import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.tags.TagError;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import me.chanjar.weixin.common.error.WxErrorException;
import me.chanjar.weixin.cp.bean.WxCpBaseResp;

/** Makes calls and tells failures apart. Messages of WeCom may name customers, so only its codes are passed on. Stateless. */
final class WeComCall {
    /** Called too often in a minute, hour or day, of the API or of one customer; and too often at once. */
    private static final Set<Integer> BUSY = Set.of(45_009, 45_033);

    /** How long to wait when a limit of a minute is reached. */
    private static final long MINUTE_MILLIS = 60_000;

    private static final int LIMIT_REACHED = 45_009;

    /** The system is busy (-1), or the token is not taken, though WxJava renews it (40014, 42001, 40001); nobody answered (0, -99). */
    private static final Set<Integer> PASSING = Set.of(-1, 0, -99, 40_001, 40_014, 42_001);

    private WeComCall() {}

    /** A call of WxJava. */
    interface Call<T extends WxCpBaseResp> {
        T make() throws WxErrorException;
    }

    static <T extends WxCpBaseResp> T of(Call<T> call) {
        try {
            return call.make();
        } catch (WxErrorException e) {
            throw failure(e);
        } catch (CrmException e) {
            throw e;
        } catch (RuntimeException e) {
            // WxJava gives up so, and so fails what cannot be read.
            throw TagError.CHANNEL_UNAVAILABLE.because(
                    "WeCom failed with %s", e.getClass().getSimpleName());
        }
    }

    /** Empty if the answer is this code. */
    static <T extends WxCpBaseResp> Optional<T> unless(int code, Call<T> call) {
        try {
            return Optional.of(of(call));
        } catch (CrmException e) {
            if (e.details().containsValue((long) code)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static CrmException failure(WxErrorException failure) {
        int code = failure.getError() == null ? 0 : failure.getError().getErrorCode();
        if (BUSY.contains(code)) {
            return TagError.CHANNEL_BUSY.with(
                    code == LIMIT_REACHED ? Map.of("waitMillis", MINUTE_MILLIS) : Map.of(), "WeCom answered %d", code);
        } else if (PASSING.contains(code) || failure.getCause() instanceof IOException) {
            return TagError.CHANNEL_UNAVAILABLE.because("WeCom answered %d", code);
        }
        return TagError.CHANNEL_REFUSED.with(Map.of("answer", (long) code), "WeCom answered %d", code);
    }
}

package dev.retailcrm.tck;

import dev.retailcrm.assets.ledger.Calendar;
import dev.retailcrm.assets.ledger.Expiry;
import dev.retailcrm.assets.ledger.LapsedReturn;
import dev.retailcrm.assets.ledger.ShortfallPolicy;
import dev.retailcrm.assets.ledger.SpendOrder;
import dev.retailcrm.assets.ledger.Terms;
import dev.retailcrm.tck.LawCommand.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Random terms and commands, the same for the same seed. */
final class LawScript {
    static final int CUSTOMERS = 3;
    static final int ASSETS = 2;

    private static final Set<Kind> GRANTS = EnumSet.of(Kind.EARN, Kind.TOP_UP, Kind.ADJUST);
    private static final Set<Kind> USES = EnumSet.of(Kind.SPEND, Kind.SPEND_UP_TO, Kind.CAPTURE, Kind.ADJUST);
    private static final List<Kind> KINDS = List.of(
            Kind.EARN,
            Kind.EARN,
            Kind.EARN,
            Kind.EARN,
            Kind.TOP_UP,
            Kind.TOP_UP,
            Kind.SPEND,
            Kind.SPEND,
            Kind.SPEND,
            Kind.SPEND_UP_TO,
            Kind.HOLD,
            Kind.HOLD,
            Kind.CAPTURE,
            Kind.CAPTURE,
            Kind.RELEASE,
            Kind.REFUND,
            Kind.REFUND,
            Kind.TAKE_BACK,
            Kind.TAKE_BACK,
            Kind.TAKE_BACK_FOR,
            Kind.ADJUST,
            Kind.TRANSFER,
            Kind.CASH_OUT,
            Kind.SWEEP);

    final List<Terms> terms = new ArrayList<>();
    final List<LawCommand> commands = new ArrayList<>();
    private final Random random;
    private final boolean punctual;
    private Instant now = StoreContract.T0;

    LawScript(long seed, int length) {
        this(seed, length, false);
    }

    /** As many commands; punctual ones are never delivered late. */
    LawScript(long seed, int length, boolean punctual) {
        this.random = new Random(seed);
        this.punctual = punctual;
        for (int i = 0; i < ASSETS; i++) {
            terms.add(randomTerms());
        }
        for (int i = 0; i < length; i++) {
            commands.add(next(i));
        }
    }

    private Terms randomTerms() {
        Terms made = Terms.in(ZoneId.of("Asia/Shanghai"))
                .spending(pick(List.of(SpendOrder.values())))
                .onShortfall(pick(List.of(ShortfallPolicy.values())))
                .expiring(pick(List.of(Expiry.never(), Expiry.days(7), Expiry.days(20), Expiry.sliding(9))));
        made = chance(50) ? made : made.onLapsedReturn(LapsedReturn.grace(between(1, 10)));
        return chance(60) ? made : made.cappedAt(between(200, 900));
    }

    private LawCommand next(int number) {
        if (chance(60)) {
            now = now.plus(pick(List.of(
                    Duration.ofMillis(1),
                    Duration.ofHours(5),
                    Duration.ofDays(1),
                    Duration.ofDays(3),
                    Duration.ofDays(between(1, 12)))));
        }
        if (number > 0 && chance(8)) {
            LawCommand earlier = pick(commands);
            return chance(60) ? earlier.again(now) : earlier.other(now);
        }
        Kind kind = pick(KINDS);
        int customer = random.nextInt(CUSTOMERS);
        int asset = chance(85) ? 0 : 1;
        long amount = chance(10) ? between(150, 600) : between(1, 90);
        boolean grants = kind == Kind.EARN || kind == Kind.TOP_UP;
        return new LawCommand(
                kind,
                (chance(3) ? "shared-" : "k-" + customer + "-") + (chance(2) ? number / 2 : number),
                now,
                chance(85) || punctual ? now : now.minus(Duration.ofHours(between(1, 70))),
                asset,
                customer,
                (customer + between(chance(5) ? 0 : 1, 2)) % CUSTOMERS,
                kind == Kind.ADJUST && chance(50) ? -amount : amount,
                grants && chance(30) ? between(1, 40) : 0,
                grants && chance(40) ? randomExpiry() : null,
                grants && chance(15) ? now.plus(Duration.ofHours(between(-5, 100))) : null,
                kind == Kind.TAKE_BACK_FOR || (grants && chance(40)) ? between(1, 5000) : 0,
                Duration.ofHours(between(1, 200)),
                referred(kind, customer, asset));
    }

    private Expiry randomExpiry() {
        return pick(List.of(
                Expiry.never(),
                Expiry.days(between(1, 15)),
                Expiry.after(between(0, 9), Calendar.DAY),
                Expiry.after(0, Calendar.DAY).toEndOf(Calendar.MONTH),
                Expiry.sliding(between(4, 12)),
                Expiry.until(now.plus(Duration.ofHours(between(-20, 100))))));
    }

    /** The key of an earlier command that this one may refer to, mostly one of the same account. */
    private String referred(Kind kind, int customer, int asset) {
        Set<Kind> fitting = switch (kind) {
            case CAPTURE, RELEASE -> EnumSet.of(Kind.HOLD);
            case REFUND -> USES;
            case TAKE_BACK, TAKE_BACK_FOR -> GRANTS;
            default -> EnumSet.noneOf(Kind.class);
        };
        if (fitting.isEmpty()) {
            return "";
        }
        boolean anything = chance(5);
        List<LawCommand> candidates = commands.stream()
                .filter(it ->
                        anything || (fitting.contains(it.kind()) && it.customer() == customer && it.asset() == asset))
                .toList();
        return candidates.isEmpty()
                ? ""
                : pick(candidates.subList(Math.max(0, candidates.size() - 6), candidates.size()))
                        .key();
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** What the sequence looks like around its end, for a failure's message. */
    static String last(List<LawCommand> commands, int index, @Nullable String expected, @Nullable String actual) {
        StringBuilder text = new StringBuilder();
        for (int i = Math.max(0, index - 39); i <= index; i++) {
            text.append("  ").append(i).append(": ").append(commands.get(i)).append('\n');
        }
        return text.append("  expected ")
                .append(expected)
                .append("\n  actual   ")
                .append(actual)
                .toString();
    }
}

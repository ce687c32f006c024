package dev.retailcrm.core.consent;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import java.util.List;

/**
 * What is asked of a history: a topic without the address in clear. Immutable.
 *
 * @param purpose what for
 * @param channel on which way
 * @param addresses every token the one address may be stored by; empty if no address is named
 */
public record ContactScope(Purpose purpose, Channel channel, List<String> addresses) {
    /** Copies the list; refuses missing parts with {@link CoreError#INVALID_VALUE}. */
    public ContactScope {
        Check.present(purpose, "purpose");
        Check.present(channel, "channel");
        addresses = List.copyOf(addresses);
    }

    /** Whether the proof is a word about this: for all addresses of the channel, or for the one. */
    boolean isMeantBy(ConsentProof proof) {
        ConsentScope scope = proof.scope();
        return purpose.equals(scope.purpose())
                && channel == scope.channel()
                && (scope.address() == null || addresses.contains(scope.address()));
    }
}

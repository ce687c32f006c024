package dev.retailcrm.core.spi;

import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.kernel.TenantId;
import java.util.List;

/**
 * Hides addresses that consent is about, so that no phone number or mail address stands in its tables. Thread-safe; asks no store.
 *
 * <p><b>[AT-1]</b> The same address of the same tenant always has the same tokens, byte for byte; different addresses or tenants share
 * none. <b>[AT-2]</b> Nobody can tell the address from a token without a secret that is kept outside the database.
 */
public interface AddressTokens {
    /**
     * What an address may be stored by: the token of new proofs first, then those of former secrets. One token or more, each of 1 to 64
     * printable ASCII characters.
     */
    List<String> tokens(TenantId tenant, Identity address);
}

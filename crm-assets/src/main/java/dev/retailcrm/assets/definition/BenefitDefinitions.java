package dev.retailcrm.assets.definition;

import dev.retailcrm.assets.benefit.Benefit;
import dev.retailcrm.assets.card.CardProduct;
import dev.retailcrm.assets.spi.BenefitPorts;
import dev.retailcrm.assets.spi.DefinitionKind;
import dev.retailcrm.core.kernel.TenantId;

/** What is defined of benefits and cards, which ask for one another. Stateless. */
public final class BenefitDefinitions {
    private static final Definitions.Form<Benefit> BENEFIT =
            new Definitions.Form<>(Benefit::key, Benefit::version, Benefit::at, Benefit::toJson, Benefit::parse);
    private static final Definitions.Form<CardProduct> CARD = new Definitions.Form<>(
            CardProduct::key, CardProduct::version, CardProduct::at, CardProduct::toJson, CardProduct::parse);

    private BenefitDefinitions() {}

    /** The benefits of a tenant. */
    public static Definitions<Benefit> benefits(TenantId tenant, BenefitPorts ports) {
        return new Definitions<>(
                tenant, ports.ledger().unitOfWork(), ports.definitions(), DefinitionKind.BENEFIT, BENEFIT);
    }

    /** The products of cards of a tenant. */
    public static Definitions<CardProduct> products(TenantId tenant, BenefitPorts ports) {
        return new Definitions<>(tenant, ports.ledger().unitOfWork(), ports.definitions(), DefinitionKind.CARD, CARD);
    }
}

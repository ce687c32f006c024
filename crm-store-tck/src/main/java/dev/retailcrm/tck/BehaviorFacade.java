package dev.retailcrm.tck;

import dev.retailcrm.core.behavior.Behavior;
import dev.retailcrm.core.behavior.BehaviorEvent;
import dev.retailcrm.core.behavior.BehaviorId;
import dev.retailcrm.core.behavior.BehaviorType;
import dev.retailcrm.core.behavior.Properties;
import dev.retailcrm.core.behavior.Property;
import dev.retailcrm.core.behavior.PropertyKind;
import dev.retailcrm.core.behavior.RecordedEvent;
import dev.retailcrm.core.behavior.TimelineQuery;
import dev.retailcrm.core.behavior.Visitor;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import java.time.Instant;
import java.util.List;

/** Behaviour over the fixture's ports, for contracts that test behaviour whatever the store. */
abstract class BehaviorFacade extends FacadeContract {
    static final BehaviorType VIEW = BehaviorType.of("product.viewed")
            .with(Property.text("sku", 40).mandatory())
            .with(Property.of("price", PropertyKind.MONEY))
            .with(Property.of("seconds", PropertyKind.NUMBER));
    static final BehaviorType SIGN = BehaviorType.of("newsletter.signed").keptFor(30);
    static final Visitor BROWSER = Visitor.of("web", "f3b1c2d4e5f60718");

    final Behavior behavior() {
        return new Behavior(ACME, crm().behaviorPorts());
    }

    static BehaviorId id(String value) {
        return BehaviorId.of("web", value);
    }

    static Properties sku(String sku) {
        return Properties.none().text("sku", sku);
    }

    /** A view of a product. */
    static BehaviorEvent view(CustomerId customer, String id, Instant at) {
        return BehaviorEvent.of(customer, VIEW.name(), id(id), at).with(sku("tea"));
    }

    static BehaviorEvent view(Visitor visitor, String id, Instant at) {
        return BehaviorEvent.of(visitor, VIEW.name(), id(id), at).with(sku("tea"));
    }

    final void link(CustomerId customer, String key) {
        behavior().link(BROWSER, customer, RequestKey.of(key));
    }

    final List<RecordedEvent> timeline(CustomerId owner) {
        return Pages.all(7, page -> behavior().timeline(TimelineQuery.of(owner), page));
    }

    /** The ids of her events, the latest first. */
    final List<String> ids(CustomerId owner) {
        return timeline(owner).stream().map(event -> event.id().value()).toList();
    }
}

package dev.retailcrm.core.rule;

import dev.retailcrm.core.access.Access;
import dev.retailcrm.core.access.Right;
import dev.retailcrm.core.kernel.CustomerId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The rights that it takes to ask a rule: who may not see something may not ask about it either. Immutable. */
record RuleRights(Access access, Set<Right> rights) {
    static RuleRights of(Access access, RequiredFacts required) {
        Set<Right> rights = EnumSet.of(Right.READ_CUSTOMER);
        for (String field : required.fields()) {
            rights.add(FieldSpace.of(field).right());
        }
        for (String event : required.events()) {
            rights.add(TradeEvent.of(event).isPresent() ? Right.READ_TRADE : Right.READ_BEHAVIOR);
        }
        if (!required.tags().isEmpty()) {
            rights.add(Right.READ_TAGS);
        }
        if (!required.audiences().isEmpty()) {
            rights.add(Right.READ_AUDIENCES);
        }
        return new RuleRights(access, rights);
    }

    boolean isPersonal() {
        return rights.contains(Right.SEE_PERSONAL_DATA);
    }

    void require(CustomerId customer) {
        rights.forEach(right -> access.require(right, customer));
    }

    void requireAll() {
        rights.forEach(access::require);
    }

    void requireSome() {
        rights.forEach(access::requireSome);
    }

    List<CustomerId> permitted(List<CustomerId> customers) {
        List<CustomerId> permitted = customers;
        for (Right right : rights) {
            permitted = access.permitted(right, permitted);
        }
        return permitted;
    }
}

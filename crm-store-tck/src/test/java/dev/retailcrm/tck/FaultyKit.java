package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.DynamicTest;
import org.junit.platform.engine.discovery.MethodSelector;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Runs the rules of a contract against a faulty store. The nested classes are run by it alone. */
final class FaultyKit {
    /** The faulty store of the rules that run; they do so one after another. */
    private static volatile Supplier<CrmFixture> fixture = InMemoryFixture::new;

    private FaultyKit() {}

    /** A fault that must fail at least one rule with this number. */
    static DynamicTest fault(String what, Class<?> port, Class<?> contract, String rule, FaultyFixture.Wrong wrong) {
        return DynamicTest.dynamicTest(rule + " finds a store that " + what, () -> {
            fixture = () -> new FaultyFixture(new InMemoryDatabase(), port, wrong);
            assertThat(failing(contract, rule)).as("rules %s that failed", rule).isNotEmpty();
        });
    }

    /** The names of rules with this number that fail. */
    private static List<String> failing(Class<?> contract, String rule) {
        MethodSelector[] rules = Arrays.stream(contract.getMethods())
                .map(Method::getName)
                .filter(name -> name.startsWith(rule))
                .map(name -> selectMethod(contract, name))
                .toArray(MethodSelector[]::new);
        assertThat(rules).as("rules %s", rule).isNotEmpty();
        return EngineTestKit.engine("junit-jupiter")
                .configurationParameter("junit.jupiter.execution.timeout.default", "60 s")
                .selectors(rules)
                .execute()
                .testEvents()
                .failed()
                .stream()
                .map(event -> event.getTestDescriptor().getDisplayName())
                .toList();
    }

    private static CrmFixture faulty() {
        return fixture.get();
    }

    static final class LedgerStores extends LedgerStoreContract {
        @Override
        protected CrmFixture fixture() {
            return faulty();
        }
    }

    static final class Histories extends LedgerHistoryStoreContract {
        @Override
        protected CrmFixture fixture() {
            return faulty();
        }
    }

    static final class Requests extends RequestStoreContract {
        @Override
        protected CrmFixture fixture() {
            return faulty();
        }
    }

    static final class Outboxes extends OutboxStoreContract {
        @Override
        protected CrmFixture fixture() {
            return faulty();
        }
    }

    static final class CustomerStores extends CustomerStoreContract {
        @Override
        protected CrmFixture fixture() {
            return faulty();
        }
    }

    static final class GiftCardStores extends GiftCardStoreContract {
        @Override
        protected CrmFixture fixture() {
            return faulty();
        }
    }

    static final class Owners extends AccountOwnersContract {
        @Override
        protected CrmFixture fixture() {
            return faulty();
        }
    }

    static final class UnitsOfWork extends UnitOfWorkContract {
        @Override
        protected CrmFixture fixture() {
            return faulty();
        }
    }

    static final class Books extends LedgerContract {
        @Override
        protected CrmFixture fixture() {
            return faulty();
        }
    }

    static final class Laws extends LedgerLawsContract {
        @Override
        protected CrmFixture fixture() {
            return faulty();
        }
    }
}

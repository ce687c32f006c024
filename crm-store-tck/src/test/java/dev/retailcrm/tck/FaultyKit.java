package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectNestedMethod;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.DynamicTest;
import org.junit.platform.engine.discovery.NestedMethodSelector;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Runs the rules of a contract against a faulty store. The nested class is run by it alone. */
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
        NestedMethodSelector[] rules = Arrays.stream(contract.getMethods())
                .map(Method::getName)
                .filter(name -> name.startsWith(rule))
                .map(name -> selectNestedMethod(List.of(Faulty.class), contract, name))
                .toArray(NestedMethodSelector[]::new);
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

    /** The whole kit on the faulty store. */
    static final class Faulty extends CrmContract {
        @Override
        protected CrmFixture fixture() {
            return fixture.get();
        }
    }
}

package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import dev.retailcrm.tags.TagError;
import dev.retailcrm.tags.spi.ChannelCustomer;
import dev.retailcrm.tags.spi.ChannelPage;
import dev.retailcrm.tags.spi.ChannelTag;
import dev.retailcrm.tags.spi.TagChannel;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.platform.engine.discovery.MethodSelector;
import org.junit.platform.testkit.engine.EngineTestKit;

/** The contract of channels finds each of these faults, under the number of the rule that forbids it. */
class FaultyChannelTest {
    private static volatile Function<SampleChannel, TagChannel> fault = sample -> sample;

    @TestFactory
    Stream<DynamicTest> channels() {
        return Stream.of(
                fault("fails at what is so already", "tc_1_", sample -> new Wrapped(sample) {
                    @Override
                    public void change(String ref, Set<String> added, Set<String> removed) {
                        if (sample.of(ref).containsAll(added)) {
                            throw TagError.CHANNEL_REFUSED.because("she has it");
                        }
                        super.change(ref, added, removed);
                    }
                }),
                fault("takes a refusal for a broken line", "tc_2_", sample -> new Wrapped(sample) {
                    @Override
                    public void change(String ref, Set<String> added, Set<String> removed) {
                        throw TagError.CHANNEL_UNAVAILABLE.because("what now");
                    }
                }),
                fault("names customers in messages", "tc_2_", sample -> new Wrapped(sample) {
                    @Override
                    public void change(String ref, Set<String> added, Set<String> removed) {
                        throw TagError.CHANNEL_REFUSED.because("no %s", ref);
                    }
                }),
                fault("ends after the first page of tags", "tc_3_", sample -> new Wrapped(sample) {
                    @Override
                    public ChannelPage<ChannelTag> tags(@Nullable String cursor) {
                        return new ChannelPage<>(super.tags(cursor).items(), null);
                    }
                }),
                fault("leaves out whoever has no tags", "tc_4_", sample -> new Wrapped(sample) {
                    @Override
                    public ChannelPage<ChannelCustomer> customers(@Nullable String cursor) {
                        ChannelPage<ChannelCustomer> page = super.customers(cursor);
                        return new ChannelPage<>(
                                page.items().stream()
                                        .filter(it -> !it.tags().isEmpty())
                                        .toList(),
                                page.next());
                    }
                }),
                fault("makes a second tag of the same name", "tc_5_", sample -> new Wrapped(sample) {
                    @Override
                    public ChannelTag define(String name, @Nullable String group) {
                        return super.define(name + sample.names().size(), group);
                    }
                }),
                fault("makes a new tag of a new name", "tc_6_", sample -> new Wrapped(sample) {
                    @Override
                    public void rename(String id, String name) {
                        sample.delete(id);
                        super.define(name, "Group");
                    }
                }),
                fault("writes the whole list", "tc_7_", sample -> new Wrapped(sample) {
                    @Override
                    public void change(String ref, Set<String> added, Set<String> removed) {
                        Set<String> others = new HashSet<>(sample.of(ref));
                        others.removeAll(added);
                        super.change(ref, added, others);
                    }
                }),
                fault("shows nothing of it", "tc_7_", sample -> new Wrapped(sample) {
                    @Override
                    public void change(String ref, Set<String> added, Set<String> removed) {}
                }));
    }

    private static DynamicTest fault(String what, String rule, Function<SampleChannel, TagChannel> wrong) {
        return DynamicTest.dynamicTest(rule + " finds a channel that " + what, () -> {
            fault = wrong;
            MethodSelector[] rules = Arrays.stream(TagChannelContract.class.getMethods())
                    .map(Method::getName)
                    .filter(name -> name.startsWith(rule))
                    .map(name -> selectMethod(Faulty.class, name))
                    .toArray(MethodSelector[]::new);
            assertThat(EngineTestKit.engine("junit-jupiter")
                            .selectors(rules)
                            .execute()
                            .testEvents()
                            .failed()
                            .count())
                    .isPositive();
        });
    }

    /** The contract on the faulty channel. */
    static final class Faulty extends SampleChannelTest {
        private final TagChannel wrong = fault.apply(sample());

        @Override
        protected TagChannel channel() {
            return wrong;
        }
    }

    /** The sample as it is. */
    private static class Wrapped implements TagChannel {
        private final SampleChannel sample;

        Wrapped(SampleChannel sample) {
            this.sample = sample;
        }

        @Override
        public String name() {
            return sample.name();
        }

        @Override
        public ChannelPage<ChannelTag> tags(@Nullable String cursor) {
            return sample.tags(cursor);
        }

        @Override
        public ChannelPage<ChannelCustomer> customers(@Nullable String cursor) {
            return sample.customers(cursor);
        }

        @Override
        public ChannelTag define(String name, @Nullable String group) {
            return sample.define(name, group);
        }

        @Override
        public void rename(String id, String name) {
            sample.rename(id, name);
        }

        @Override
        public void change(String ref, Set<String> added, Set<String> removed) {
            sample.change(ref, added, removed);
        }
    }
}

package dev.retailcrm.core.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Positive;
import net.jqwik.api.constraints.StringLength;

class EventKeyPropertyTest {
    @Property
    void is_read_back_from_what_it_shows(
            @ForAll @Positive long customer,
            @ForAll @CharRange(from = 'a', to = 'z') @StringLength(min = 1, max = 16) String source,
            @ForAll @Positive long seq) {
        var key = new EventKey(CustomerId.of(customer), source, seq);

        assertThat(EventKey.parse(key.toString())).isEqualTo(key);
    }

    @Property
    void refuses_any_other_text(@ForAll String text) {
        assertThatThrownBy(() -> EventKey.parse(text)).isInstanceOf(CrmException.class);
    }

    @Example
    void is_ordered_by_number_within_a_stream() {
        var ninth = new EventKey(CustomerId.of(1), "wallet", 9);

        assertThat(ninth).isLessThan(new EventKey(CustomerId.of(1), "wallet", 10));
        assertThat(ninth).isGreaterThan(new EventKey(CustomerId.of(1), "customer", 10));
    }
}

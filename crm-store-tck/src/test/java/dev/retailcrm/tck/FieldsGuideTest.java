package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.field.FieldDefinition;
import dev.retailcrm.core.field.FieldPatch;
import dev.retailcrm.core.field.FieldPattern;
import dev.retailcrm.core.field.FieldSearch;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.field.FieldValues;
import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StaffId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The guide of custom fields quotes this example, which does what its comments say. */
class FieldsGuideTest {
    @Test
    void the_example_does_what_it_says() {
        var crm = InMemoryCrm.on(MutableClock.at("2026-03-01T09:00:00Z"));
        var ann = crm.tenant("shop")
                .customers()
                .register(Registration.of("Ann").key("ann"))
                .id();

        // GUIDE
        var fields = crm.tenant("shop").fields();

        // once, when the shop is set up
        var size = FieldDefinition.of("shoe_size", "Shoe size", FieldType.LONG)
                .between(FieldValue.number(15), FieldValue.number(50));
        var passport = FieldDefinition.of("passport", "Passport", FieldType.TEXT)
                .pattern(FieldPattern.of("[A-Z][0-9]{8}"))
                .asUnique()
                .asPersonal();
        fields.define(size, RequestKey.of("fields/shoe_size"));
        fields.define(passport, RequestKey.of("fields/passport"));

        // at the fitting
        var patch = FieldPatch.none().set("shoe_size", FieldValue.number(42)).clear("passport");
        FieldValues values = fields.as(Actor.staff(StaffId.of("kim"))).set(ann, patch, RequestKey.of("S01/fitting/17"));
        long shoes = values.get("shoe_size").orElseThrow().asLong(); // 42

        // later
        var large = FieldSearch.between("shoe_size", FieldValue.number(40), null);
        Page<CustomerId> found = fields.search(large, PageRequest.first(100)); // ann
        // GUIDE

        assertThat(shoes).isEqualTo(42);
        assertThat(found.items()).containsExactly(ann);
    }

    @Test
    void the_guide_quotes_the_example() throws IOException {
        String source = Files.readString(Path.of("src/test/java/dev/retailcrm/tck/FieldsGuideTest.java"));
        String mark = "// GUIDE\n";
        int start = source.indexOf(mark) + mark.length();
        String example = source.substring(start, source.indexOf(mark, start)).stripIndent();

        assertThat(Files.readString(Path.of("../docs/fields.md"))).contains(example.strip());
    }
}

package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import dev.retailcrm.core.customer.BirthDate;
import dev.retailcrm.core.customer.Customer;
import dev.retailcrm.core.customer.PersonName;
import dev.retailcrm.core.customer.ProfilePatch;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.merge.DuplicateFinder;
import dev.retailcrm.core.merge.MergeStrategy;
import dev.retailcrm.core.merge.Review;
import dev.retailcrm.core.merge.ReviewStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The guide of merging quotes this example, which does what its comments say. */
class ReviewGuideTest {
    private static CustomerId person(InMemoryCrm.Tenant shop, String given, String family, String key) {
        return shop.customers()
                .register(Registration.of(given + " " + family)
                        .with(ProfilePatch.none()
                                .name(PersonName.of(given + " " + family).parts(given, family))
                                .birthDate(BirthDate.of(LocalDate.of(1980, 3, 4))))
                        .key(key))
                .id();
    }

    @Test
    void the_example_does_what_it_says() {
        var acme = InMemoryCrm.on(MutableClock.at("2026-03-01T09:00:00Z")).tenant("acme");
        CustomerId ann = person(acme, "Ann", "Merriweather", "ann");
        CustomerId again = person(acme, "Ann", "Meriweather", "again");
        // GUIDE
        var kim = StaffId.of("kim");
        var reviews = acme.reviews().as(Actor.staff(kim));

        reviews.scan(DuplicateFinder.standard()); // by night: everybody with everybody
        // GUIDE
        CustomerId newcomer = person(acme, "Anne", "Merriweather", "newcomer");
        // GUIDE
        reviews.like(newcomer, DuplicateFinder.standard()); // at once: with those like her

        List<Review> queue =
                reviews.queue(ReviewStatus.OPEN, PageRequest.first(20)).items(); // the likeliest first
        queue.get(0).evidence(); // GIVEN_NAME EXACT, FAMILY_NAME CLOSE, … without the names

        reviews.claim(ann, again, kim); // refused to others as REVIEW_TAKEN
        reviews.same(ann, again, MergeStrategy.standard(), RequestKey.of("review/1")); // merged in the same transaction
        reviews.different(ann, newcomer); // never proposed again, under no id of either
        reviews.history(ann, newcomer, PageRequest.first(20)); // who said so, and when
        reviews.counts(); // SAME 1, DIFFERENT 1, SHADOWED 1: the newcomer with again, who is ann by now
        // GUIDE

        assertThat(queue).hasSize(3);
        assertThat(queue.get(0).evidence()).isNotEmpty();
        assertThat(acme.customers().find(again).map(Customer::id)).contains(ann);
        assertThat(reviews.counts())
                .isEqualTo(Map.of(ReviewStatus.SAME, 1L, ReviewStatus.DIFFERENT, 1L, ReviewStatus.SHADOWED, 1L));
        assertThat(reviews.find(again, newcomer).map(Review::customers)).contains(Set.of(ann, newcomer));
    }

    @Test
    void the_guide_quotes_the_example() throws IOException {
        String source = Files.readString(Path.of("src/test/java/dev/retailcrm/tck/ReviewGuideTest.java"));
        List<String> parts = Splitter.on("// GUIDE\n").splitToList(source);
        String example = parts.get(1).stripTrailing() + "\n" + parts.get(3).stripTrailing();

        assertThat(Files.readString(Path.of("../docs/merge.md")))
                .contains(example.stripIndent().strip());
    }
}

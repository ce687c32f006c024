package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.core.consent.AddressKeys;
import dev.retailcrm.core.consent.Channel;
import dev.retailcrm.core.consent.ConfirmationToken;
import dev.retailcrm.core.consent.ConsentPolicy;
import dev.retailcrm.core.consent.ConsentProof;
import dev.retailcrm.core.consent.ConsentRules;
import dev.retailcrm.core.consent.ContactAnswer;
import dev.retailcrm.core.consent.ContactQuestion;
import dev.retailcrm.core.consent.ContactReason;
import dev.retailcrm.core.consent.ContactTopic;
import dev.retailcrm.core.consent.Declaration;
import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.StaffId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The guide of consent quotes this example, which does what its comments say. */
class ConsentGuideTest {
    @Test
    void the_example_does_what_it_says() {
        var clock = MutableClock.at("2026-03-01T09:00:00Z");
        var now = clock.instant();
        var crm = InMemoryCrm.on(clock);
        var ann = crm.tenant("shop")
                .customers()
                .register(Registration.of("Ann").key("ann"))
                .id();
        var secret = new byte[16];

        // GUIDE
        var consents = crm.tenant("shop")
                .consents(ConsentRules.standard()
                        .purpose("marketing", ConsentPolicy.optIn().lasting(Duration.ofDays(730)))
                        .purpose("newsletter", ConsentPolicy.optIn().confirmed()) // double opt-in
                        .purpose("receipts", ConsentPolicy.optOut())
                        .addresses(AddressKeys.of(secret))); // 16 bytes or more, kept outside the database

        // at the till she signs a form
        var sms = ContactTopic.of("marketing", Channel.SMS);
        var phone = Identity.phone("+8613800138000");
        var form = Declaration.ofStaff(StaffId.of("kim"), "S01/form/17", "till");
        consents.optIn(ann, sms, form.text("2026-01").evidence("scan/17"));
        ContactAnswer given = consents.mayContact(ann, sms.at(phone)); // CONSENT_GIVEN, valid for two years

        // she answers a message with STOP: from here on no operator can opt her in again
        consents.withdraw(ann, sms.at(phone), Declaration.ofCustomer("sms/STOP/4711", "sms"));
        ContactAnswer withdrawn = consents.mayContact(ann, sms.at(phone)); // WITHDRAWN

        // double opt-in: the token goes to the address, and comes back when she clicks
        var news = ContactTopic.of("newsletter", Channel.E_MAIL).at(Identity.email("ann@example.com"));
        var token = ConfirmationToken.random(ann);
        consents.requestDoubleOptIn(token, news, Declaration.ofCustomer("web/ask/1", "web-form"));
        var clicked = ConfirmationToken.parse(token.reveal());
        consents.confirm(clicked, Declaration.ofCustomer("web/yes/1", "mail-link"));

        // what the gateway reports blocks the address for every purpose
        var report = Declaration.ofStaff(StaffId.of("gateway"), "bounce/9", "gateway");
        consents.hardBounce(ann, Channel.SMS, phone, report);

        // up to 1,000 questions in one round trip, and every proof for ever
        var questions = List.of(ContactQuestion.of(ann, sms.at(phone)), ContactQuestion.of(ann, news));
        List<ContactAnswer> answers = consents.mayContact(questions, now); // HARD_BOUNCE, CONSENT_GIVEN
        Page<ConsentProof> history = consents.history(ann, PageRequest.first(50));
        // GUIDE

        assertThat(given).isEqualTo(new ContactAnswer(ContactReason.CONSENT_GIVEN, now.plus(Duration.ofDays(730))));
        assertThat(withdrawn.reason()).isEqualTo(ContactReason.WITHDRAWN);
        assertThat(answers)
                .extracting(ContactAnswer::reason)
                .containsExactly(ContactReason.HARD_BOUNCE, ContactReason.CONSENT_GIVEN);
        assertThat(history.items()).hasSize(5);
    }

    @Test
    void the_guide_quotes_the_example() throws IOException {
        String source = Files.readString(Path.of("src/test/java/dev/retailcrm/tck/ConsentGuideTest.java"));
        String mark = "// GUIDE\n";
        int start = source.indexOf(mark) + mark.length();
        String example = source.substring(start, source.indexOf(mark, start)).stripIndent();

        assertThat(Files.readString(Path.of("../docs/consent.md"))).contains(example.strip());
    }
}

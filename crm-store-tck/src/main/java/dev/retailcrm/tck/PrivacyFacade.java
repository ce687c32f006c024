package dev.retailcrm.tck;

import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.stored.GiftCardIssue;
import dev.retailcrm.assets.stored.GiftCards;
import dev.retailcrm.assets.stored.TopUp;
import dev.retailcrm.core.access.Access;
import dev.retailcrm.core.access.AccessRecorder;
import dev.retailcrm.core.access.Principal;
import dev.retailcrm.core.access.Right;
import dev.retailcrm.core.access.RolePolicy;
import dev.retailcrm.core.access.Whose;
import dev.retailcrm.core.behavior.BehaviorEvent;
import dev.retailcrm.core.behavior.Visitor;
import dev.retailcrm.core.consent.AddressKeys;
import dev.retailcrm.core.consent.ConsentRules;
import dev.retailcrm.core.consent.Consents;
import dev.retailcrm.core.consent.Declaration;
import dev.retailcrm.core.customer.AddressUse;
import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.customer.PersonName;
import dev.retailcrm.core.customer.PostalAddress;
import dev.retailcrm.core.customer.ProfilePatch;
import dev.retailcrm.core.customer.ProfileUpdate;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.field.FieldPatch;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.CustomerIds;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.membership.Enrolment;
import dev.retailcrm.core.membership.Notice;
import dev.retailcrm.core.ownership.Instruction;
import dev.retailcrm.core.ownership.Owner;
import dev.retailcrm.core.privacy.Privacy;
import dev.retailcrm.core.spi.AddressTokens;
import dev.retailcrm.core.spi.PrivacyParticipant;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** People of whom every feature keeps something that names them, over the fixture's ports. */
abstract class PrivacyFacade extends MergeFacade {
    private static final AddressTokens ADDRESSES = AddressKeys.of(new byte[32]);

    /** What of it is personal: each holds this. */
    static final String EVE = "Canary Eve";

    final Privacy privacy(PrivacyParticipant... hosts) {
        var all = Stream.concat(PrivacyParts.of(crm()).stream(), Stream.of(hosts));
        return new Privacy(ACME, crm().privacyPorts(), all.toList());
    }

    final Consents addressedConsents() {
        return new Consents(ACME, ConsentRules.standard().addresses(ADDRESSES), crm().consentPorts());
    }

    final GiftCards giftCards() {
        return GiftCards.builder(ACME, CNY, terms()).in(crm().giftCards(), crm().ledgerPorts(), stored());
    }

    /** Somebody with everything, all of which that could name her holds this name. */
    final CustomerId somebody(String name, String phone) {
        Identity mobile = Identity.phone(phone);
        String word = word(name);
        CustomerId customer = register(Registration.of(name)
                .identity(mobile)
                .email(word + "@example.com")
                .memberCard("card-" + word)
                .with(ProfilePatch.none()
                        .remark("remark of " + name)
                        .addresses(List.of(PostalAddress.of(AddressUse.HOME, "CN", "Wuhan", "1 Street of " + name)))));
        customers().update(ProfileUpdate.of(customer, ProfilePatch.none().name(PersonName.of(name + " II")), key()));
        fields().set(
                        customer,
                        FieldPatch.none()
                                .set("size", FieldValue.number(42))
                                .set("club", FieldValue.text("club of " + name)),
                        key());
        var sms = MARKETING.at(mobile);
        addressedConsents()
                .optIn(
                        customer,
                        sms,
                        Declaration.ofCustomer(key().value(), "web").evidence("scan/" + word));
        Visitor browser = Visitor.of("web", "browser-of-somebody-" + word);
        behavior().record(BehaviorFacade.view(browser, "before-" + word, T0.minusSeconds(60)));
        behavior().link(browser, customer, key());
        behavior()
                .record(BehaviorEvent.of(customer, BehaviorFacade.VIEW.name(), BehaviorFacade.id(word), T0)
                        .with(BehaviorFacade.sku("searched " + word)));
        trade().record(order(customer, "R-1", "2026-02-01T10:00:00", tea("9.90"), pears("3.00", "0.5")));
        trade().refund(refund(customer, "R-1", "1", "2026-02-02T10:00:00", yuan("1.00")));
        points().earn(customer, 100, Posting.key(key()));
        points().adjust(customer, 5, "sorry, " + name, Posting.key(key()).by(StaffId.of("kim")));
        ownership().assign(customer, Owner.staff("kim").in("S01"), Instruction.by("head", key().value()));
        membership().join(customer, Enrolment.of(Notice.ofStaff("kim", key().value())));
        lifecycle().recompute(null, 100);
        return shown(customer);
    }

    /** Somebody, of whom it is written that an operator was shown her. */
    private CustomerId shown(CustomerId customer) {
        return customers()
                .guardedBy(access(Right.SEE_PERSONAL_DATA))
                .find(customer)
                .orElseThrow()
                .id();
    }

    /** The access of an operator who has a right, with a record. */
    final Access access(Right... rights) {
        var policy = RolePolicy.builder((tenant, customers) -> Map.of())
                .allow("officer", Whose.ALL, rights)
                .build();
        return Access.of(ACME, Principal.of("lee").as("officer").forPurpose("request 4711"), policy)
                .recordedBy(new AccessRecorder(crm().accessLog(), CustomerIds.on(crm().clock()), crm().clock()));
    }

    /** Value of hers that stands against her erasure. */
    final void topUp(CustomerId customer) {
        stored().topUp(customer, TopUp.of(yuan("20.00")), Posting.key(key()));
    }

    final CustomerId boundCard(CustomerId customer) {
        CustomerId card = giftCards()
                .issue(GiftCardIssue.of(1, yuan("50.00")).activated(), Posting.key(key()))
                .cards()
                .get(0)
                .id();
        giftCards().bind(card, customer, Posting.key(key()));
        return card;
    }

    static String word(String name) {
        return name.replace(' ', '-').toLowerCase(Locale.ROOT);
    }

    final String export(CustomerId customer) {
        var out = new ByteArrayOutputStream();
        privacy().export(customer, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    /** The rows in which a text is found, in clear or as hexadecimal bytes, whatever its case. */
    final List<String> rowsWith(String text) {
        String sought = text.toLowerCase(Locale.ROOT);
        String bytes = HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
        return crm().dump().stream()
                .filter(row -> row.toLowerCase(Locale.ROOT).contains(sought)
                        || row.toLowerCase(Locale.ROOT).contains(bytes))
                .toList();
    }

    final int events(CustomerId customer, int number) {
        List<BehaviorEvent> events = IntStream.range(0, number)
                .mapToObj(i -> BehaviorFacade.view(customer, "many-" + i, T0.minus(Duration.ofSeconds(i))))
                .toList();
        behavior().recordAll(events);
        return number;
    }
}

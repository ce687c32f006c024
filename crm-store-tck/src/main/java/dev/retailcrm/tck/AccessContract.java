package dev.retailcrm.tck;

import static dev.retailcrm.core.rule.Rules.field;
import static dev.retailcrm.core.rule.Rules.taggedAny;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.assets.rule.AssetVocabulary;
import dev.retailcrm.core.access.Access;
import dev.retailcrm.core.access.AccessEntry;
import dev.retailcrm.core.access.AccessHistory;
import dev.retailcrm.core.access.AccessRecorder;
import dev.retailcrm.core.access.Owners;
import dev.retailcrm.core.access.Principal;
import dev.retailcrm.core.access.Right;
import dev.retailcrm.core.access.RolePolicy;
import dev.retailcrm.core.access.Shown;
import dev.retailcrm.core.access.Whose;
import dev.retailcrm.core.customer.AddressUse;
import dev.retailcrm.core.customer.BirthDate;
import dev.retailcrm.core.customer.Customer;
import dev.retailcrm.core.customer.CustomerView;
import dev.retailcrm.core.customer.CustomerView.MaskedIdentity;
import dev.retailcrm.core.customer.Customers;
import dev.retailcrm.core.customer.Gender;
import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.customer.IdentityKind;
import dev.retailcrm.core.customer.PersonName;
import dev.retailcrm.core.customer.PostalAddress;
import dev.retailcrm.core.customer.ProfileField;
import dev.retailcrm.core.customer.ProfilePatch;
import dev.retailcrm.core.customer.ProfileUpdate;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.field.CustomFields;
import dev.retailcrm.core.field.FieldDefinition;
import dev.retailcrm.core.field.FieldPatch;
import dev.retailcrm.core.field.FieldSearch;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.history.HistoryQuery;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.CustomerIds;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.rule.CompiledRule;
import dev.retailcrm.core.rule.Rule;
import dev.retailcrm.core.rule.RuleQueries;
import dev.retailcrm.core.rule.RuleTime;
import dev.retailcrm.core.spi.RuleVocabulary;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What principals can do with the facades, whatever the store. */
public abstract class AccessContract extends FacadeContract {
    private static final PageRequest PAGE = PageRequest.first(9);
    private static final Identity PHONE = Identity.phone("+8613812348000");
    private static final Identity OTHER = Identity.phone("+8613912349000");
    private static final StoreId STORE = StoreId.of("S01");
    private static final Principal CASHIER = Principal.of("cash").as("cashier").in(STORE);
    private static final Principal ADVISER = Principal.of("kim").as("adviser").forPurpose("complaint 4711");
    private static final Principal OFFICER = Principal.of("lee").as("officer");

    private final Map<CustomerId, Owners> owned = new HashMap<>();
    private final RolePolicy policy = RolePolicy.builder((tenant, customers) -> owned)
            .allow("cashier", Whose.OWN_STORE, Right.READ_CUSTOMER, Right.READ_ASSETS, Right.BOOK_ASSETS)
            .allow("adviser", Whose.OWN, Right.SEE_PERSONAL_DATA, Right.CHANGE_CUSTOMER)
            .allow("officer", Whose.ALL, Right.SEE_PERSONAL_DATA, Right.CHANGE_CUSTOMER, Right.READ_ACCESS_LOG)
            .build();

    private final RolePolicy views = RolePolicy.builder((tenant, customers) -> owned)
            .allow("desk", Whose.ALL, Right.READ_CUSTOMER)
            .show("desk", Shown.CLEAR, "profile.name")
            .show("desk", Shown.MASKED, "profile.birth_date", "profile.addresses", "profile.remark")
            .show("desk", Shown.HIDDEN, "identity.external", "identity.chat")
            .show("desk", Shown.MASKED_3_4, "identity.external.idcard", "custom.passport")
            .allow("florist", Whose.ALL, Right.READ_CUSTOMER)
            .show("florist", Shown.HIDDEN, "profile.name", "custom.size")
            .show("florist", Shown.CLEAR, "profile.birth_date", "identity.phone", "custom.passport")
            .build();

    private CustomerId bob = nobody();

    /** A contract. */
    protected AccessContract() {}

    /** Registers one customer of kim and of S01, and one of nobody. */
    @BeforeEach
    public final void register() {
        ann = customers()
                .register(Registration.of("Ann").identity(PHONE).key("ann"))
                .id();
        bob = customers()
                .register(Registration.of("Bob").identity(OTHER).key("bob"))
                .id();
        owned.put(ann, new Owners(Set.of(StaffId.of("kim")), Set.of(STORE)));
    }

    private Access access(Principal principal) {
        return Access.of(ACME, principal, policy)
                .recordedBy(new AccessRecorder(crm().accessLog(), CustomerIds.on(crm().clock()), crm().clock()));
    }

    private Access viewing(String... roles) {
        Principal principal = Principal.of("eve");
        for (String role : roles) {
            principal = principal.as(role);
        }
        return Access.of(ACME, principal, views)
                .recordedBy(new AccessRecorder(crm().accessLog(), CustomerIds.on(crm().clock()), crm().clock()));
    }

    private CustomerId registerFay() {
        return customers()
                .register(Registration.of("Fay")
                        .with(ProfilePatch.none()
                                .birthDate(BirthDate.of(LocalDate.of(1980, 2, 3)))
                                .gender(Gender.FEMALE)
                                .addresses(
                                        List.of(PostalAddress.of(AddressUse.HOME, "CN", "Shanghai", "1 Main Street")))
                                .remark("likes tulips"))
                        .identity(Identity.phone("+8613612345678"))
                        .identity(Identity.external("idcard", "110101198002034567"))
                        .identity(Identity.external("sap", "4711"))
                        .key("fay"))
                .id();
    }

    @Test
    public final void a_policy_says_how_much_of_a_field_a_role_is_shown() {
        CustomerId fay = registerFay();

        CustomerView plain = customers().view(fay).orElseThrow();
        CustomerView desk = customers().guardedBy(viewing("desk")).view(fay).orElseThrow();
        CustomerView florist =
                customers().guardedBy(viewing("florist")).view(fay).orElseThrow();
        CustomerView both =
                customers().guardedBy(viewing("desk", "florist")).view(fay).orElseThrow();

        assertThat(plain.maskedName()).contains("F**");
        assertThat(plain.fields()).isEmpty();
        assertThat(plain.identities())
                .extracting(MaskedIdentity::masked)
                .containsExactlyInAnyOrder("+86136****5678", "****4567", "****");
        assertThat(desk.maskedName()).contains("Fay");
        assertThat(desk.fields())
                .isEqualTo(Map.of(
                        ProfileField.BIRTH_DATE, "1980-**-**",
                        ProfileField.ADDRESSES, "CN Shanghai ****",
                        ProfileField.REMARK, "****"));
        assertThat(desk.identities())
                .extracting(MaskedIdentity::masked)
                .containsExactlyInAnyOrder("+86136****5678", "110****4567");
        assertThat(florist.maskedName()).isEmpty();
        assertThat(florist.fields()).isEqualTo(Map.of(ProfileField.BIRTH_DATE, "1980-02-03"));
        assertThat(florist.identities()).extracting(MaskedIdentity::masked).contains("+8613612345678");
        assertThat(both.maskedName()).contains("Fay");
        assertThat(both.fields()).containsEntry(ProfileField.BIRTH_DATE, "1980-02-03");
    }

    @Test
    public final void what_a_view_shows_in_clear_is_recorded() {
        CustomerId fay = registerFay();

        customers(CASHIER).view(ann);
        customers().guardedBy(viewing("florist")).view(bob);
        customers().guardedBy(viewing("florist")).viewBy(Identity.external("sap", "4711"));
        customers().guardedBy(viewing("desk")).view(fay);

        assertThat(shown().of(ann, PAGE).items()).as("masked").isEmpty();
        assertThat(shown().of(bob, PAGE).items()).as("her phone number").hasSize(1);
        assertThat(shown().of(fay, PAGE).items()).hasSize(2).allSatisfy(entry -> {
            assertThat(entry.right()).isEqualTo(Right.READ_CUSTOMER);
            assertThat(entry.staff()).isEqualTo(StaffId.of("eve"));
        });
    }

    @Test
    public final void a_rule_that_somebody_else_compiled_tells_nothing_that_is_not_shown() {
        var fields = new CustomFields(ACME, crm().fieldPorts());
        fields.define(
                FieldDefinition.of("limit", "Limit", FieldType.LONG).access(Set.of("officer"), Set.of()),
                RequestKey.of("limit"));
        fields.set(ann, FieldPatch.none().set("limit", FieldValue.number(7)), RequestKey.of("ann's"));
        RuleVocabulary vip = (catalog, tenant) -> catalog.tag("vip");
        var rules = new RuleQueries(ACME, RuleTime.in(ZONE), crm().rulePorts(), List.of(vip, new AssetVocabulary()));
        CompiledRule limit = rules.compile(Rule.of(field("custom.limit").is(7)));
        CompiledRule tagged = rules.compile(Rule.of(taggedAny("vip")));
        RuleQueries hers = rules.guardedBy(access(ADVISER));
        RuleQueries officers = rules.guardedBy(access(OFFICER));

        assertThat(rules.evaluate(limit, ann, T0).holds()).isTrue();
        refused(CoreError.ACCESS_DENIED, () -> hers.evaluate(limit, ann, T0));
        refused(CoreError.ACCESS_DENIED, () -> hers.facts(limit, ann));
        refused(CoreError.ACCESS_DENIED, () -> hers.count(limit, T0));
        refused(CoreError.ACCESS_DENIED, () -> hers.members(limit, T0, null, 10));
        refused(CoreError.ACCESS_DENIED, () -> officers.evaluate(tagged, ann, T0));
        CompiledRule points =
                rules.compile(Rule.of(field("points.standard.available").is(0)));
        assertThat(rules.guardedBy(access(CASHIER)).evaluate(points, ann, T0).holds())
                .isTrue();
        refused(CoreError.ACCESS_DENIED, () -> officers.evaluate(points, ann, T0));
    }

    @Test
    public final void custom_fields_are_viewed_like_the_profile() {
        var plain = new CustomFields(ACME, crm().fieldPorts());
        plain.define(FieldDefinition.of("size", "Size", FieldType.LONG), RequestKey.of("size"));
        plain.define(
                FieldDefinition.of("passport", "Passport", FieldType.TEXT).asPersonal(), RequestKey.of("passport"));
        plain.define(
                FieldDefinition.of("limit", "Limit", FieldType.LONG).access(Set.of("officer"), Set.of()),
                RequestKey.of("limit"));
        plain.set(
                ann,
                FieldPatch.none()
                        .set("size", FieldValue.number(42))
                        .set("passport", FieldValue.text("E1234567890123"))
                        .set("limit", FieldValue.number(7)),
                RequestKey.of("ann's"));

        assertThat(plain.view(ann)).isEqualTo(Map.of("size", "42", "passport", "****0123", "limit", "7"));
        assertThat(plain.guardedBy(viewing("desk")).view(ann))
                .isEqualTo(Map.of("size", "42", "passport", "E12****0123"));
        assertThat(shown().of(ann, PAGE).items()).isEmpty();
        assertThat(plain.guardedBy(viewing("florist")).view(ann)).isEqualTo(Map.of("passport", "E1234567890123"));
        assertThat(shown().of(ann, PAGE).items()).hasSize(1);
        refused(CoreError.ACCESS_DENIED, () -> plain.guardedBy(access(ADVISER)).view(ann));
    }

    private Customers customers(Principal principal) {
        return customers().guardedBy(access(principal));
    }

    private AccessHistory shown() {
        return new AccessHistory(ACME, crm().accessLog(), crm().unitOfWork());
    }

    @Test
    public final void a_cashier_sees_masked_customers_of_her_store_alone() {
        Customers till = customers(CASHIER);

        CustomerView view = till.viewBy(PHONE).orElseThrow();
        assertThat(view.id()).isEqualTo(ann);
        assertThat(view.maskedName()).contains("A**");
        assertThat(view.identities()).containsExactly(new MaskedIdentity(IdentityKind.PHONE, "", "+86138****8000"));
        assertThat(till.view(ann)).contains(view);

        Map<String, Object> somebodys = refused(CoreError.ACCESS_DENIED, () -> till.viewBy(OTHER));
        assertThat(somebodys).containsExactly(Map.entry("right", Right.READ_CUSTOMER));
        assertThat(refused(CoreError.ACCESS_DENIED, () -> till.viewBy(Identity.phone("+8613700000000"))))
                .as("nobody's number is refused alike")
                .isEqualTo(somebodys);
        refused(CoreError.ACCESS_DENIED, () -> till.view(bob));
        refused(CoreError.ACCESS_DENIED, () -> till.find(ann));
        refused(CoreError.ACCESS_DENIED, () -> till.findBy(PHONE));
        assertThat(shown().of(ann, PAGE).items()).isEmpty();
    }

    @Test
    public final void a_cashier_books_for_customers_of_her_store_alone() {
        var till = points().guardedBy(access(CASHIER));

        till.earn(ann, 100, by("earn"));
        assertThat(till.balance(ann).available()).isEqualTo(100);
        refused(CoreError.ACCESS_DENIED, () -> till.earn(bob, 100, by("earn")));
        refused(CoreError.ACCESS_DENIED, () -> till.transfer(ann, bob, 1, by("transfer")));
        refused(CoreError.ACCESS_DENIED, () -> till.adjust(ann, 1, "goodwill", by("adjust")));
        refused(CoreError.ACCESS_DENIED, () -> till.ledger().reads().balance(bob, null));
        refused(CoreError.ACCESS_DENIED, () -> till.ledger().reads().flows(null, null));
        assertThat(points().balance(bob).available()).isZero();
    }

    @Test
    public final void what_is_shown_in_clear_is_recorded() {
        Customers advised = customers(ADVISER);

        assertThat(advised.find(ann)).isEqualTo(customers().find(ann));
        refused(CoreError.ACCESS_DENIED, () -> advised.find(bob));
        Customer renamed = advised.update(
                ProfileUpdate.of(ann, ProfilePatch.none().name(PersonName.of("Anna")), RequestKey.of("rename")));
        customers(OFFICER).findBy(OTHER);
        customers(OFFICER).findBy(Identity.phone("+8613700000000"));

        assertThat(customers()
                        .history(HistoryQuery.of(ann), PAGE)
                        .items()
                        .get(0)
                        .actor())
                .isEqualTo(Actor.staff(StaffId.of("kim")));
        assertThat(renamed.name()).contains(PersonName.of("Anna"));
        List<AccessEntry> ofAnn = shown().of(ann, PAGE).items();
        assertThat(ofAnn)
                .extracting(AccessEntry::right)
                .containsExactlyInAnyOrder(Right.CHANGE_CUSTOMER, Right.SEE_PERSONAL_DATA);
        assertThat(ofAnn).allSatisfy(entry -> {
            assertThat(entry.staff()).isEqualTo(StaffId.of("kim"));
            assertThat(entry.statedPurpose()).contains("complaint 4711");
            assertThat(entry.at()).isEqualTo(crm().clock().instant());
        });
        assertThat(shown().by(StaffId.of("lee"), PAGE).items())
                .extracting(AccessEntry::customer)
                .containsExactly(bob);
        var first = shown().of(ann, PageRequest.first(1));
        var second = shown().of(ann, first.next(1).orElseThrow());
        assertThat(List.of(first.items().get(0), second.items().get(0))).isEqualTo(ofAnn);
        assertThat(second.cursor()).isNull();
    }

    @Test
    public final void custom_fields_are_shown_to_their_roles() {
        var plain = new CustomFields(ACME, crm().fieldPorts());
        plain.define(FieldDefinition.of("size", "Size", FieldType.LONG), RequestKey.of("size"));
        plain.define(
                FieldDefinition.of("limit", "Limit", FieldType.LONG).access(Set.of("officer"), Set.of()),
                RequestKey.of("limit"));
        FieldPatch both = FieldPatch.none().set("size", FieldValue.number(42)).set("limit", FieldValue.number(7));
        plain.set(ann, both, RequestKey.of("ann's"));
        plain.set(bob, both, RequestKey.of("bob's"));
        CustomFields advised = plain.guardedBy(access(ADVISER));
        FieldSearch large = FieldSearch.equalTo("size", FieldValue.number(42));

        assertThat(advised.values(ann).values()).containsOnlyKeys("size");
        assertThat(plain.guardedBy(access(OFFICER)).values(ann).values()).containsOnlyKeys("limit", "size");
        assertThat(advised.search(large, PAGE).items()).containsExactly(ann);
        assertThat(plain.search(large, PAGE).items()).containsExactlyInAnyOrder(ann, bob);
        refused(
                CoreError.ACCESS_DENIED,
                () -> advised.search(FieldSearch.equalTo("limit", FieldValue.number(7)), PAGE));
        refused(CoreError.ACCESS_DENIED, () -> advised.set(ann, both, RequestKey.of("advised")));
    }
}

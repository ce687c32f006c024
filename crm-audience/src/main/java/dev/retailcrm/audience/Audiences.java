package dev.retailcrm.audience;

import dev.retailcrm.audience.spi.AudienceFile;
import dev.retailcrm.audience.spi.AudiencePorts;
import dev.retailcrm.audience.spi.AudienceQuestion;
import dev.retailcrm.audience.spi.AudienceState;
import dev.retailcrm.audience.spi.AudienceTally;
import dev.retailcrm.core.access.Access;
import dev.retailcrm.core.access.Right;
import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.imports.NamedCustomers;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.Survivors;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.rule.CompiledRule;
import dev.retailcrm.core.rule.Rule;
import dev.retailcrm.core.rule.RuleMerge;
import dev.retailcrm.core.rule.RuleQueries;
import dev.retailcrm.core.rule.Verdict;
import dev.retailcrm.core.spi.CustomerSnapshot;
import dev.retailcrm.core.spi.FactObserver;
import dev.retailcrm.core.spi.MergeParticipant;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Audiences of one tenant: defined by rules or lists, with members that are kept, told of, and known at any instant of the past. Customers who are
 * not active, such as those whose processing is restricted, are shown in none. Repeatable by request keys. Immutable, thread-safe.
 */
public final class Audiences {
    /** The most audiences of a tenant, archived ones among them. */
    public static final int MAX_AUDIENCES = 10_000;

    /** The most customers of a step of {@link #advance}. */
    public static final int MAX_STEP = 100_000_000;

    /** The most customers of a list at once. */
    public static final int MAX_LISTED = 1_000;

    private final TenantId tenant;
    private final AudiencePorts ports;
    private final RuleQueries rules;
    private final AudienceQuestions questions;
    private final LiveAudiences following;
    private final boolean live;
    private final AudienceRuns runs;
    private final AudienceBooks books;
    private final AudienceCommands commands;
    private final Instants instants;
    private final Actor actor;
    private final Access access;

    /**
     * The audiences of a tenant.
     *
     * @param rules of the same tenant over the same unit of work, not guarded, with {@link AudienceVocabulary}
     */
    public Audiences(TenantId tenant, AudiencePorts ports, RuleQueries rules) {
        this(
                Check.present(tenant, "tenant"),
                Check.present(ports, "ports"),
                Check.present(rules, "rules"),
                false,
                Actor.UNKNOWN,
                Access.unrestricted());
    }

    private Audiences(
            TenantId tenant, AudiencePorts ports, RuleQueries rules, boolean live, Actor actor, Access access) {
        this.tenant = tenant;
        this.ports = ports;
        this.rules = rules;
        this.questions = new AudienceQuestions(tenant, rules);
        this.following = new LiveAudiences(tenant, ports, rules);
        this.live = live;
        this.runs = new AudienceRuns(tenant, ports, questions, live ? following : null);
        this.books = new AudienceBooks(tenant, ports, questions, runs);
        this.commands = new AudienceCommands(tenant, ports, actor);
        this.instants = new Instants(ports.clock());
        this.actor = actor;
        this.access = access;
    }

    /** The same audiences, defined by this actor: their history names it. */
    public Audiences as(Actor who) {
        return new Audiences(tenant, ports, rules, live, Check.present(who, "actor"), access);
    }

    /** The same audiences, as far as this access permits, and defined by its principal. */
    public Audiences guardedBy(Access granted) {
        Check.present(granted, "access");
        return new Audiences(tenant, ports, rules, live, granted.actor().orElse(actor), granted);
    }

    /**
     * The same audiences, followed: where whoever writes tells the {@link #observer}, {@link #advance} also lets customers enter and leave as time
     * goes by, each at the very instant. Audiences that were computed before it was so are to be {@linkplain #recompute computed} once more.
     */
    public Audiences live() {
        return new Audiences(tenant, ports, rules, true, actor, access);
    }

    /**
     * Keeps active audiences in step with what is written of customers, in the same transactions, but for those in intervals or with a limit; to be given
     * to behaviour, trade, customers, fields, membership, tags and automatic tags of every process that writes. A command that no audience asks
     * about takes one round trip more, another about ten, and three more where she enters or leaves.
     */
    public FactObserver observer() {
        return following;
    }

    /** Keeps audiences in step when customers are merged; the last of the participants. */
    public MergeParticipant mergeParticipant() {
        return new RuleMerge("live-audiences", following::runAll);
    }

    /** Rules with gaps, of which audiences are made. */
    public AudienceTemplates templates() {
        return new AudienceTemplates(tenant, ports, actor, access);
    }

    /** Sets of customers that are frozen. */
    public AudienceSnapshots snapshots() {
        return new AudienceSnapshots(tenant, ports, rules, actor, access);
    }

    /**
     * Makes an audience. If it is active, {@link #advance} computes its members.
     *
     * @return it at version 1
     * @throws CrmException {@link AudienceError#AUDIENCE_EXISTS}; {@link AudienceError#UNKNOWN_AUDIENCE};
     *     {@link AudienceError#AUDIENCE_STATE}; {@link AudienceError#AUDIENCE_CYCLE}; {@link AudienceError#TOO_MANY_AUDIENCES};
     *     {@link CoreError#INVALID_RULE} naming the place in the rule; {@link CoreError#REQUEST_KEY_REUSED}
     */
    public AudienceRule define(AudienceRule audience, RequestKey key) {
        access.require(Right.DEFINE);
        Check.present(audience, "audience");
        var content = Fingerprint.of("audiences.define").and(AudienceText.of(audience));
        return written(commands.run(key, content, catalog -> {
            AudienceRule made = AudienceDecisions.define(audience, catalog);
            requireRule(made);
            if (made.isActive()) {
                runs.begin(made);
            }
            return AudienceSteps.write(made);
        }));
    }

    /**
     * Changes what an audience is for, or pauses, resumes or archives it. Where its members may be others, {@link #advance} computes them;
     * until they are all computed it has those that it had.
     *
     * @param audience with the version that was read, and the same kind
     * @throws CrmException {@link CoreError#VERSION_CONFLICT}; {@link AudienceError#AUDIENCE_FIXED};
     *     {@link AudienceError#AUDIENCE_IN_USE} if one is archived that others ask about; otherwise as {@link #define}
     */
    public AudienceRule change(AudienceRule audience, RequestKey key) {
        access.require(Right.DEFINE);
        Check.present(audience, "audience");
        var content = Fingerprint.of("audiences.change").and(AudienceText.of(audience));
        return written(commands.run(key, content, catalog -> {
            AudienceRule made = AudienceDecisions.change(audience, catalog);
            requireRule(made);
            if (AudienceDecisions.isOther(catalog.require(made.key()), made)) {
                runs.begin(made);
            }
            return AudienceSteps.write(made);
        }));
    }

    private void requireRule(AudienceRule audience) {
        Rule rule = audience.rule();
        if (rule != null && audience.status() != AudienceStatus.ARCHIVED) {
            rules.compile(rule);
        }
    }

    /** What the command made of it; the version that was answered first, whatever it is by now. */
    private AudienceRule written(String answer) {
        int at = answer.lastIndexOf('#');
        String key = answer.substring(0, at);
        long version = Long.parseLong(answer.substring(at + 1));
        return ports.unitOfWork()
                .read(() -> ports.definitions().versions(tenant, key, version - 1, 1).stream()
                        .map(AudienceVersion::audience)
                        .findFirst()
                        .orElseGet(() -> ports.definitions().catalog(tenant).require(key)));
    }

    /** All audiences by key, archived ones among them. Two round trips. */
    public SortedMap<String, AudienceRule> all() {
        access.require(Right.READ_DEFINITIONS);
        return commands.catalog().audiences();
    }

    /** What an audience was defined as, the first version first; nothing of one that there is not. One round trip. */
    public Page<AudienceVersion> history(String audience, PageRequest page) {
        access.require(Right.READ_DEFINITIONS);
        requireKey(audience);
        long after = Check.present(page, "page").afterNumber(0);
        return Page.of(
                ports.unitOfWork().read(() -> ports.definitions().versions(tenant, audience, after, page.size() + 1)),
                page.size(),
                it -> Long.toString(it.audience().version()));
    }

    /** The keys of the audiences that ask about one, or leave its members out, ascending. Two round trips. */
    public List<String> usersOf(String audience) {
        access.require(Right.READ_DEFINITIONS);
        return commands.catalog().usersOf(requireKey(audience));
    }

    /** How far the members of audiences are computed, ascending by key; of those that never were there is nothing. One round trip. */
    public List<AudienceState> states() {
        access.require(Right.READ_DEFINITIONS);
        return ports.unitOfWork().read(() -> ports.members().states(tenant));
    }

    /**
     * How many would enter and leave if an audience were defined so, as of now. Nothing is written.
     *
     * @throws CrmException {@link CoreError#INVALID_RULE}; {@link CoreError#ACCESS_DENIED} also if the rule asks for what may not be seen
     */
    public AudienceTally impact(AudienceRule audience) {
        access.require(Right.READ_AUDIENCES);
        Check.present(audience, "audience");
        return ports.unitOfWork().read(() -> ports.members().impact(question(audience)));
    }

    /**
     * Who would enter, or leave, if an audience were defined so, as of now, ascending by id: pages of a principal may be short, even empty,
     * before the last.
     *
     * @throws CrmException {@link CoreError#INVALID_RULE}; {@link CoreError#INVALID_CURSOR}; {@link CoreError#ACCESS_DENIED} as before
     */
    public Page<CustomerId> impact(AudienceRule audience, boolean entering, PageRequest page) {
        access.requireSome(Right.READ_AUDIENCES);
        Check.present(audience, "audience");
        return AudienceReads.page(
                access,
                page,
                (after, limit) -> ports.unitOfWork()
                        .read(() -> ports.members().differing(question(audience), entering, after, limit)));
    }

    /** Who may not see something may not ask about it. */
    private AudienceQuestion question(AudienceRule audience) {
        AudienceQuestion question = questions.of(audience, state(audience.key()), instants.now());
        rules.guardedBy(access).require(question.rule().rule());
        return question;
    }

    private AudienceState state(String audience) {
        return ports.members().states(tenant).stream()
                .filter(it -> it.audience().equals(audience))
                .findFirst()
                .orElse(AudienceState.none(audience));
    }

    /**
     * Puts a customer into an audience by hand, whatever its rule says, at once if it is active.
     *
     * @return whether she is in then
     * @throws CrmException {@link AudienceError#UNKNOWN_AUDIENCE}; {@link AudienceError#AUDIENCE_STATE} if it is archived;
     *     {@link CoreError#UNKNOWN_CUSTOMER}; {@link CoreError#CUSTOMER_ERASED}; {@link CoreError#CUSTOMER_RESTRICTED};
     *     {@link CoreError#REQUEST_KEY_REUSED}
     */
    public boolean include(String audience, CustomerId customer, RequestKey key) {
        return choose(audience, customer, AudienceChoice.IN, key);
    }

    /** Keeps a customer out of an audience by hand, as {@link #include} puts one in. */
    public boolean exclude(String audience, CustomerId customer, RequestKey key) {
        return choose(audience, customer, AudienceChoice.OUT, key);
    }

    /** Lets the definition decide about a customer again; otherwise as {@link #include}. */
    public boolean lift(String audience, CustomerId customer, RequestKey key) {
        return choose(audience, customer, null, key);
    }

    private boolean choose(String audience, CustomerId customer, @Nullable AudienceChoice choice, RequestKey key) {
        access.require(Right.CHANGE_AUDIENCES, customer);
        return books.choose(requireKey(audience), customer, choice, Check.present(key, "request key"));
    }

    /**
     * Lets a list that is kept by hand name these customers; who is named already is named once. At once if the audience is active.
     *
     * @param customers at most {@value #MAX_LISTED}
     * @throws CrmException {@link AudienceError#UNKNOWN_AUDIENCE}; {@link AudienceError#AUDIENCE_STATE} if it is no such list, or archived
     */
    public AudienceListing list(String audience, Collection<CustomerId> customers) {
        return books.list(requireKey(audience), requireListed(customers), true);
    }

    /** Lets a list that is kept by hand name these customers no more; otherwise as {@link #list}. */
    public AudienceListing unlist(String audience, Collection<CustomerId> customers) {
        return books.list(requireKey(audience), requireListed(customers), false);
    }

    private Collection<CustomerId> requireListed(Collection<CustomerId> customers) {
        Check.present(customers, "customers").forEach(it -> Check.present(it, "customer"));
        Check.range(customers.size(), 0, MAX_LISTED, "number of customers");
        access.requireAll(Right.CHANGE_AUDIENCES, customers);
        return customers;
    }

    /**
     * Begins a new list of an uploaded audience. It counts from {@link #endUpload} on; one that was begun before and not ended never does.
     *
     * @throws CrmException {@link AudienceError#UNKNOWN_AUDIENCE}; {@link AudienceError#AUDIENCE_STATE} if it is not uploaded, or archived
     */
    public void beginUpload(String audience) {
        access.require(Right.CHANGE_AUDIENCES);
        books.beginUpload(requireKey(audience));
    }

    /**
     * Lets the list that was begun name these customers too; who is named already is named once.
     *
     * @param customers at most {@value #MAX_LISTED}
     * @throws CrmException as {@link #beginUpload}, also if none was begun
     */
    public AudienceListing upload(String audience, Collection<CustomerId> customers) {
        access.require(Right.CHANGE_AUDIENCES);
        return books.upload(requireKey(audience), requireListed(customers));
    }

    /** The same of the customers that a file names: {@code imports.named(file, who, run, audiences.fromFile(key))}. */
    public NamedCustomers fromFile(String audience) {
        access.require(Right.CHANGE_AUDIENCES);
        requireKey(audience);
        return customers -> {
            Set<CustomerId> refused =
                    new HashSet<>(upload(audience, new HashSet<>(customers)).refused());
            return customers.stream()
                    .map(it -> new NamedCustomers.Done(
                            false,
                            refused.contains(it)
                                    ? CoreError.UNKNOWN_CUSTOMER.because("there is no customer %s", it)
                                    : null))
                    .toList();
        };
    }

    /** Lets the list that was begun count; {@link #advance} computes the members. Refuses as {@link #upload}. */
    public void endUpload(String audience) {
        access.require(Right.CHANGE_AUDIENCES);
        books.endUpload(requireKey(audience));
    }

    /**
     * Lets {@link #advance} compute the members of an active audience, from the start.
     *
     * @throws CrmException {@link AudienceError#UNKNOWN_AUDIENCE}; {@link AudienceError#AUDIENCE_STATE} if it is not active
     */
    public void recompute(String audience) {
        access.require(Right.OPERATE);
        requireKey(audience);
        ports.unitOfWork().run(() -> {
            AudienceRule its = ports.definitions().catalog(tenant).require(audience);
            if (!its.isActive()) {
                throw AudienceError.AUDIENCE_STATE.with(
                        Map.of("audience", audience, "status", its.status()),
                        "the audience %s is %s",
                        audience,
                        its.status());
            }
            runs.begin(its);
            return audience;
        });
    }

    /**
     * Does the next of what is waiting, in one transaction, or as part of the host's: audiences that are new or changed, whose time has come, or
     * that ask about such ones. Those who enter and leave do so together with the last step. To be repeated until {@link
     * AudienceProgress#isDone() nothing is waiting}, and again as time goes by; after a crash it goes on where it was.
     *
     * @param limit how many customers to look at, 1 to {@value #MAX_STEP}; the more, the faster all are done, and the longer a transaction takes.
     *     Of an audience with a limit all are looked at together
     */
    public AudienceProgress advance(int limit) {
        access.require(Right.OPERATE);
        Check.range(limit, 1, MAX_STEP, "limit");
        return ports.unitOfWork().run(() -> runs.advance(limit));
    }

    /**
     * Who is in an audience, ascending by id: pages of a principal may be short, even empty, before the last. One round trip; of an audience that there
     * is not the page is empty.
     *
     * @throws CrmException {@link CoreError#INVALID_CURSOR}
     */
    public Page<CustomerId> members(String audience, PageRequest page) {
        return page(audience, null, page);
    }

    /**
     * Who was in an audience at an instant, by what is known now; otherwise as {@link #members(String, PageRequest)}.
     *
     * @param at from 1970 to 9999
     */
    public Page<CustomerId> members(String audience, Instant at, PageRequest page) {
        Instants.requireStorable(Check.present(at, "instant"));
        return page(audience, at, page);
    }

    private Page<CustomerId> page(String audience, @Nullable Instant at, PageRequest page) {
        access.requireSome(Right.READ_AUDIENCES);
        requireKey(audience);
        return AudienceReads.page(
                access,
                page,
                (after, limit) ->
                        ports.unitOfWork().read(() -> ports.members().members(tenant, audience, at, after, limit)));
    }

    /** How many are in an audience. One round trip. */
    public long count(String audience) {
        access.require(Right.READ_AUDIENCES);
        requireKey(audience);
        return ports.unitOfWork().read(() -> ports.members().count(tenant, audience, null));
    }

    /** How many were in an audience at an instant. One round trip. */
    public long count(String audience, Instant at) {
        access.require(Right.READ_AUDIENCES);
        requireKey(audience);
        Instants.requireStorable(Check.present(at, "instant"));
        return ports.unitOfWork().read(() -> ports.members().count(tenant, audience, at));
    }

    /**
     * How many are in some audiences and not in others.
     *
     * @throws CrmException {@link CoreError#INVALID_RULE} if there is no such audience
     */
    public long count(AudienceSet set) {
        access.require(Right.READ_AUDIENCES);
        return rules.count(compiled(set), instants.now());
    }

    /**
     * Who is in some audiences and not in others, ascending by id; otherwise as {@link #members(String, PageRequest)}.
     *
     * @throws CrmException {@link CoreError#INVALID_RULE} if there is no such audience; {@link CoreError#INVALID_CURSOR}
     */
    public Page<CustomerId> members(AudienceSet set, PageRequest page) {
        access.requireSome(Right.READ_AUDIENCES);
        Check.present(page, "page");
        CompiledRule rule = compiled(set);
        return AudienceReads.page(access, page, (after, limit) -> rules.members(rule, instants.now(), after, limit));
    }

    private CompiledRule compiled(AudienceSet set) {
        return rules.compile(Check.present(set, "set").rule());
    }

    /** All stays of a customer in audiences, ascending by audience and number; nothing of a customer who does not exist. */
    public Page<AudienceStay> stays(CustomerId customer, PageRequest page) {
        access.require(Right.READ_AUDIENCES, customer);
        Check.present(page, "page");
        return ports.unitOfWork().read(() -> AudiencePrivacy.page(ports.members(), tenant, current(customer), page));
    }

    private CustomerId current(CustomerId customer) {
        Function<CustomerId, Optional<CustomerSnapshot>> find =
                id -> ports.customers().find(tenant, id);
        return Survivors.current(customer, id -> find.apply(id).map(CustomerSnapshot::mergedInto));
    }

    /**
     * Why a customer is in an audience, or out of it; of one who was merged, why the survivor is.
     *
     * @throws CrmException {@link AudienceError#UNKNOWN_AUDIENCE}; {@link CoreError#UNKNOWN_CUSTOMER}; {@link CoreError#CUSTOMER_ERASED};
     *     {@link CoreError#CUSTOMER_RESTRICTED}; {@link CoreError#ACCESS_DENIED} also if the rule asks for what may not be seen
     */
    public AudienceExplanation explain(String audience, CustomerId customer) {
        access.require(Right.READ_AUDIENCES, customer);
        requireKey(audience);
        RuleQueries hers = rules.guardedBy(access);
        return ports.unitOfWork().read(() -> {
            AudienceRule its = ports.definitions().catalog(tenant).require(audience);
            AudienceState state = state(audience);
            Instant now = instants.now();
            AudienceQuestion question = questions.of(its, state, now);
            Rule rule = its.rule();
            Verdict verdict = hers.evaluate(question.rule().rule(), customer, now);
            CustomerId current = current(customer);
            AudienceFile file = ports.members()
                    .find(tenant, current)
                    .orElseThrow(() -> CoreError.UNKNOWN_CUSTOMER.because("there is no customer %s", customer));
            AudiencePick pick = file.picks().getOrDefault(audience, AudiencePick.none(audience));
            return new AudienceExplanation(
                    its,
                    file.stays().get(audience),
                    !ports.members().belonging(question, Set.of(current)).isEmpty(),
                    pick.choice(),
                    pick.isListed(state.listing()),
                    rule == null ? null : verdict,
                    its.excluded().stream().filter(file::isIn).toList());
        });
    }

    private static String requireKey(String audience) {
        return Check.code(audience, AudienceRule.MAX_KEY, "key of the audience");
    }
}

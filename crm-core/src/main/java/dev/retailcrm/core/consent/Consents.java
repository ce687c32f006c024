package dev.retailcrm.core.consent;

import dev.retailcrm.core.access.Access;
import dev.retailcrm.core.access.Right;
import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.Survivors;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.ConsentChange;
import dev.retailcrm.core.spi.ConsentPorts;
import dev.retailcrm.core.spi.ConsentSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the customers of one tenant allowed and refused. Every command records one proof, which is kept for ever, and is repeatable: the
 * same key and content again answers with the first proof and writes nothing. Commands join the host's transaction if there is one.
 * Thread-safe.
 *
 * <p>All commands refuse with {@link CoreError#UNKNOWN_CUSTOMER}, {@link CoreError#CUSTOMER_ERASED},
 * {@link CoreError#REQUEST_KEY_REUSED},
 * {@link CoreError#INSTANT_OUT_OF_RANGE}, {@link CoreError#INVALID_VALUE}, and {@link CoreError#ADDRESS_KEY_MISSING} if they name an
 * address and the {@link ConsentRules} hide none. A command takes six round trips without those that open and commit a transaction; a
 * repetition or refusal up to four.
 */
public final class Consents {
    /** The most questions that are answered at once. */
    public static final int MAX_QUESTIONS = 1_000;

    private final TenantId tenant;
    private final ConsentRules rules;
    private final ConsentPorts ports;
    private final Instants instants;
    private final ContactAnswers answers;
    private final Access access;

    /** The consents of a tenant under these rules. */
    public Consents(TenantId tenant, ConsentRules rules, ConsentPorts ports) {
        this(tenant, rules, ports, Access.unrestricted());
    }

    private Consents(TenantId tenant, ConsentRules rules, ConsentPorts ports, Access access) {
        this.tenant = Check.present(tenant, "tenant");
        this.rules = Check.present(rules, "consent rules");
        this.ports = Check.present(ports, "consent ports");
        this.instants = new Instants(ports.clock());
        this.answers = new ContactAnswers(tenant, rules, ports);
        this.access = access;
    }

    /** The same consents, as far as this access permits. */
    public Consents guardedBy(Access granted) {
        return new Consents(tenant, rules, ports, Check.present(granted, "access"));
    }

    /**
     * She may be contacted. A consent that stands is renewed. Where she refused one address herself, an operator's word about the whole
     * channel leaves that address refused.
     *
     * @throws CrmException {@link CoreError#OWN_REFUSAL_STANDS} if an operator declares it and she had denied or withdrawn it herself by
     *     the time it happened
     */
    public ConsentProof optIn(CustomerId customer, ContactTopic topic, Declaration declaration) {
        access.require(Right.RECORD_CONSENT, customer);
        return word("consent.give", customer, topic, declaration, ConsentFile::give);
    }

    /** She does not want to be contacted any more: {@link #withdraw} if a consent stands, else {@link #deny}. */
    public ConsentProof optOut(CustomerId customer, ContactTopic topic, Declaration declaration) {
        access.require(Right.RECORD_CONSENT, customer);
        return word("consent.opt-out", customer, topic, declaration, ConsentFile::optOut);
    }

    /** She was asked and said no. */
    public ConsentProof deny(CustomerId customer, ContactTopic topic, Declaration declaration) {
        access.require(Right.RECORD_CONSENT, customer);
        return word("consent.deny", customer, topic, declaration, refusing(ConsentAct.DENIED));
    }

    /** She takes a consent back, whether or not one is known. */
    public ConsentProof withdraw(CustomerId customer, ContactTopic topic, Declaration declaration) {
        access.require(Right.RECORD_CONSENT, customer);
        return word("consent.withdraw", customer, topic, declaration, refusing(ConsentAct.WITHDRAWN));
    }

    /**
     * Notes that she is asked to confirm by this token (double opt-in); the host sends it. What stands is left as it is until she confirms;
     * a question about the same topic that was open is replaced. The token can be confirmed for as long as the purpose's policy says, from
     * the time of the declaration on.
     *
     * @param token a new one, {@link ConfirmationToken#random}; repeat the command with the same
     * @throws CrmException {@link CoreError#OWN_REFUSAL_STANDS} as of {@link #optIn}
     */
    public ConsentProof requestDoubleOptIn(ConfirmationToken token, ContactTopic topic, Declaration declaration) {
        access.require(
                Right.RECORD_CONSENT, Check.present(token, "confirmation token").customer());
        String hash = token.hash();
        ContactScope scope = scope(topic);
        var request = request(scope, Fingerprint.of("consent.ask").and(hash), declaration);
        Instant end = rules.policy(scope.purpose()).openUntil(request.occurredAt());
        return change(token.customer(), request, file -> file.ask(scope, hash, end, request));
    }

    /**
     * She confirmed by the token that was sent to her. Each token is used once.
     *
     * @param declaration her own
     * @throws CrmException {@link CoreError#UNKNOWN_CONFIRMATION}; {@link CoreError#CONFIRMATION_ENDED} if the token was used, its time is
     *     over, or another question or a refusal came between; {@link CoreError#INVALID_VALUE} if an operator declares it
     */
    public ConsentProof confirm(ConfirmationToken token, Declaration declaration) {
        access.require(
                Right.RECORD_CONSENT, Check.present(token, "confirmation token").customer());
        String hash = token.hash();
        var request =
                ConsentRequest.of(declaration, Fingerprint.of("consent.confirm").and(hash), instants);
        if (!request.provenance().isHerOwn()) {
            throw CoreError.INVALID_VALUE.because("only the customer can confirm");
        }
        return change(token.customer(), request, file -> file.confirm(hash, request));
    }

    /** Messages to this address come back for good: it is not used on this channel, whatever the purpose, until that is lifted. */
    public ConsentProof hardBounce(CustomerId customer, Channel channel, Identity address, Declaration declaration) {
        access.require(Right.RECORD_CONSENT, customer);
        return address(ConsentAct.BOUNCED, customer, channel, address, declaration);
    }

    /**
     * Messages to this address arrive again.
     *
     * @throws CrmException {@link CoreError#NO_BOUNCE} if no bounce stands at the time
     */
    public ConsentProof liftBounce(CustomerId customer, Channel channel, Identity address, Declaration declaration) {
        access.require(Right.RECORD_CONSENT, customer);
        return address(ConsentAct.BOUNCE_LIFTED, customer, channel, address, declaration);
    }

    /** The holder of this address complained: it is never used on this channel again, whatever the purpose. */
    public ConsentProof complaint(CustomerId customer, Channel channel, Identity address, Declaration declaration) {
        access.require(Right.RECORD_CONSENT, customer);
        return address(ConsentAct.COMPLAINED, customer, channel, address, declaration);
    }

    /** Whether she may be contacted now; see {@link #mayContact(CustomerId, ContactTopic, Instant)}. */
    public ContactAnswer mayContact(CustomerId customer, ContactTopic topic) {
        return mayContact(customer, topic, instants.now());
    }

    /**
     * Whether she may be contacted. Name the address if it is known: a refusal, bounce or complaint of one address is not seen without it.
     * One round trip.
     *
     * @param at from 1970 to 9999, past or to come
     * @return also for a customer who does not exist: {@link ContactReason#UNKNOWN_CUSTOMER}; of one whose data is not to be processed:
     *     {@link ContactReason#RESTRICTED}
     * @throws CrmException {@link CoreError#INSTANT_OUT_OF_RANGE}; {@link CoreError#ADDRESS_KEY_MISSING}
     */
    public ContactAnswer mayContact(CustomerId customer, ContactTopic topic, Instant at) {
        access.require(Right.READ_CONSENT, customer);
        return answers.to(List.of(ContactQuestion.of(customer, topic)), at).get(0);
    }

    /**
     * Whether these customers may be contacted, as {@link #mayContact(CustomerId, ContactTopic, Instant)}. One round trip.
     *
     * @param questions at most {@value #MAX_QUESTIONS}
     * @return the answers in the order of the questions
     * @throws CrmException {@link CoreError#INVALID_VALUE} for more questions
     */
    public List<ContactAnswer> mayContact(List<ContactQuestion> questions, Instant at) {
        access.requireEach(Right.READ_CONSENT, questions, ContactQuestion::customer);
        Check.range(Check.present(questions, "questions").size(), 0, MAX_QUESTIONS, "number of questions");
        return answers.to(questions, at);
    }

    /** Everything that was recorded about her, the first proof first; nothing of a customer who does not exist. One round trip. */
    public Page<ConsentProof> history(CustomerId customer, PageRequest page) {
        access.require(Right.READ_CONSENT, customer);
        long after = Check.present(page, "page").afterNumber(0);
        List<ConsentProof> found =
                ports.unitOfWork().read(() -> ports.store().proofs(tenant, customer, after, page.size() + 1));
        boolean more = found.size() > page.size();
        List<ConsentProof> shown = more ? found.subList(0, page.size()) : found;
        return new Page<>(shown, more ? Long.toString(shown.get(page.size() - 1).seq()) : null);
    }

    /** What a command decides about a topic. */
    private interface Word {
        ConsentChange decide(ConsentFile file, ContactScope topic, ConsentRequest request);
    }

    private static Word refusing(ConsentAct refusal) {
        return (file, topic, request) -> file.refuse(refusal, topic, request);
    }

    private ConsentProof word(
            String command, CustomerId customer, ContactTopic topic, Declaration declaration, Word word) {
        ContactScope scope = scope(topic);
        var request = request(scope, Fingerprint.of(command), declaration);
        return change(customer, request, file -> word.decide(file, scope, request));
    }

    private ConsentProof address(
            ConsentAct act, CustomerId customer, Channel channel, Identity address, Declaration declaration) {
        List<String> tokens =
                rules.tokens(tenant, Check.present(channel, "channel").address(address));
        var content = Fingerprint.of(act.eventType()).and(channel.name()).and(tokens.get(0));
        var request = ConsentRequest.of(declaration, content, instants);
        return change(customer, request, file -> file.note(act, channel, tokens, request));
    }

    private ContactScope scope(ContactTopic topic) {
        return rules.scope(tenant, Check.present(topic, "topic"));
    }

    private ConsentRequest request(ContactScope scope, Fingerprint content, Declaration declaration) {
        List<String> tokens = scope.addresses();
        content.and(scope.purpose().code()).and(scope.channel().name()).and(tokens.isEmpty() ? null : tokens.get(0));
        return ConsentRequest.of(declaration, content, instants);
    }

    private static ConsentFile file(ConsentSnapshot before) {
        if (before.status() == CustomerStatus.ERASED) {
            throw CoreError.CUSTOMER_ERASED.because("customer %s was erased", before.customer());
        }
        return new ConsentFile(before);
    }

    /** By its number, or by the one it had before its customer was merged into this one. */
    private static Predicate<ConsentProof> isAnswer(@Nullable CustomerId home, long seq) {
        return home == null
                ? proof -> proof.seq() == seq
                : proof -> proof.origins().contains(new Origin(home, seq));
    }

    /** Locks, decides and writes. Whether the key is booked is asked only when that fails: it seldom is. */
    private ConsentProof change(
            CustomerId customer, ConsentRequest request, Function<ConsentFile, ConsentChange> command) {
        Check.present(customer, "customer");
        return ports.unitOfWork()
                .run(() -> Survivors.follow(customer, current -> {
                    ConsentSnapshot before = locked(current);
                    ConsentChange change;
                    try {
                        change = command.apply(file(before));
                    } catch (CrmException refusal) {
                        return repeated(before, request).orElseThrow(() -> refusal);
                    }
                    if (ports.store().apply(change)) {
                        return change.proof();
                    }
                    return repeated(before, request)
                            .orElseThrow(() -> CoreError.STORE_FAILED.because(
                                    "the store names a request as booked and does not find it"));
                }));
    }

    private ConsentSnapshot locked(CustomerId customer) {
        ConsentSnapshot found = ports.store()
                .lock(tenant, customer)
                .orElseThrow(() -> CoreError.UNKNOWN_CUSTOMER.because("there is no customer %s", customer));
        if (found.mergedInto() != null) {
            throw Survivors.mergedInto(customer, found.mergedInto());
        }
        return found;
    }

    /** The proof that was recorded under the request's key; empty if the key is new. */
    private Optional<ConsentProof> repeated(ConsentSnapshot now, ConsentRequest request) {
        return ports.requests()
                .find(tenant, now.customer(), request.key())
                .flatMap(booked -> now.history().proofs().stream()
                        .filter(isAnswer(booked.home(), request.answer(booked)))
                        .findFirst());
    }
}

package dev.retailcrm.audience;

import com.google.common.collect.ImmutableSortedSet;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.rule.Rule;
import java.time.Duration;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An audience as a tenant defines it. Immutable.
 *
 * <p>Who is in: she who was included by hand; nobody who was excluded by hand; of the others those for whom the rule holds, or whom the list
 * names, and who are in none of the excluded audiences. Of more than the limit, those included by hand come first, then those whose
 * {@linkplain dev.retailcrm.audience.spi.AudienceQuestion#rank rank} is least, so that the same customers stay.
 *
 * @param key its code, 1 to 60 printable ASCII characters; stays for ever
 * @param name for people, 1 to 100 characters
 * @param kind how it comes by its members; stays
 * @param status where it stands
 * @param rule whom it is for; {@code null} of lists
 * @param every of scheduled ones how long after a computation the next is due, 1 minute to 366 days; {@code null} of others
 * @param excluded the keys of audiences whose members are left out, ascending; at most 20
 * @param limit how many members it may have, unless more are included by hand, 1 to 100,000,000; {@code null} for any number
 * @param owner who looks after it; {@code null} if nobody
 * @param description for people, 1 to 500 characters; {@code null} if there is none
 * @param number of the audience within its tenant, from 1; 0 before it is defined
 * @param version counts changes from 1; 0 before it is defined
 */
public record AudienceRule(
        String key,
        String name,
        AudienceKind kind,
        AudienceStatus status,
        @Nullable Rule rule,
        @Nullable Duration every,
        SortedSet<String> excluded,
        @Nullable Integer limit,
        @Nullable StaffId owner,
        @Nullable String description,
        long number,
        long version) {
    /** The most characters of a key. */
    public static final int MAX_KEY = 60;

    /** The greatest limit. */
    public static final int MAX_LIMIT = 100_000_000;

    private static final int MAX_EXCLUDED = 20;
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(366);

    /** Refuses malformed parts with {@link CoreError#INVALID_VALUE}. */
    public AudienceRule {
        Check.code(key, MAX_KEY, "key of the audience");
        Check.text(name, 100, "name of the audience");
        Check.present(kind, "kind");
        Check.present(status, "status");
        excluded = ImmutableSortedSet.copyOf(Check.present(excluded, "excluded audiences"));
        Check.range(excluded.size(), 0, MAX_EXCLUDED, "number of excluded audiences");
        excluded.forEach(it -> Check.code(it, MAX_KEY, "key of an excluded audience"));
        if ((rule != null) != kind.isByRule()) {
            throw CoreError.INVALID_VALUE.because("an audience has a rule unless it is a list");
        }
        if ((every != null) != (kind == AudienceKind.SCHEDULED)) {
            throw CoreError.INVALID_VALUE.because("a scheduled audience, and no other, has an interval");
        }
        if (every != null && (every.compareTo(SHORTEST) < 0 || every.compareTo(LONGEST) > 0)) {
            throw CoreError.INVALID_VALUE.because("the interval must be 1 minute to 366 days");
        }
        if (limit != null) {
            Check.range(limit, 1, MAX_LIMIT, "limit");
        }
        if (description != null) {
            Check.text(description, 500, "description");
        }
        if (number < 0 || version < 0 || (number == 0) != (version == 0)) {
            throw CoreError.INVALID_VALUE.because("numbers and versions count from 1");
        }
    }

    private static AudienceRule of(
            String key, String name, AudienceKind kind, @Nullable Rule rule, @Nullable Duration every) {
        return new AudienceRule(
                key, name, kind, AudienceStatus.ACTIVE, rule, every, new TreeSet<>(), null, null, null, 0, 0);
    }

    /** Whom a rule holds for. */
    public static AudienceRule dynamic(String key, String name, Rule rule) {
        return of(key, name, AudienceKind.DYNAMIC, Check.present(rule, "rule"), null);
    }

    /** Whom a rule held for when it was last asked, in intervals. */
    public static AudienceRule scheduled(String key, String name, Rule rule, Duration every) {
        return of(key, name, AudienceKind.SCHEDULED, Check.present(rule, "rule"), Check.present(every, "interval"));
    }

    /** Those on a list that is kept by hand. */
    public static AudienceRule list(String key, String name) {
        return of(key, name, AudienceKind.STATIC_LIST, null, null);
    }

    /** Those on a list that is replaced as a whole. */
    public static AudienceRule uploaded(String key, String name) {
        return of(key, name, AudienceKind.UPLOADED, null, null);
    }

    /** The same by another name. */
    public AudienceRule named(String other) {
        return new AudienceRule(
                key, other, kind, status, rule, every, excluded, limit, owner, description, number, version);
    }

    /** The same, explained. */
    public AudienceRule describedAs(String text) {
        return new AudienceRule(
                key,
                name,
                kind,
                status,
                rule,
                every,
                excluded,
                limit,
                owner,
                Check.present(text, "description"),
                number,
                version);
    }

    /** The same, looked after by somebody. */
    public AudienceRule ownedBy(StaffId staff) {
        return new AudienceRule(
                key,
                name,
                kind,
                status,
                rule,
                every,
                excluded,
                limit,
                Check.present(staff, "owner"),
                description,
                number,
                version);
    }

    /** The same for whom another rule holds. */
    public AudienceRule when(Rule other) {
        return new AudienceRule(
                key,
                name,
                kind,
                status,
                Check.present(other, "rule"),
                every,
                excluded,
                limit,
                owner,
                description,
                number,
                version);
    }

    /** The same without the members of these audiences, in the place of those left out before. */
    public AudienceRule without(String... audiences) {
        return new AudienceRule(
                key,
                name,
                kind,
                status,
                rule,
                every,
                ImmutableSortedSet.copyOf(audiences),
                limit,
                owner,
                description,
                number,
                version);
    }

    /** The same with so many members at the most. */
    public AudienceRule limitedTo(int members) {
        return new AudienceRule(
                key, name, kind, status, rule, every, excluded, members, owner, description, number, version);
    }

    /** The same with any number of members. */
    public AudienceRule unlimited() {
        return new AudienceRule(
                key, name, kind, status, rule, every, excluded, null, owner, description, number, version);
    }

    /** The same, only thought about yet. */
    public AudienceRule asDraft() {
        return standing(AudienceStatus.DRAFT);
    }

    /** The same with the members that its definition gives it. */
    public AudienceRule activated() {
        return standing(AudienceStatus.ACTIVE);
    }

    /** The same, keeping the members that it has. */
    public AudienceRule paused() {
        return standing(AudienceStatus.PAUSED);
    }

    /** The same without members, for ever. */
    public AudienceRule archived() {
        return standing(AudienceStatus.ARCHIVED);
    }

    private AudienceRule standing(AudienceStatus other) {
        return new AudienceRule(
                key, name, kind, other, rule, every, excluded, limit, owner, description, number, version);
    }

    /** Whether it has the members that its definition gives it. */
    public boolean isActive() {
        return status == AudienceStatus.ACTIVE;
    }

    /** The keys of the audiences that it asks about or leaves out, ascending. */
    public SortedSet<String> dependencies() {
        SortedSet<String> all = new TreeSet<>(excluded);
        if (rule != null) {
            all.addAll(rule.requiredFacts().audiences());
        }
        return all;
    }

    /** The keys of the tags that it asks about, ascending. */
    public Set<String> tags() {
        return rule == null ? Set.of() : Set.copyOf(rule.requiredFacts().tags());
    }

    AudienceRule at(long itsNumber, long itsVersion) {
        return new AudienceRule(
                key, name, kind, status, rule, every, excluded, limit, owner, description, itsNumber, itsVersion);
    }

    /** The stream of events that tell of its members. */
    String stream() {
        return "aud-" + number;
    }
}

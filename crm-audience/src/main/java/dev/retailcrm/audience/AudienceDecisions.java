package dev.retailcrm.audience;

import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** What may be defined of audiences and templates, and what becomes of it. Stateless. */
final class AudienceDecisions {
    private AudienceDecisions() {}

    static AudienceRule define(AudienceRule audience, AudienceCatalog catalog) {
        if (catalog.audiences().containsKey(audience.key())) {
            throw exists(audience.key());
        }
        if (audience.status() == AudienceStatus.PAUSED || audience.status() == AudienceStatus.ARCHIVED) {
            throw CoreError.INVALID_VALUE.because("an audience is defined as a draft, or active");
        }
        requireRoom(catalog.audiences().size(), Audiences.MAX_AUDIENCES);
        requireDependencies(audience, catalog);
        return audience.at(catalog.audiences().size() + 1L, 1);
    }

    static AudienceRule change(AudienceRule audience, AudienceCatalog catalog) {
        AudienceRule before = catalog.require(audience.key());
        if (audience.version() != before.version()) {
            throw CoreError.VERSION_CONFLICT.with(
                    Map.of("version", before.version()),
                    "it was changed since version %d was read",
                    audience.version());
        }
        boolean possible = before.status() != AudienceStatus.ARCHIVED
                && before.kind() == audience.kind()
                && before.number() == audience.number()
                && (audience.status() != AudienceStatus.DRAFT || before.status() == AudienceStatus.DRAFT);
        if (!possible) {
            throw AudienceError.AUDIENCE_FIXED.with(
                    Map.of("audience", audience.key()),
                    "kind and number of the audience %s stay, nor is it a draft again, nor in use once archived",
                    audience.key());
        }
        if (audience.status() == AudienceStatus.ARCHIVED) {
            requireUnused(audience.key(), catalog);
        } else {
            requireDependencies(audience, catalog);
        }
        return audience.at(before.number(), before.version() + 1);
    }

    /** Whether the members may be others than by the definition before. */
    static boolean isOther(AudienceRule before, AudienceRule after) {
        return before.status() != after.status()
                || !Objects.equals(before.rule(), after.rule())
                || !before.excluded().equals(after.excluded())
                || !Objects.equals(before.limit(), after.limit());
    }

    private static void requireDependencies(AudienceRule audience, AudienceCatalog catalog) {
        for (String key : audience.dependencies()) {
            if (!key.equals(audience.key()) && catalog.require(key).status() == AudienceStatus.ARCHIVED) {
                throw AudienceError.AUDIENCE_STATE.with(
                        Map.of("audience", key, "status", AudienceStatus.ARCHIVED), "the audience %s is archived", key);
            }
        }
        Set<String> reached = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(audience.dependencies());
        while (!open.isEmpty()) {
            String key = open.remove();
            if (key.equals(audience.key())) {
                SortedSet<String> circle = new TreeSet<>(reached);
                circle.add(key);
                throw AudienceError.AUDIENCE_CYCLE.with(
                        Map.of("audiences", List.copyOf(circle)), "what %s asks about asks about it", key);
            }
            AudienceRule next = catalog.audiences().get(key);
            if (reached.add(key) && next != null) {
                open.addAll(next.dependencies());
            }
        }
    }

    private static void requireUnused(String audience, AudienceCatalog catalog) {
        List<String> uses = catalog.usersOf(audience);
        if (!uses.isEmpty()) {
            throw AudienceError.AUDIENCE_IN_USE.with(Map.of("uses", uses), "the audience %s is in use", audience);
        }
    }

    static AudienceTemplate define(AudienceTemplate template, AudienceCatalog catalog) {
        if (catalog.templates().containsKey(template.key()) || RetailTemplates.ALL.containsKey(template.key())) {
            throw exists(template.key());
        }
        requireRoom(catalog.templates().size(), AudienceTemplates.MAX_TEMPLATES);
        return template.at(1);
    }

    static AudienceTemplate change(AudienceTemplate template, AudienceCatalog catalog) {
        AudienceTemplate before = requireOwn(template.key(), catalog);
        if (template.version() != before.version()) {
            throw CoreError.VERSION_CONFLICT.with(
                    Map.of("version", before.version()),
                    "it was changed since version %d was read",
                    template.version());
        }
        return template.at(before.version() + 1);
    }

    static AudienceTemplate requireOwn(String key, AudienceCatalog catalog) {
        AudienceTemplate template = catalog.templates().get(key);
        if (template == null) {
            throw AudienceError.UNKNOWN_AUDIENCE_TEMPLATE.with(
                    Map.of("template", key), "the tenant has no template %s of its own", key);
        }
        return template;
    }

    private static void requireRoom(long present, int max) {
        if (present >= max) {
            throw AudienceError.TOO_MANY_AUDIENCES.with(Map.of("max", max), "there are %d already", max);
        }
    }

    private static CrmException exists(String key) {
        return AudienceError.AUDIENCE_EXISTS.with(Map.of("key", key), "there is %s already", key);
    }
}

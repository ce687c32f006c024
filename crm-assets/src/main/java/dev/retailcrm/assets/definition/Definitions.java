package dev.retailcrm.assets.definition;

import com.google.common.collect.ImmutableSortedMap;
import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.spi.Definition;
import dev.retailcrm.assets.spi.DefinitionKind;
import dev.retailcrm.assets.spi.DefinitionSet;
import dev.retailcrm.assets.spi.DefinitionStore;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.RequestStore.Booked;
import dev.retailcrm.core.spi.UnitOfWork;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** What one tenant defined of one kind. Thread-safe. */
public final class Definitions<T> {
    /** The most definitions of a kind, retired ones included. */
    public static final int MAX = 1_000;

    private final TenantId tenant;
    private final UnitOfWork work;
    private final DefinitionStore store;
    private final DefinitionKind kind;
    private final Form<T> form;

    /**
     * How something is kept.
     *
     * @param key what names it
     * @param version its version; 0 before it is defined
     * @param at the same with a version, retired or not
     * @param json its canonical JSON form
     * @param parse what was kept
     */
    public record Form<T>(
            Function<T, String> key,
            ToLongFunction<T> version,
            Versioned<T> at,
            Function<T, String> json,
            Function<String, T> parse) {}

    /** Gives something a version. */
    public interface Versioned<T> {
        /** The same with a version, retired or not. */
        T at(T definition, long version, boolean retired);
    }

    /** The definitions of a kind. */
    public Definitions(TenantId tenant, UnitOfWork work, DefinitionStore store, DefinitionKind kind, Form<T> form) {
        this.tenant = tenant;
        this.work = work;
        this.store = store;
        this.kind = kind;
        this.form = form;
    }

    /** All by key, retired ones among them. One round trip if nothing was changed. */
    public SortedMap<String, T> all() {
        return work.read(() -> read(store.all(tenant, kind)));
    }

    private SortedMap<String, T> read(DefinitionSet set) {
        return set.as(this::parsed);
    }

    private ImmutableSortedMap<String, T> parsed(List<Definition> items) {
        ImmutableSortedMap.Builder<String, T> all = ImmutableSortedMap.naturalOrder();
        items.forEach(it -> all.put(it.key(), form.parse().apply(it.json())));
        return all.build();
    }

    /** A version, be it the latest or not. */
    public Optional<T> version(String key, long version) {
        return work.read(() -> store.version(tenant, kind, key, version))
                .map(it -> form.parse().apply(it.json()));
    }

    /** What is defined under a key, or {@link AssetError#UNKNOWN_DEFINITION}. */
    public T require(String key) {
        return require(all(), key);
    }

    private static <T> T require(Map<String, T> all, String key) {
        T found = all.get(key);
        if (found == null) {
            throw AssetError.UNKNOWN_DEFINITION.with(Map.of("key", key), "nothing is defined under %s", key);
        }
        return found;
    }

    /**
     * Makes something, or changes it: with version 0 there must be none of its key, else that version must be the latest.
     *
     * @param check refuses what does not go together with the rest
     */
    public T define(T definition, RequestKey key, Consumer<T> check) {
        String name = form.key().apply(definition);
        var content = Fingerprint.of("definition.define").and(form.json().apply(definition));
        return run(
                name,
                key,
                content,
                all -> {
                    long version = requireVersion(all, definition);
                    check.accept(definition);
                    if (version == 0 && all.size() >= MAX) {
                        throw AssetError.TOO_MANY_DEFINITIONS.because("a tenant has at most %d of a kind", MAX);
                    }
                    return form.at().at(definition, version + 1, false);
                },
                false);
    }

    private long requireVersion(Map<String, T> all, T definition) {
        T latest = all.get(form.key().apply(definition));
        long version = latest == null ? 0 : form.version().applyAsLong(latest);
        if (form.version().applyAsLong(definition) != version) {
            throw CoreError.VERSION_CONFLICT.with(Map.of("version", version), "the latest version is %d", version);
        }
        return version;
    }

    /** Takes something out of use; it stays known. {@link #define} with its version brings it back. */
    public T retire(String name, RequestKey key) {
        var content = Fingerprint.of("definition.retire").and(name);
        return run(
                name,
                key,
                content,
                all -> {
                    T latest = require(all, name);
                    return form.at().at(latest, form.version().applyAsLong(latest) + 1, true);
                },
                true);
    }

    private T run(
            String name, RequestKey key, Fingerprint content, Function<Map<String, T>, T> decision, boolean retired) {
        Check.present(key, "request key");
        long fingerprint = content.value();
        return work.run(() -> {
            SortedMap<String, T> all = read(store.lock(tenant, kind));
            Optional<Booked> booked = store.booked(tenant, kind, key);
            if (booked.isPresent()) {
                if (booked.get().fingerprint() != fingerprint) {
                    throw CoreError.REQUEST_KEY_REUSED.because("the request key was used for other content");
                }
                return version(name, Long.parseLong(booked.get().answer()))
                        .orElseThrow(() -> CoreError.STORE_FAILED.because("a version that was written is not found"));
            }
            T next = decision.apply(all);
            long version = form.version().applyAsLong(next);
            String json = form.json().apply(next);
            T kept = form.parse()
                    .apply(json); // what could not be read again would stop everything that asks for definitions
            store.define(
                    tenant,
                    new Definition(kind, name, version, retired, json),
                    key,
                    new Booked(fingerprint, Long.toString(version)));
            return kept;
        });
    }
}

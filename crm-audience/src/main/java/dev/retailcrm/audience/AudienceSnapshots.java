package dev.retailcrm.audience;

import dev.retailcrm.audience.spi.AudiencePorts;
import dev.retailcrm.core.access.Access;
import dev.retailcrm.core.access.Right;
import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.rule.CompiledRule;
import dev.retailcrm.core.rule.RuleQueries;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sets of customers of one tenant, frozen for campaigns. Immutable, thread-safe. */
public final class AudienceSnapshots {
    /** The most snapshots of a tenant. */
    public static final int MAX_SNAPSHOTS = 10_000;

    private final TenantId tenant;
    private final AudiencePorts ports;
    private final RuleQueries rules;
    private final AudienceCommands commands;
    private final Instants instants;
    private final Actor actor;
    private final Access access;

    AudienceSnapshots(TenantId tenant, AudiencePorts ports, RuleQueries rules, Actor actor, Access access) {
        this.tenant = tenant;
        this.ports = ports;
        this.rules = rules;
        this.commands = new AudienceCommands(tenant, ports, actor);
        this.instants = new Instants(ports.clock());
        this.actor = actor;
        this.access = access;
    }

    /** The same snapshots, as far as this access permits. */
    public AudienceSnapshots guardedBy(Access granted) {
        return new AudienceSnapshots(tenant, ports, rules, actor, Check.present(granted, "access"));
    }

    /**
     * Freezes who is in some audiences now. One statement, whatever it comes to; no ids pass through memory.
     *
     * @param snapshot its key, 1 to 60 printable ASCII characters, which no other snapshot has
     * @throws CrmException {@link AudienceError#SNAPSHOT_EXISTS}; {@link AudienceError#TOO_MANY_AUDIENCES};
     *     {@link CoreError#INVALID_RULE} if there is no such audience; {@link CoreError#REQUEST_KEY_REUSED}
     */
    public AudienceSnapshot freeze(String snapshot, AudienceSet set, RequestKey key) {
        access.require(Right.CHANGE_AUDIENCES);
        Check.code(snapshot, AudienceRule.MAX_KEY, "key of the snapshot");
        Check.present(set, "set");
        CompiledRule rule = rules.compile(set.rule());
        Fingerprint content =
                Fingerprint.of("audiences.freeze").and(snapshot).and(set.rule().toJson());
        Instant now = instants.now();
        commands.run(key, content, catalog -> {
            List<AudienceSnapshot> present = ports.members().snapshots(tenant);
            if (present.stream().anyMatch(it -> it.key().equals(snapshot))) {
                throw AudienceError.SNAPSHOT_EXISTS.with(
                        Map.of("snapshot", snapshot), "there is a snapshot %s already", snapshot);
            } else if (present.size() >= MAX_SNAPSHOTS) {
                throw AudienceError.TOO_MANY_AUDIENCES.with(
                        Map.of("max", MAX_SNAPSHOTS), "there are %d already", MAX_SNAPSHOTS);
            }
            ports.members().freeze(tenant, new AudienceSnapshot(snapshot, set.rule(), now, 0), rules.query(rule, now));
            return AudienceSteps.answering(snapshot);
        });
        return require(snapshot);
    }

    private AudienceSnapshot require(String snapshot) {
        return find(snapshot)
                .orElseThrow(() -> AudienceError.UNKNOWN_SNAPSHOT.with(
                        Map.of("snapshot", snapshot), "there is no snapshot %s", snapshot));
    }

    private Optional<AudienceSnapshot> find(String snapshot) {
        return ports.unitOfWork()
                .read(() -> ports.members().snapshots(tenant).stream()
                        .filter(it -> it.key().equals(snapshot))
                        .findFirst());
    }

    /** All of them by key. One round trip. */
    public List<AudienceSnapshot> all() {
        access.require(Right.READ_DEFINITIONS);
        return ports.unitOfWork().read(() -> ports.members().snapshots(tenant));
    }

    /**
     * Who is in a snapshot, ascending by id: pages of a principal may be short, even empty, before the last. One round trip; of a snapshot that is not
     * there the page is empty.
     *
     * @throws CrmException {@link CoreError#INVALID_CURSOR}
     */
    public Page<CustomerId> members(String snapshot, PageRequest page) {
        access.requireSome(Right.READ_AUDIENCES);
        Check.code(snapshot, AudienceRule.MAX_KEY, "key of the snapshot");
        return AudienceReads.page(
                access,
                page,
                (after, limit) ->
                        ports.unitOfWork().read(() -> ports.members().frozen(tenant, snapshot, after, limit)));
    }

    /**
     * Deletes a snapshot.
     *
     * @throws CrmException {@link AudienceError#UNKNOWN_SNAPSHOT}; {@link CoreError#REQUEST_KEY_REUSED}
     */
    public void delete(String snapshot, RequestKey key) {
        access.require(Right.CHANGE_AUDIENCES);
        Check.code(snapshot, AudienceRule.MAX_KEY, "key of the snapshot");
        commands.run(key, Fingerprint.of("audiences.thaw").and(snapshot), catalog -> {
            require(snapshot);
            ports.members().thaw(tenant, snapshot);
            return AudienceSteps.answering(snapshot);
        });
    }
}

package dev.retailcrm.tck;

import dev.retailcrm.assets.spi.GiftCardBatch;
import dev.retailcrm.assets.spi.GiftCardChange;
import dev.retailcrm.assets.spi.GiftCardSnapshot;
import dev.retailcrm.assets.spi.GiftCardStore;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.LookupKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Gift cards in memory. Thread-safe. */
final class InMemoryGiftCardStore implements GiftCardStore {
    private final InMemoryDatabase database;

    InMemoryGiftCardStore(InMemoryDatabase database) {
        this.database = database;
    }

    @Override
    public Optional<GiftCardSnapshot> find(TenantId tenant, CustomerId card) {
        return card(database.tenant(tenant).find(card), database.unitOfWork().joined());
    }

    @Override
    public Optional<GiftCardSnapshot> lock(TenantId tenant, CustomerId card) {
        InMemoryTransaction transaction = database.unitOfWork().required();
        CustomerRows rows = database.tenant(tenant).find(card);
        if (rows == null || card(rows, transaction).isEmpty()) {
            return Optional.empty();
        }
        transaction.lock(rows);
        return card(rows, transaction);
    }

    @Override
    public Optional<CustomerId> cardOf(TenantId tenant, Collection<String> codeHashes) {
        return codeHashes.stream()
                .flatMap(hash -> holder(tenant, code(hash)).stream())
                .findFirst();
    }

    @Override
    public Optional<CustomerId> batchOf(TenantId tenant, RequestKey key) {
        return holder(tenant, batch(key));
    }

    @Override
    public List<GiftCardSnapshot> inBatch(TenantId tenant, CustomerId batch, int afterNumber, int limit) {
        InMemoryTransaction reader = database.unitOfWork().joined();
        List<GiftCardSnapshot> found = new ArrayList<>();
        for (CustomerRows rows : database.tenant(tenant).after(null)) {
            card(rows, reader)
                    .filter(card -> card.batch().equals(batch) && card.number() > afterNumber)
                    .ifPresent(found::add);
        }
        return found.stream()
                .sorted(Comparator.comparingInt(GiftCardSnapshot::number))
                .limit(limit)
                .toList();
    }

    @Override
    public List<GiftCardSnapshot> boundTo(TenantId tenant, Collection<CustomerId> customers) {
        InMemoryTransaction reader = database.unitOfWork().joined();
        return StreamSupport.stream(database.tenant(tenant).after(null).spliterator(), false)
                .flatMap(rows -> card(rows, reader).stream())
                .filter(card -> card.boundTo() != null && customers.contains(card.boundTo()))
                .toList();
    }

    @Override
    public Issued issue(GiftCardBatch batch) {
        InMemoryTransaction transaction = database.unitOfWork().required();
        TenantRows tenant = database.tenant(batch.tenant());
        LookupRow key = tenant.lookup(batch(batch.key()));
        if (isHeld(key, transaction)) {
            return Issued.REPEATED;
        }
        List<LookupKey> codes = batch.cards().stream()
                .map(card -> code(card.codeHash()))
                .sorted()
                .toList();
        for (LookupKey code : codes) {
            if (isHeld(tenant.lookup(code), transaction)) {
                return Issued.CODE_TAKEN;
            }
        }
        CustomerRows rows = tenant.get(batch.id());
        transaction.lock(rows);
        rows.book(batch.key(), batch.booked());
        key.give(batch.id());
        for (GiftCardSnapshot card : batch.cards()) {
            tenant.lookup(code(card.codeHash())).give(card.id());
            CustomerRows of = tenant.get(card.id());
            transaction.lock(of);
            of.put(card);
        }
        batch.events().forEach(event -> tenant.get(event.customer()).tell(event));
        return Issued.WRITTEN;
    }

    @Override
    public boolean apply(GiftCardChange change) {
        GiftCardSnapshot after = change.after();
        CustomerRows rows = database.tenant(after.tenant()).find(after.id());
        if (rows == null || !rows.isOwnedBy(database.unitOfWork().required())) {
            throw new IllegalStateException("the gift card is not locked");
        }
        var key = change.key();
        var booked = change.booked();
        if (key != null && booked != null && !rows.book(key, booked)) {
            return false;
        }
        var event = change.event();
        if (event != null) {
            rows.put(after);
            rows.tell(event);
        }
        return true;
    }

    @Override
    public Set<CustomerId> existing(TenantId tenant, Collection<CustomerId> cards) {
        return cards.stream().filter(card -> find(tenant, card).isPresent()).collect(Collectors.toSet());
    }

    private Optional<CustomerId> holder(TenantId tenant, LookupKey key) {
        return Stream.ofNullable(database.tenant(tenant).lookups.get(key))
                .flatMap(row -> row.holder(database.unitOfWork().joined()).stream())
                .findFirst();
    }

    /** Whether somebody holds a key; locks it if nobody does. */
    private static boolean isHeld(LookupRow row, InMemoryTransaction transaction) {
        if (row.holder(transaction).isPresent()) {
            return true;
        }
        transaction.lock(row);
        return row.holder(transaction).isPresent();
    }

    private static Optional<GiftCardSnapshot> card(@Nullable CustomerRows rows, @Nullable InMemoryTransaction reader) {
        return rows == null ? Optional.empty() : rows.other(reader, GiftCardSnapshot.class);
    }

    private static LookupKey code(String hash) {
        return new LookupKey("GIFT_CARD_CODE", "", hash);
    }

    private static LookupKey batch(RequestKey key) {
        return new LookupKey("GIFT_CARD_BATCH", "", key.value());
    }
}

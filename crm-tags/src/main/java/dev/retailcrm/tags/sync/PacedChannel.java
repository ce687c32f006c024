package dev.retailcrm.tags.sync;

import dev.retailcrm.tags.TagError;
import dev.retailcrm.tags.spi.ChannelCustomer;
import dev.retailcrm.tags.spi.ChannelPage;
import dev.retailcrm.tags.spi.ChannelTag;
import dev.retailcrm.tags.spi.SyncRun;
import dev.retailcrm.tags.spi.TagChannel;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A channel that counts its calls and makes no more than its pace allows. For one step; not thread-safe. */
final class PacedChannel {
    /** The most tags of a call. */
    static final int MAX_TAGS = 100;

    private final TagChannel channel;
    private final SyncPace pace;
    private final Instant now;
    private final Instant from;
    private int calls;
    private boolean exhausted;

    PacedChannel(TagChannel channel, SyncPace pace, SyncRun run, Instant now) {
        this.channel = channel;
        this.pace = pace;
        this.now = now;
        Instant began = run.paceFrom();
        boolean over = began == null || !now.isBefore(began.plus(pace.per()));
        this.from = over || began == null ? now : began;
        this.calls = over ? 0 : run.paceCalls();
    }

    Instant from() {
        return from;
    }

    int calls() {
        return calls;
    }

    /** Whether a call was not made because of the pace. */
    boolean isExhausted() {
        return exhausted;
    }

    /** When calls can be made again. */
    Instant until() {
        return from.plus(pace.per());
    }

    ChannelPage<ChannelTag> tags(@Nullable String cursor) {
        call();
        return channel.tags(cursor);
    }

    ChannelPage<ChannelCustomer> customers(@Nullable String cursor) {
        call();
        return channel.customers(cursor);
    }

    ChannelTag define(String name, @Nullable String group) {
        call();
        return channel.define(name, group);
    }

    void rename(String id, String name) {
        call();
        channel.rename(id, name);
    }

    void change(String ref, Set<String> added, Set<String> removed) {
        call();
        channel.change(ref, added, removed);
    }

    private void call() {
        if (calls >= pace.calls()) {
            exhausted = true;
            throw TagError.CHANNEL_BUSY.with(
                    Map.of("waitMillis", until().toEpochMilli() - now.toEpochMilli()), "the pace allows no more calls");
        }
        calls++;
    }
}

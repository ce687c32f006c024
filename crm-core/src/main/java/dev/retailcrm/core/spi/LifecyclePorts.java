package dev.retailcrm.core.spi;

import java.time.InstantSource;

/** Everything the lifecycle needs of its host. Immutable. */
public record LifecyclePorts(UnitOfWork unitOfWork, TradeStore trade, StageStore stages, InstantSource clock) {}

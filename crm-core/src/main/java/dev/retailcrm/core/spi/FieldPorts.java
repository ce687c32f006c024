package dev.retailcrm.core.spi;

import java.time.InstantSource;

/** Everything custom fields need of their host. Immutable. */
public record FieldPorts(
        UnitOfWork unitOfWork, CustomerStore customers, RequestStore requests, FieldStore store, InstantSource clock) {}

package dev.retailcrm.assets.spi;

import dev.retailcrm.core.spi.CustomerStore;
import dev.retailcrm.core.spi.RequestStore;
import dev.retailcrm.core.spi.UnitOfWork;
import java.time.InstantSource;

/** Everything coupons need of their host. Immutable. */
public record CouponPorts(
        UnitOfWork unitOfWork,
        RequestStore requests,
        CustomerStore customers,
        CouponStore store,
        InstantSource clock) {}

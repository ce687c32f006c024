package dev.retailcrm.core.spi;

import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.membership.Member;
import dev.retailcrm.core.membership.MembershipEntry;
import dev.retailcrm.core.spi.RequestStore.Booked;

/**
 * The decision of one command about a membership, and all that is to be written with it. Immutable.
 *
 * @param tenant the retailer
 * @param after the member from then on
 * @param entry numbered one above {@link MembershipSnapshot#lastSeq()}
 * @param event numbered one above {@link MembershipSnapshot#eventSeq()}
 * @param key the request key to be booked for her
 * @param booked what is remembered under the key
 */
public record MembershipChange(
        TenantId tenant, Member after, MembershipEntry entry, EventEnvelope event, RequestKey key, Booked booked) {}

package dev.retailcrm.core.spi;

import dev.retailcrm.core.consent.ConsentProof;
import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.RequestStore.Booked;

/**
 * The decision of one command about a customer's consent: one more proof, and all that is to be written with it. Immutable.
 *
 * @param tenant the retailer
 * @param customer the customer
 * @param proof the proof, numbered one above {@link ConsentSnapshot#lastSeq()}
 * @param event the command's event, numbered one above {@link ConsentSnapshot#eventSeq()}
 * @param key the request key to be booked for her
 * @param booked what is remembered under the key
 */
public record ConsentChange(
        TenantId tenant, CustomerId customer, ConsentProof proof, EventEnvelope event, RequestKey key, Booked booked) {}

/** Consent: what customers allowed and refused, for which purpose and channel, with proof. */
@NullMarked
package dev.retailcrm.core.consent;

import org.jspecify.annotations.NullMarked;

package dev.retailcrm.audience;

import dev.retailcrm.core.history.Actor;
import java.time.Instant;

/**
 * What an audience was defined as from an instant on. Immutable.
 *
 * @param audience the definition, with its version
 * @param at when it became so, in milliseconds
 * @param actor who made it so
 */
public record AudienceVersion(AudienceRule audience, Instant at, Actor actor) {}

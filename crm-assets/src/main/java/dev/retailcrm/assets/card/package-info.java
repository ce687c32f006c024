/** Benefit cards: products, and the cards of customers. */
@NullMarked
package dev.retailcrm.assets.card;

import org.jspecify.annotations.NullMarked;

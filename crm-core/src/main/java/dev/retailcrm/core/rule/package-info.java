/** The condition language: rules over what is known of a customer, with a reason for every answer and how long it holds. */
@NullMarked
package dev.retailcrm.core.rule;

import org.jspecify.annotations.NullMarked;

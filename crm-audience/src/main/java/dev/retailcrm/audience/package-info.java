/** Audiences: the customers a rule selects at an instant. Operation plans and reach build on them. */
@NullMarked
package dev.retailcrm.audience;

import org.jspecify.annotations.NullMarked;

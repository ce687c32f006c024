/** What every feature builds on: ids, request keys, errors and the unit of work. */
@NullMarked
package dev.retailcrm.core.kernel;

import org.jspecify.annotations.NullMarked;

/** How values of the generated tables are handed to the driver where jOOQ's own way will not do. */
@NullMarked
package dev.retailcrm.jdbc.type;

import org.jspecify.annotations.NullMarked;

/** Import of customers, orders and behaviours from files. */
@NullMarked
package dev.retailcrm.core.imports;

import org.jspecify.annotations.NullMarked;

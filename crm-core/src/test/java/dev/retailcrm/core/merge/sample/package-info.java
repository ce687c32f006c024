/** People whose duplicates are known, for tests and benchmarks of the search for duplicates. */
@NullMarked
package dev.retailcrm.core.merge.sample;

import org.jspecify.annotations.NullMarked;

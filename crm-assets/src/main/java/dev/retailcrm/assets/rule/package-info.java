/** What rules can ask about assets. */
@NullMarked
package dev.retailcrm.assets.rule;

import org.jspecify.annotations.NullMarked;

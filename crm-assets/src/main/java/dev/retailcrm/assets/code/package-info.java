/** Codes that stand for value: how they are drawn, checked, kept, and guarded against guessing. */
@NullMarked
package dev.retailcrm.assets.code;

import org.jspecify.annotations.NullMarked;

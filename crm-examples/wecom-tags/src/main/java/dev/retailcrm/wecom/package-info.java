/** Customer tags of WeCom. */
@NullMarked
package dev.retailcrm.wecom;

import org.jspecify.annotations.NullMarked;

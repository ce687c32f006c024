/** Real database servers for tests and benchmarks, started from binaries on the class path as root or as an ordinary user. */
@NullMarked
package dev.retailcrm.jdbc.server;

import org.jspecify.annotations.NullMarked;

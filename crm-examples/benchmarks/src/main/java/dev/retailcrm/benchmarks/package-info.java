/** Benchmarks against real servers, and of code with JMH. */
@NullMarked
package dev.retailcrm.benchmarks;

import org.jspecify.annotations.NullMarked;

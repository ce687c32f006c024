/** Stores on H2, PostgreSQL and MariaDB/MySQL, inside the transaction of the host. */
@NullMarked
package dev.retailcrm.jdbc;

import org.jspecify.annotations.NullMarked;

package dev.retailcrm.benchmarks;

import javax.sql.DataSource;

/** Somebody who can do a benchmark's work on a database. */
interface Contender {
    /** The name in figures. */
    String name();

    /** Makes tables and accounts. */
    void prepare(DataSource dataSource, int accounts) throws Exception;

    /** A client that books one unit on one account a time; accounts are numbered from 0. */
    Load.Client client(DataSource dataSource, int client, int clients, String round) throws Exception;
}

package dev.retailcrm.jdbc.fault;

import dev.retailcrm.audience.AudienceProgress;
import dev.retailcrm.jdbc.JdbcCrm;
import dev.retailcrm.jdbc.JdbcTenant;
import dev.retailcrm.jdbc.server.TestDatabase;
import java.time.Instant;
import java.time.InstantSource;

/** Lets customers enter and leave live audiences as of an instant, a few at a time, and writes to standard output how many each step looked at. */
final class DrainingProcess {
    private DrainingProcess() {}

    /** URL, user, password, tenant, the instant, and how many customers a step looks at. */
    public static void main(String[] args) {
        Victim.endWithParent();
        JdbcTenant tenant = JdbcCrm.builder(new TestDatabase(args[0], args[1], args[2]).dataSource())
                .clock(InstantSource.fixed(Instant.parse(args[4])))
                .build()
                .tenant(args[3])
                .withLiveAudiences();
        AudienceProgress step = tenant.audiences().advance(Integer.parseInt(args[5]));
        while (!step.isDone()) {
            System.out.println("DONE " + step.evaluated());
            step = tenant.audiences().advance(Integer.parseInt(args[5]));
        }
        System.out.println("DONE 0");
    }
}

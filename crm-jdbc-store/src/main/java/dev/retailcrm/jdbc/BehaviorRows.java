package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_BEHAVIOR;
import static dev.retailcrm.jdbc.schema.Tables.CRM_BEHAVIOR_TYPE;
import static dev.retailcrm.jdbc.schema.Tables.CRM_VISITOR;

import com.google.common.base.Splitter;
import dev.retailcrm.core.behavior.BehaviorId;
import dev.retailcrm.core.behavior.BehaviorType;
import dev.retailcrm.core.behavior.Property;
import dev.retailcrm.core.behavior.PropertyKind;
import dev.retailcrm.core.behavior.RecordedEvent;
import dev.retailcrm.core.behavior.VisitorFile;
import dev.retailcrm.core.behavior.VisitorLink;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.StoreId;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jooq.Record;

/** Between the rows of behaviour and what they say. Stateless. */
final class BehaviorRows {
    private BehaviorRows() {}

    static BehaviorType type(Record row) {
        return new BehaviorType(
                row.get(CRM_BEHAVIOR_TYPE.NAME),
                row.get(CRM_BEHAVIOR_TYPE.VERSION),
                properties(row.get(CRM_BEHAVIOR_TYPE.PROPERTIES)),
                row.get(CRM_BEHAVIOR_TYPE.RETENTION_DAYS),
                row.get(CRM_BEHAVIOR_TYPE.RETIRED));
    }

    static String text(List<Property> properties) {
        return properties.stream()
                .map(it -> it.name() + " " + it.kind() + " " + it.maxLength() + " " + it.required())
                .collect(Collectors.joining("\n"));
    }

    private static List<Property> properties(String text) {
        return Splitter.on('\n')
                .omitEmptyStrings()
                .splitToStream(text)
                .map(line -> Splitter.on(' ').splitToList(line))
                .map(it -> new Property(
                        it.get(0),
                        PropertyKind.valueOf(it.get(1)),
                        Boolean.parseBoolean(it.get(3)),
                        Integer.parseInt(it.get(2))))
                .toList();
    }

    static VisitorFile visitor(Record row) {
        return new VisitorFile(
                CustomerId.of(row.get(CRM_VISITOR.VISITOR_ID)),
                Splitter.on(',')
                        .omitEmptyStrings()
                        .splitToStream(row.get(CRM_VISITOR.LINKS))
                        .map(link -> Splitter.on(' ').splitToList(link))
                        .map(it -> new VisitorLink(
                                Instant.ofEpochMilli(Long.parseLong(it.get(0))),
                                CustomerId.of(Long.parseLong(it.get(1)))))
                        .toList());
    }

    static String links(VisitorFile visitor) {
        return visitor.links().stream()
                .map(link -> link.since().toEpochMilli() + " " + link.customer().value())
                .collect(Collectors.joining(","));
    }

    static RecordedEvent event(Record row) {
        String store = row.get(CRM_BEHAVIOR.STORE_ID);
        return new RecordedEvent(
                CustomerId.of(row.get(CRM_BEHAVIOR.CUSTOMER_ID)),
                BehaviorId.of(row.get(CRM_BEHAVIOR.SOURCE), row.get(CRM_BEHAVIOR.EVENT_ID)),
                row.get(CRM_BEHAVIOR.TYPE),
                Instant.ofEpochMilli(row.get(CRM_BEHAVIOR.OCCURRED_MS)),
                Instant.ofEpochMilli(row.get(CRM_BEHAVIOR.RECEIVED_MS)),
                row.get(CRM_BEHAVIOR.CHANNEL),
                store == null ? null : StoreId.of(store),
                row.get(CRM_BEHAVIOR.PROPERTIES),
                row.get(CRM_BEHAVIOR.FINGERPRINT));
    }
}

package dev.retailcrm.tck;

import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.customer.PostalAddress;
import dev.retailcrm.core.spi.CustomerSnapshot;
import java.util.stream.Stream;

/** Writes a customer record out in full, for comparing dumps. For tests only: it shows personal data. */
final class CustomerText {
    private CustomerText() {}

    static String of(CustomerSnapshot record) {
        var profile = record.profile();
        var text = new StringBuilder("record v" + record.version() + " e" + record.eventSeq() + " " + record.status()
                + " " + record.joining() + " " + record.changedAt() + " " + record.mergedInto());
        profile.name()
                .ifPresent(name -> text.append(" '")
                        .append(name.display())
                        .append("' '")
                        .append(name.given())
                        .append("' '")
                        .append(name.family())
                        .append('\''));
        text.append(' ').append(profile.kind()).append(' ').append(profile.gender());
        profile.birthDate()
                .ifPresent(birth -> text.append(' ').append(birth.year()).append(birth.day()));
        text.append(' ').append(profile.timeZone());
        for (PostalAddress address : profile.addresses()) {
            text.append(' ').append(address);
            Stream.of(
                            address.region(),
                            address.city(),
                            address.district(),
                            address.street(),
                            address.postcode(),
                            address.recipient())
                    .forEach(part -> text.append(" '").append(part).append('\''));
        }
        text.append(' ').append(profile.language()).append(' ').append(profile.remark());
        for (Identity identity : record.identities()) {
            text.append(' ').append(identity.kind()).append(':').append(identity.system());
            text.append(":'").append(identity.value()).append('\'');
        }
        return text.toString();
    }
}

package dev.retailcrm.tck;

import dev.retailcrm.core.history.FieldChange;
import java.util.ArrayList;
import java.util.List;

/** What was changed of a customer, in the order it was. Immutable. */
record ChangeRows(List<FieldChange> changes) {
    ChangeRows and(List<FieldChange> more) {
        List<FieldChange> all = new ArrayList<>(changes);
        all.addAll(more);
        return new ChangeRows(all);
    }

    ChangeRows withoutValues() {
        return new ChangeRows(changes.stream().map(FieldChange::withoutValues).toList());
    }

    /** In full, for comparing dumps. For tests only: it shows personal data. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("changes");
        changes.forEach(it -> text.append(' ')
                .append(it.version())
                .append('.')
                .append(it.line())
                .append(' ')
                .append(it.field())
                .append(" '")
                .append(it.before())
                .append("' '")
                .append(it.after())
                .append("' ")
                .append(it.actor())
                .append(' ')
                .append(it.at())
                .append(' ')
                .append(it.statedAt()));
        return text.toString();
    }
}

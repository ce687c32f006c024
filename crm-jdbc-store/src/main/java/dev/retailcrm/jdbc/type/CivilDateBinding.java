package dev.retailcrm.jdbc.type;

import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import org.jooq.BindingGetResultSetContext;
import org.jooq.BindingSetStatementContext;
import org.jooq.Converter;
import org.jooq.impl.AbstractBinding;

/**
 * Hands dates of no time zone to the driver as they are. jOOQ's own way leads through {@link java.sql.Date}, an instant: on H2 a birthday
 * moves by a day if the session's time zone is not that of the JVM. The generated tables name it for every column of that type.
 */
public final class CivilDateBinding extends AbstractBinding<LocalDate, LocalDate> {
    private static final long serialVersionUID = 1L;

    @Override
    public Converter<LocalDate, LocalDate> converter() {
        return Converter.of(LocalDate.class, LocalDate.class, date -> date, date -> date);
    }

    @Override
    public void set(BindingSetStatementContext<LocalDate> context) throws SQLException {
        if (context.value() == null) {
            context.statement().setNull(context.index(), Types.DATE);
        } else {
            context.statement().setObject(context.index(), context.value());
        }
    }

    @Override
    public void get(BindingGetResultSetContext<LocalDate> context) throws SQLException {
        context.value(context.resultSet().getObject(context.index(), LocalDate.class));
    }
}

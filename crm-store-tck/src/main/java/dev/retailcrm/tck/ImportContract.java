package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retailcrm.core.customer.Customer;
import dev.retailcrm.core.customer.Gender;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.imports.CustomerMapping;
import dev.retailcrm.core.imports.ImportFile;
import dev.retailcrm.core.imports.ImportProgress;
import dev.retailcrm.core.imports.ImportRun;
import dev.retailcrm.core.imports.Imports;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What {@link Imports} does, whatever the store. */
public abstract class ImportContract extends ImportFacade {
    private static final CustomerMapping MAPPING = CustomerMapping.keyedBy("no")
            .externalId("erp", "no")
            .name("name")
            .phone("mobile")
            .birthDate("born")
            .gender("sex", Map.of("女", Gender.FEMALE, "男", Gender.MALE))
            .remark("note")
            .joinedAt("store")
            .joinedOn("since");

    /** A contract. */
    protected ImportContract() {}

    @Test
    public final void a_file_is_imported_and_what_is_refused_is_told_by_line_and_column() {
        Customer known = inChina()
                .register(Registration.of("Known").phone("138 0013 8000").key("known"));
        ImportFile file = ImportFile.csv(written(
                        "members.csv",
                        "\uFEFFno;name;mobile;born;sex;note;store;since\r\n",
                        "1;王芳;13800138001;1990-02-28;女;\"likes; \"\"tea\"\"\n",
                        "and silk\";S01;2024-05-01T10:00:00+08:00\r\n",
                        "2;Li;13800138002;--02-29;男;;;\r\n",
                        "\r\n",
                        "3;Zhao;138x;;;;;\r\n",
                        "4;Thief;+8613800138000;;;;;\r\n",
                        "5;Twin;13800138001;;;;;\r\n",
                        "6;Sun;;1990-02-30;;;;\r\n",
                        "1;Other;;;;;;\r\n",
                        "7;Sun;;;unknown;;;\r\n",
                        "8;Short\r\n",
                        ";Nameless key;;;;;;\r\n",
                        "9;\u0000;;;;;;\r\n",
                        "10;\"Open;;;;;;\r\n",
                        "2;Li;13800138002;--02-29;男;;;\r\n",
                        "11;Zhou;13800138011;;;;;"))
                .separatedBy(';');
        Path rejects = folder.resolve("rejects.csv");
        Path rehearsed = folder.resolve("rehearsed.csv");
        ImportRun run = ImportRun.of("loyalty");
        List<String> before = crm().dump();

        ImportProgress dry =
                imports().customers(file, MAPPING, run.rejectsTo(rehearsed).dryRun());
        assertThat(crm().dump()).isEqualTo(before);
        ImportProgress done = imports().customers(file, MAPPING, run.rejectsTo(rejects));

        assertThat(List.of(done.accepted(), done.repeated(), done.rejected())).containsExactly(3L, 1L, 10L);
        assertThat(List.of(done.lines(), done.bytes(), done.rejectBytes()))
                .containsExactly(17L, size(file.path()), size(rejects));
        assertThat(done.finished()).isTrue();
        assertThat(dry).isEqualTo(done);
        assertThat(read(rehearsed)).isEqualTo(read(rejects));
        assertThat(read(rejects).lines().map(line -> line.split(",", 4)).map(it -> it[0] + " " + it[1] + " " + it[2]))
                .containsExactly(
                        "line column code",
                        "6 mobile CRM-CORE-001",
                        "7 mobile CRM-CORE-103",
                        "8 mobile CRM-CORE-103",
                        "9 born CRM-CORE-001",
                        "10 no CRM-CORE-101",
                        "11 sex CRM-CORE-001",
                        "12  CRM-CORE-001",
                        "13 no CRM-CORE-001",
                        "14 name CRM-CORE-001",
                        "15  CRM-CORE-001");
        assertThat(read(rejects))
                .doesNotContain("138", "Sun", "Thief", known.id().toString());
        Customer fang = inChina().findByPhone("13800138001").orElseThrow();
        assertThat(fang.name().orElseThrow().display()).isEqualTo("王芳");
        assertThat(fang.profile().remark()).contains("likes; \"tea\" and silk");
    }

    @Test
    public final void a_run_stopped_anywhere_goes_on_and_a_run_from_the_beginning_books_nothing_twice() {
        ImportFile file = ImportFile.jsonLines(written(
                "members.jsonl",
                IntStream.range(0, 1_300)
                        .mapToObj(i -> "{\"id\":" + i + ",\"who\":{\"name\":\"" + (i % 100 == 7 ? "" : "N" + i)
                                + "\"},\"card\":" + (i % 100 == 7 ? "null" : "\"C" + i / 2 * 2 + "\"") + "}\n")
                        .toArray(String[]::new)));
        var mapping = CustomerMapping.keyedBy("id").name("/who/name").memberCard("card");
        ImportRun run = ImportRun.of("cards");
        Path whole = folder.resolve("whole.csv");
        ImportProgress dry =
                imports().customers(file, mapping, run.rejectsTo(whole).dryRun());
        Path pieces = folder.resolve("pieces.csv");

        ImportProgress progress = ImportProgress.NONE;
        int runs = 0;
        while (!progress.finished()) {
            ImportProgress kept = ImportProgress.parse(progress.toString());
            progress = imports()
                    .customers(file, mapping, run.rejectsTo(pieces).after(kept).watchedBy(now -> false));
            runs++;
        }

        assertThat(runs).isGreaterThan(2);
        assertThat(progress).isEqualTo(dry);
        assertThat(read(pieces)).isEqualTo(read(whole));
        List<String> before = crm().dump();
        ImportProgress again = imports().customers(file, mapping, run);
        assertThat(again.accepted()).isZero();
        assertThat(again.repeated()).isEqualTo(progress.accepted());
        assertThat(crm().dump()).isEqualTo(before);
    }

    @Test
    public final void errors_in_a_mapping_are_told_before_anything_is_read() {
        ImportFile file = ImportFile.csv(written("some.csv", "no,name,name\n1,A,B\n"));
        List<String> before = crm().dump();

        for (CustomerMapping wrong : List.of(
                CustomerMapping.keyedBy("number"),
                CustomerMapping.keyedBy("no").phone("Mobile"),
                CustomerMapping.keyedBy("no").name("name"))) {
            assertThatThrownBy(() -> imports().customers(file, wrong, ImportRun.of("wrong")))
                    .isInstanceOfSatisfying(
                            CrmException.class, it -> assertThat(it.code()).isEqualTo(CoreError.INVALID_VALUE))
                    .hasMessageContaining("column");
        }
        refused(CoreError.INVALID_VALUE, () -> CustomerMapping.keyedBy("no").externalId("", "no"));
        refused(
                CoreError.INVALID_VALUE,
                () -> imports()
                        .customers(ImportFile.csv(folder.resolve("absent.csv")), MAPPING, ImportRun.of("absent")));
        assertThat(crm().dump()).isEqualTo(before);
    }
}

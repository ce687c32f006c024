package dev.retailcrm.core.merge.sample;

import dev.retailcrm.core.merge.PersonField;
import dev.retailcrm.core.merge.PersonRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The data sets of FEBRL (P. Christen, "Febrl: an open source data cleaning, deduplication and record linkage system", KDD 2008), read
 * where they lie. Record and entity ids are references only; nothing is compared by them.
 *
 * @param folder where the files are
 */
public record Febrl(Path folder) {
    private static final Map<String, PersonField> FIELDS = Map.ofEntries(
            Map.entry("given_name", PersonField.GIVEN_NAME),
            Map.entry("surname", PersonField.FAMILY_NAME),
            Map.entry("street_number", PersonField.STREET_NUMBER),
            Map.entry("address_1", PersonField.ADDRESS_LINE_1),
            Map.entry("address_2", PersonField.ADDRESS_LINE_2),
            Map.entry("suburb", PersonField.LOCALITY),
            Map.entry("postcode", PersonField.POSTCODE),
            Map.entry("state", PersonField.REGION),
            Map.entry("date_of_birth", PersonField.BIRTH_DATE),
            Map.entry("soc_sec_id", PersonField.ID_NUMBER));

    /** The data next to the project, seen from its root or from a module. */
    public static Febrl besideTheProject() {
        Path fromRoot = Path.of("..", "shared", "data", "febrl");
        return new Febrl(Files.isDirectory(fromRoot) ? fromRoot : Path.of("..").resolve(fromRoot));
    }

    public boolean isThere() {
        return Files.isDirectory(folder);
    }

    /** The persons of a file without these fields. */
    public List<PersonRecord> people(String file, Set<PersonField> without) {
        List<String> lines = lines(file);
        List<String> header = List.of(lines.get(0).split(",", -1));
        return lines.stream()
                .skip(1)
                .map(it -> person(header, it.split(",", -1), without))
                .toList();
    }

    public Set<Link> links(String file) {
        return lines(file).stream()
                .skip(1)
                .map(it -> it.split(",", -1))
                .map(it -> Link.of(it[0], it[1]))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static PersonRecord person(List<String> header, String[] values, Set<PersonField> without) {
        var person = PersonRecord.of(values[header.indexOf("rec_id")]);
        for (int column = 0; column < values.length; column++) {
            PersonField field = FIELDS.get(header.get(column));
            if (field != null && !without.contains(field)) {
                person = person.with(field, values[column]);
            }
        }
        return person;
    }

    private List<String> lines(String file) {
        try (Stream<String> lines = Files.lines(folder.resolve(file))) {
            return lines.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

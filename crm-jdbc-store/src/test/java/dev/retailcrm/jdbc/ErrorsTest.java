package dev.retailcrm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.audience.AudienceError;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.ErrorCode;
import dev.retailcrm.tags.TagError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ErrorsTest {
    private static List<ErrorCode> codes() {
        return Stream.<ErrorCode[]>of(
                        CoreError.values(), AssetError.values(), TagError.values(), AudienceError.values())
                .flatMap(Stream::of)
                .toList();
    }

    @Test
    void ids_are_unique_and_well_formed() {
        assertThat(codes())
                .extracting(ErrorCode::id)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("CRM-(CORE|ASSET|TAG|AUD)-\\d{3}"));
    }

    @Test
    void each_is_listed_with_kind_cause_and_action() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("../docs/errors.md"));

        assertThat(codes())
                .allSatisfy(code -> assertThat(lines)
                        .anyMatch(line -> line.matches("\\| %s \\| %s \\| %s \\| .{10,} \\| .{10,} \\|"
                                .formatted(code.id(), code.name(), code.kind()))));
    }
}

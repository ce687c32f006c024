package dev.retailcrm.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    private static final Path ROOT = Path.of("../..");

    @Test
    void quotes_the_compiled_example() throws IOException {
        String source = Files.readString(Path.of("src/main/java/dev/retailcrm/quickstart/FirstSale.java"));
        String mark = "// README\n";
        String example = source.substring(source.indexOf(mark) + mark.length(), source.lastIndexOf(mark))
                .stripIndent()
                .strip();

        assertThat(Files.readString(ROOT.resolve("README.md"))).contains(example);
    }

    @Test
    void the_example_does_what_it_says() {
        var dataSource = new JdbcDataSource();
        dataSource.setURL("jdbc:h2:mem:readme;DB_CLOSE_DELAY=-1");

        assertThat(FirstSale.run(dataSource)).isEqualTo(20);
    }

    @Test
    void is_at_most_two_hundred_lines() throws IOException {
        List<String> lines = Files.readAllLines(ROOT.resolve("README.md"));

        assertThat(lines).hasSizeLessThanOrEqualTo(200);
    }
}

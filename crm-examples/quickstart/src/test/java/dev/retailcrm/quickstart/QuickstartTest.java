package dev.retailcrm.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class QuickstartTest {
    @Test
    void replays_made_up_purchases_and_every_sum_agrees() {
        String url = "jdbc:h2:mem:quickstart;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000";

        int first = new CommandLine(new Quickstart()).execute("--purchases", "400", "--url", url);
        int again = new CommandLine(new Quickstart()).execute("--purchases", "400", "--url", url);

        assertThat(first).isZero();
        assertThat(again).isZero();
    }

    @Test
    void the_same_seed_makes_the_same_purchases() {
        assertThat(Purchases.generate(100, 7)).isEqualTo(Purchases.generate(100, 7));
        assertThat(Purchases.generate(100, 7)).isNotEqualTo(Purchases.generate(100, 8));
    }

    @Test
    void reads_purchases_in_time_order(@TempDir Path folder) throws IOException {
        Path csv = folder.resolve("purchases.csv");
        Files.writeString(csv, "customer,date,quantity,amount\nB,1997-01-02,2,20.76\nA,1997-01-01,1,11.77\n");

        assertThat(Purchases.read(csv)).extracting(Purchase::customer).containsExactly("A", "B");
    }

    @Test
    void names_the_line_that_is_no_purchase(@TempDir Path folder) throws IOException {
        Path csv = folder.resolve("purchases.csv");
        Files.writeString(csv, "customer,date,quantity,amount\nA,yesterday,1,11.77\n");

        assertThatThrownBy(() -> Purchases.read(csv)).hasMessageContaining("line 2");
    }
}

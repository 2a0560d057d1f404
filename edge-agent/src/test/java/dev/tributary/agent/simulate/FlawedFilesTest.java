package dev.tributary.agent.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.model.Task;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One flawed file beside good ones: what it may not do to the others, and what its owner is told. */
class FlawedFilesTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void writeGoodDevices() throws IOException {
        write("good1.csv", rows("A", "B").getBytes(StandardCharsets.UTF_8));
        write("good2.csv", rows("B", "C").getBytes(StandardCharsets.UTF_8));
    }

    private static String rows(String... labels) {
        StringBuilder text = new StringBuilder("x,y\n");
        for (int i = 0; i < 20; i++) {
            text.append(i).append(',').append(labels[i % labels.length]).append('\n');
        }
        return text.toString();
    }

    private void write(String name, byte[] bytes) throws IOException {
        Files.write(folder.resolve(name), bytes);
    }

    private FleetData load() {
        return CsvFolder.load(folder, CsvOptions.none(), OptionalInt.empty());
    }

    private static List<String> ids(FleetData fleet) {
        return fleet.devices().stream().map(device -> device.id().value()).toList();
    }

    private static List<String> told(FleetData fleet, String file) {
        return fleet.problems().stream()
                .filter(problem -> problem.file().equals(file))
                .map(DataProblem::problem)
                .toList();
    }

    @Test
    void load_textThatIsNotUtf8_isLeftOutAndAddsNoLabel() throws IOException {
        write("latin.csv", rows("é").getBytes(StandardCharsets.ISO_8859_1));

        FleetData fleet = load();

        assertThat(fleet.outputs()).containsExactly("A", "B", "C");
        assertThat(ids(fleet)).containsExactly("good1", "good2");
        assertThat(told(fleet, "latin.csv")).containsExactly("cannot be read: it is not UTF-8 text; left out");
    }

    @Test
    void load_byteOrderMark_isNoPartOfTheFirstColumn() throws IOException {
        write("marked.csv", ("\ufeff" + rows("A", "B")).getBytes(StandardCharsets.UTF_8));

        FleetData fleet = load();

        assertThat(ids(fleet)).containsExactly("good1", "good2", "marked");
        assertThat(fleet.problems()).isEmpty();
    }

    @Test
    void load_gzipUnderAPlainName_isRead() throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("packed.csv")))) {
            out.write(rows("A", "B").getBytes(StandardCharsets.UTF_8));
        }

        FleetData fleet = load();

        assertThat(ids(fleet)).containsExactly("good1", "good2", "packed");
        assertThat(fleet.problems()).isEmpty();
    }

    @Test
    void load_oneClassOnly_isToldAndKept() throws IOException {
        write("single.csv", rows("A").getBytes(StandardCharsets.UTF_8));

        FleetData fleet = load();

        assertThat(ids(fleet)).containsExactly("good1", "good2", "single");
        assertThat(told(fleet, "single.csv")).containsExactly("has one class only, A");
    }

    @Test
    void load_regressionOnText_namesTheFileThatHasIt() throws IOException {
        write("a.csv", rows("1", "2").getBytes(StandardCharsets.UTF_8));
        CsvOptions regression = new CsvOptions(List.of(), List.of(), Optional.empty(), Optional.of(Task.REGRESSION));

        assertThatThrownBy(() -> CsvFolder.load(folder, regression, OptionalInt.empty()))
                .isInstanceOf(UnusableDataException.class)
                .hasMessageContaining("target y is text (good1.csv, line 2: \"A\")");
    }
}

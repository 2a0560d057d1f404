package dev.tributary.agent.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.model.Feature;
import dev.tributary.model.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvFolderTest {
    @TempDir
    private Path folder;

    private FleetData load() {
        return load(CsvOptions.none());
    }

    private FleetData load(CsvOptions options) {
        return CsvFolder.load(folder, options, OptionalInt.empty());
    }

    private static List<String> featureNames(FleetData fleet) {
        return fleet.features().stream().map(Feature::name).toList();
    }

    private static List<String> ids(FleetData fleet) {
        return fleet.devices().stream().map(device -> device.id().value()).toList();
    }

    private static List<Double> values(FleetData fleet, int device, int column) {
        return fleet.devices().get(device).rows().stream()
                .map(row -> row.value(column))
                .toList();
    }

    private void assertTold(FleetData fleet, String file, String... parts) {
        assertThat(fleet.problems()).anySatisfy(problem -> {
            assertThat(problem.file()).isEqualTo(file);
            assertThat(problem.problem()).contains(parts);
        });
    }

    @Test
    void load_textTarget_isClassificationWithLabelsByCodePoint() {
        CsvText.rows(folder, "one.csv", 12, "state", "b", "Z", "ä", "a");
        CsvText.rows(folder, "Two.csv.gz", 12, "state", "a", "\uD83D\uDE00", "\uFB00");

        FleetData fleet = load();

        assertThat(fleet.task()).isEqualTo(Task.CLASSIFICATION);
        assertThat(fleet.outputs()).containsExactly("Z", "a", "b", "ä", "\uFB00", "\uD83D\uDE00");
        assertThat(featureNames(fleet)).containsExactly("a", "b");
        assertThat(ids(fleet)).containsExactly("Two", "one");
        assertThat(fleet.guessed())
                .isEqualTo("target state (last column), 6 labels, text → classification; no time column");
        assertThat(fleet.problems()).isEmpty();
    }

    @Test
    void load_numericTarget_isRegression() {
        CsvText.rows(folder, "one.csv", 12, "y", "0.5", "1", "2");

        FleetData fleet = load();

        assertThat(fleet.task()).isEqualTo(Task.REGRESSION);
        assertThat(fleet.outputs()).containsExactly("y");
        assertThat(fleet.guessed()).contains("numeric → regression");
        assertThat(values(fleet, 0, 2)).startsWith(0.5, 1.0, 2.0);
    }

    @Test
    void load_fewIntegers_areLabelsWrittenAsIntegers() {
        CsvText.rows(folder, "one.csv", 12, "y", "10", "2.0", "2");

        FleetData fleet = load();

        assertThat(fleet.task()).isEqualTo(Task.CLASSIFICATION);
        assertThat(fleet.outputs()).containsExactly("10", "2");
        assertThat(fleet.guessed()).contains("integers with 2 values → classification");
    }

    @Test
    void load_twentyOneIntegers_areAQuantity() {
        CsvText.write(folder, "one.csv", "a,y", String.join("\n", integers(1, 15)));
        CsvText.write(folder, "two.csv", "a,y", String.join("\n", integers(7, 21)));

        assertThat(load().task()).isEqualTo(Task.REGRESSION);
    }

    private static List<String> integers(int first, int last) {
        return java.util.stream.IntStream.rangeClosed(first, last)
                .mapToObj(i -> "0," + i)
                .toList();
    }

    @Test
    void load_taskAsTold_overridesTheGuess() {
        CsvText.rows(folder, "one.csv", 12, "y", "1", "2");

        FleetData fleet = load(new CsvOptions(List.of(), List.of(), Optional.empty(), Optional.of(Task.REGRESSION)));

        assertThat(fleet.task()).isEqualTo(Task.REGRESSION);
    }

    @Test
    void load_severalTargets_areMultiOutputRegression() {
        CsvText.rows(folder, "one.csv", 12, "y", "1", "2");

        FleetData fleet = load(new CsvOptions(List.of("y", "a"), List.of(), Optional.empty(), Optional.empty()));

        assertThat(fleet.task()).isEqualTo(Task.REGRESSION);
        assertThat(fleet.outputs()).containsExactly("y", "a");
        assertThat(featureNames(fleet)).containsExactly("b");
    }

    @Test
    void load_isoTime_ordersRowsAndIsNoFeature() {
        CsvText.write(
                folder, "one.csv", "a,when,y", "1,2016-03-01T02,0.1", "2,2016-03-01T00,0.2", "3,2016-03-01T02,0.3");

        FleetData fleet = load();

        assertThat(fleet.time()).contains("when");
        assertThat(featureNames(fleet)).containsExactly("a");
        assertThat(values(fleet, 0, 0)).containsExactly(2.0, 1.0, 3.0);
        assertThat(fleet.guessed()).endsWith("time column when");
    }

    @Test
    void load_epochMilliseconds_areTimeOnlyUnderSuchAName() {
        CsvText.write(folder, "one.csv", "counter,timestamp,y", "1456790400000,1456790400001,0.1", "1,1456790400000,2");

        FleetData fleet = load();

        assertThat(fleet.time()).contains("timestamp");
        assertThat(featureNames(fleet)).containsExactly("counter");
    }

    @Test
    void load_hoursNamedTime_areAFeature() {
        CsvText.write(folder, "one.csv", "time,y", "0,0.1", "23,0.2");

        assertThat(load().time()).isEmpty();
    }

    @Test
    void load_ignoredColumns_countForNothing() {
        CsvText.rows(folder, "one.csv", 12, "y", "x", "z");
        CsvText.write(folder, "two.csv", "b,y", "1,x");

        FleetData fleet = load(new CsvOptions(List.of(), List.of("a"), Optional.empty(), Optional.empty()));

        assertThat(ids(fleet)).containsExactly("one", "two");
        assertThat(featureNames(fleet)).containsExactly("b");
    }

    @Test
    void load_emptyField_isMissingAndNoProblem() {
        CsvText.rows(folder, "one.csv", 12, "y", "0.5", "1.5");
        CsvText.write(folder, "two.csv", "b,a,y", "1,,0.5", "2,NA,0.25", String.join("\n", many(10, "3,4,0.125")));

        FleetData fleet = load();

        assertThat(fleet.problems()).isEmpty();
        assertThat(values(fleet, 1, 0)).startsWith(Double.NaN, Double.NaN, 4.0);
        assertThat(values(fleet, 1, 1)).startsWith(1.0, 2.0, 3.0);
    }

    private static List<String> many(int count, String line) {
        return java.util.Collections.nCopies(count, line);
    }

    @Test
    void load_textInANumericColumn_isMissingAndCounted() {
        CsvText.write(folder, "one.csv", "a,y", "1,x", "oops,z", "Infinity,x");

        FleetData fleet = load();

        assertTold(fleet, "one.csv", "a: 2 cells not a number, read as missing (line 3: \"oops\")");
        assertTold(fleet, "one.csv", "has only 3 rows");
        assertThat(fleet.devices().get(0).rows()).hasSize(3);
    }

    @Test
    void load_columnOfText_isNoFeature() {
        CsvText.write(folder, "one.csv", "a,wind,y", "1,NW,x", "2,N,z");

        FleetData fleet = load();

        assertThat(featureNames(fleet)).containsExactly("a");
        assertThat(fleet.guessed()).contains("not a feature: wind");
    }

    @Test
    void load_rowsOfAnotherLength_areLeftOutAndCounted() {
        CsvText.write(folder, "one.csv", "a,y", "1,x", "2", "3,z", "4,z,5", "");

        FleetData fleet = load();

        assertTold(fleet, "one.csv", "2 rows left out", "(line 3: 1 instead of 2)");
        assertThat(fleet.devices().get(0).rows()).hasSize(2);
    }

    @Test
    void load_filesThatAreNoDevices_areNamed() throws IOException {
        CsvText.rows(folder, "a.csv", 12, "y", "x", "z");
        CsvText.rows(folder, "b.csv", 12, "y", "x", "z");
        CsvText.write(folder, "MANIFEST.csv", "device,rows", "a,12");
        CsvText.write(folder, "empty.csv");
        CsvText.write(folder, "header.csv", "a,b,y");
        CsvText.write(folder, "untargeted.csv", "a,b", "1,2");
        CsvText.write(folder, "other.csv", "a,c,y", "1,2,x");
        CsvText.write(folder, "semicolons.csv", "a;b;y", "1;2;x");
        CsvText.write(folder, "twice.csv", "a,a,y", "1,2,x");
        CsvText.write(folder, "headless.csv", "1,2,3", "1,2,3");
        CsvText.write(folder, "two words.csv", "a,b,y", "1,2,x");
        CsvText.rows(folder, "b.csv.gz", 12, "y", "x", "z");
        Files.write(folder.resolve("broken.csv.gz"), new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
        Files.createDirectory(folder.resolve("folder.csv"));

        FleetData fleet = load();

        assertThat(ids(fleet)).containsExactly("a", "b");
        assertTold(fleet, "MANIFEST.csv", "is not a device", "device, rows");
        assertTold(fleet, "empty.csv", "is empty");
        assertTold(fleet, "header.csv", "has a header and no row");
        assertTold(fleet, "untargeted.csv", "line 1: lacks the target y");
        assertTold(fleet, "other.csv", "line 1: columns differ", "lacks b, has also c");
        assertTold(fleet, "semicolons.csv", "line 1", "separated by commas");
        assertTold(fleet, "twice.csv", "line 1: has two columns a");
        assertTold(fleet, "headless.csv", "line 1: has numbers where");
        assertTold(fleet, "two words.csv", "its name makes no device id");
        assertTold(fleet, "b.csv.gz", "is a second file of device b");
        assertTold(fleet, "broken.csv.gz", "cannot be read: it is no gzip data");
        assertTold(fleet, "folder.csv", "is not a file");
        assertThat(fleet.problems()).hasSize(12);
    }

    @Test
    void load_truncatedGzip_isNamed() throws IOException {
        CsvText.rows(folder, "a.csv", 12, "y", "x", "z");
        CsvText.rows(folder, "cut.csv.gz", 5000, "y", "x", "z");
        byte[] whole = Files.readAllBytes(folder.resolve("cut.csv.gz"));
        Files.write(folder.resolve("cut.csv.gz"), java.util.Arrays.copyOf(whole, whole.length / 2));

        assertTold(load(), "cut.csv.gz", "cannot be read: it ends in the middle of its gzip data");
    }

    @Test
    void load_limit_takesTheFirst() {
        CsvText.rows(folder, "b.csv", 12, "y", "x", "z");
        CsvText.rows(folder, "a.csv", 12, "y", "x", "z");

        assertThat(ids(CsvFolder.load(folder, CsvOptions.none(), OptionalInt.of(1))))
                .containsExactly("a");
    }

    @Test
    void load_whatMakesNoFleet_isOneClearMessage() {
        assertRefused(CsvOptions.none(), "no .csv and no .csv.gz in");
        CsvText.rows(folder, "a.csv", 12, "y", "x");
        assertRefused(CsvOptions.none(), "target y has one label only, x");
        assertRefused(
                new CsvOptions(List.of("q"), List.of(), Optional.empty(), Optional.empty()), "--target: no column q");
        assertRefused(
                new CsvOptions(List.of(), List.of("q"), Optional.empty(), Optional.empty()), "--ignore: no column q");
        assertRefused(new CsvOptions(List.of(), List.of(), Optional.of("q"), Optional.empty()), "--time: no column q");
        assertRefused(
                new CsvOptions(List.of(), List.of(), Optional.empty(), Optional.of(Task.REGRESSION)),
                "regression needs numbers");
        assertThatThrownBy(() -> CsvFolder.load(folder.resolve("a.csv"), CsvOptions.none(), OptionalInt.empty()))
                .isInstanceOf(UnusableDataException.class)
                .hasMessageEndingWith("is not a folder");
        assertThatThrownBy(() -> CsvFolder.load(folder.resolve("none"), CsvOptions.none(), OptionalInt.empty()))
                .hasMessageEndingWith("does not exist");
    }

    private void assertRefused(CsvOptions options, String message) {
        assertThatThrownBy(() -> load(options))
                .isInstanceOf(UnusableDataException.class)
                .hasMessageContaining(message);
    }
}

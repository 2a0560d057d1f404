package dev.tributary.agent.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads the public data sets that TRIBUTARY_DATA points at, or the built-in plant written to files without it. */
class FleetDataSetsTest {
    private static final List<String> SETS = List.of("beijing_air_1y", "fmi_wind", "wisdm51_watch_accel");

    @TempDir
    private Path temporary;

    private record DataSet(Path folder, long devices, long rows, long features, Optional<Long> classes) {}

    private List<DataSet> dataSets() throws IOException {
        Optional<Path> root =
                Optional.ofNullable(System.getenv("TRIBUTARY_DATA")).map(Path::of);
        if (root.isEmpty()) {
            System.out.println("FleetDataSetsTest: TRIBUTARY_DATA is not set: reading the built-in plant from files");
            PlantSettings settings = new PlantSettings(12, 1, 0.5, 0);
            CsvText.plant(temporary, settings);
            CsvText.write(temporary, "MANIFEST.csv", "device,rows,bytes,sha256");
            return List.of(new DataSet(temporary, 12, 12 * 240, 19, Optional.of(5L)));
        }
        List<DataSet> found = new java.util.ArrayList<>();
        for (String name : SETS) {
            Path folder = root.get().resolve(name);
            Map<String, Object> reference = JSON.std.mapFrom(Files.readString(folder.resolve("REFERENCE.json")));
            found.add(new DataSet(
                    folder,
                    number(reference, "devices"),
                    number(reference, "rows"),
                    number(reference, "features"),
                    Optional.ofNullable((Number) reference.get("classes")).map(Number::longValue)));
        }
        return found;
    }

    private static long number(Map<String, Object> tree, String key) {
        return ((Number) tree.get(key)).longValue();
    }

    @Test
    void load_dataSets_haveTheShapeOfTheirReference() throws IOException {
        assertThat(dataSets()).isNotEmpty().allSatisfy(set -> {
            FleetData fleet = CsvFolder.load(set.folder(), CsvOptions.none(), OptionalInt.empty());

            assertThat(fleet.devices()).hasSize((int) set.devices());
            assertThat(fleet.rowCount()).isEqualTo(set.rows());
            assertThat(fleet.features()).hasSize((int) set.features());
            set.classes().ifPresent(classes -> assertThat(fleet.outputs()).hasSize(classes.intValue()));
            assertThat(fleet.problems())
                    .extracting(DataProblem::file, DataProblem::consequence)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("MANIFEST.csv", DataProblem.Consequence.NOT_A_DEVICE));
        });
    }
}

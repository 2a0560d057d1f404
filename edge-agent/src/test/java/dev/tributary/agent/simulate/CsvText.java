package dev.tributary.agent.simulate;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/** Writes CSV files for tests. */
final class CsvText {
    private CsvText() {}

    static void write(Path folder, String name, String... lines) {
        String text = String.join("\n", lines) + (lines.length == 0 ? "" : "\n");
        try (OutputStream raw = Files.newOutputStream(folder.resolve(name));
                OutputStream out = name.endsWith(".gz") ? new GZIPOutputStream(raw) : raw) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Rows of columns a, b and the target, whose values go through {@code targets}. */
    static void rows(Path folder, String name, int count, String target, String... targets) {
        String body = IntStream.range(0, count)
                .mapToObj(i -> i + "," + (0.5 * i) + "," + targets[i % targets.length])
                .collect(Collectors.joining("\n"));
        write(folder, name, "a,b," + target, body);
    }

    /** The built-in plant as a folder of compressed files. */
    static void plant(Path folder, PlantSettings settings) {
        FleetData fleet = Plant.fleet(settings);
        String header =
                fleet.features().stream().map(feature -> feature.name()).collect(Collectors.joining(",")) + ",state";
        for (DeviceData device : fleet.devices()) {
            List<String> lines = device.rows().stream()
                    .map(row -> IntStream.range(0, fleet.features().size())
                                    .mapToObj(i -> Double.isNaN(row.value(i)) ? "" : Double.toString(row.value(i)))
                                    .collect(Collectors.joining(","))
                            + "," + row.label().orElseThrow())
                    .toList();
            write(folder, device.id() + ".csv.gz", header, String.join("\n", lines));
        }
    }
}

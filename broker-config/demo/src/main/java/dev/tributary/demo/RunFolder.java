package dev.tributary.demo;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The temporary folder with the files that a user would write by hand; removed at the end. */
final class RunFolder implements AutoCloseable {
    private static final String DEADLINE = "120s";

    private final Path folder;

    RunFolder() throws IOException {
        this.folder = Files.createTempDirectory("tributary-demo-");
    }

    Path path() {
        return folder;
    }

    Path brokerHome() {
        return folder.resolve("broker");
    }

    Path coordinatorFile() {
        return folder.resolve("coordinator.yaml");
    }

    Path federationFile() {
        return folder.resolve("federation.yaml");
    }

    /** Writes both files; JSON is YAML, and quotes any name as it must be. */
    void write(DemoOptions options, FleetDescription fleet) throws IOException {
        Map<String, Object> coordinator = new LinkedHashMap<>();
        coordinator.put("name", "demo");
        coordinator.put("broker", Map.of("uri", "tcp://127.0.0.1:" + options.port));
        coordinator.put("http", Map.of("host", "127.0.0.1", "port", options.httpPort));
        coordinator.put("federations", List.of(federationFile().getFileName().toString()));
        coordinator.put("stopWhenFinished", options.rounds != null);
        write(coordinatorFile(), coordinator);

        Map<String, Object> rounds = new LinkedHashMap<>();
        rounds.put("goal", "all");
        rounds.put("deadline", DEADLINE);
        rounds.put("startWhen", fleet.trainers());
        if (options.rounds != null) {
            rounds.put("stop", Map.of("trainRounds", options.rounds));
        }
        Map<String, Object> federation = new LinkedHashMap<>();
        federation.put("federation", options.federation());
        federation.put("task", fleet.task().toLowerCase(Locale.ROOT));
        federation.put("features", features(fleet));
        federation.put("outputs", fleet.outputs());
        federation.put("plan", options.plan);
        federation.put("rounds", rounds);
        federation.put("seed", options.seed);
        write(federationFile(), federation);
    }

    private static List<Map<String, Object>> features(FleetDescription fleet) {
        List<Map<String, Object>> features = new ArrayList<>();
        for (Map<String, Object> feature : fleet.features()) {
            Map<String, Object> kept = new LinkedHashMap<>(feature);
            kept.values().removeIf(value -> value == null || value.equals(""));
            features.add(kept);
        }
        return features;
    }

    private static void write(Path file, Map<String, Object> content) throws IOException {
        Files.writeString(file, JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(content) + "\n");
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | java.io.UncheckedIOException e) {
            // A temporary folder that cannot be removed now is the system's to remove.
        }
    }
}

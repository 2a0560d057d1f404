package dev.tributary.agent.app;

import dev.tributary.agent.participation.DutyCycle;
import dev.tributary.config.Configuration;
import dev.tributary.config.Section;
import dev.tributary.protocol.Presence;
import dev.tributary.transport.mqtt.MqttSettings;
import dev.tributary.update.DeviceId;
import dev.tributary.update.FederationId;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What an agent is told.
 *
 * @param store empty when examples and state live in memory only
 */
record AgentConfig(
        DeviceId device,
        Broker broker,
        DutyCycle dutyCycle,
        Optional<Path> store,
        long maximumExamples,
        String httpHost,
        int httpPort,
        List<Membership> federations,
        Sensor sensor,
        Output prediction) {

    /** The shortest and the longest keep-alive: what our broker allows. */
    static final Duration MIN_KEEP_ALIVE = Duration.ofSeconds(1);

    static final Duration MAX_KEEP_ALIVE = Duration.ofMinutes(10);
    private static final URI DEFAULT_BROKER = URI.create("tcp://127.0.0.1:1883");
    private static final Duration DEFAULT_SLEEP = Duration.ofMinutes(10);
    private static final Duration MIN_SLEEP = Duration.ofSeconds(1);
    private static final Duration MAX_SLEEP = Duration.ofDays(7);
    private static final Duration DEFAULT_AWAKE = Duration.ofSeconds(5);
    private static final Duration MIN_AWAKE = Duration.ofMillis(100);
    private static final Duration MAX_AWAKE = Duration.ofHours(1);

    /** Where the broker is, and how often it and the device hear of each other at least. */
    record Broker(URI uri, Duration keepAlive) {}

    /** Whether the device stays connected. */
    enum Mode {
        ALWAYS,
        SLEEP
    }

    /** One federation that the device is in. */
    record Membership(FederationId name, Presence.Role role) {}

    /** Where readings come from; {@code target} empty means the last column, or {@code label} in JSON. */
    record Sensor(SensorType type, Path path, Optional<String> target, Optional<String> time, Duration interval) {}

    /** The kinds of sensor. */
    enum SensorType {
        NONE,
        CSV,
        CSV_FOLLOW,
        STDIN;

        /** The configuration's word: csv-follow. */
        static Optional<SensorType> of(String word) {
            for (SensorType type : values()) {
                if (type.name().replace('_', '-').equalsIgnoreCase(word)) {
                    return Optional.of(type);
                }
            }
            return Optional.empty();
        }
    }

    /** Where predictions go. */
    enum Output {
        MQTT,
        STDOUT,
        NONE
    }

    /** Reads and checks everything; paths are relative to the file's folder. */
    static AgentConfig read(Configuration configuration) {
        Section root = configuration.root();
        Path folder = Optional.ofNullable(configuration.file().toAbsolutePath().getParent())
                .orElse(Path.of("/"));
        DeviceId device = checked(root, "device", root.text("device"), "unnamed", DeviceId::new);
        Section store = root.section("store");
        Section http = root.section("http");
        AgentConfig config = new AgentConfig(
                device,
                broker(root.section("broker")),
                dutyCycle(root.section("connection")),
                Optional.of(store.text("path", ""))
                        .filter(path -> !path.isEmpty())
                        .map(folder::resolve),
                store.integer("maximumExamples", 20_000, 10, 100_000_000),
                http.text("host", "127.0.0.1"),
                (int) http.integer("port", 8081, 0, 65_535),
                federations(root),
                sensor(root.section("sensor"), folder),
                root.section("prediction").choice("output", Output.class, Output.MQTT));
        configuration.finish();
        return config;
    }

    private static Broker broker(Section section) {
        Duration keepAlive =
                duration(section, "keepAlive", MqttSettings.DEFAULT_KEEP_ALIVE, MIN_KEEP_ALIVE, MAX_KEEP_ALIVE);
        String text = section.text("uri", DEFAULT_BROKER.toString());
        try {
            return new Broker(MqttSettings.of(new URI(text), "any").broker(), keepAlive);
        } catch (URISyntaxException | IllegalArgumentException e) {
            section.problem("uri", "must be like tcp://host:1883, was " + text);
            return new Broker(DEFAULT_BROKER, keepAlive);
        }
    }

    private static DutyCycle dutyCycle(Section section) {
        Mode mode = section.choice("mode", Mode.class, Mode.ALWAYS);
        Duration sleep = duration(section, "sleep", DEFAULT_SLEEP, MIN_SLEEP, MAX_SLEEP);
        Duration awake = duration(section, "awake", DEFAULT_AWAKE, MIN_AWAKE, MAX_AWAKE);
        if (mode == Mode.SLEEP) {
            return new DutyCycle.Sleeps(sleep, awake);
        }
        for (String key : List.of("sleep", "awake")) {
            if (section.has(key)) {
                section.problem(key, "is for mode: sleep");
            }
        }
        return new DutyCycle.Always();
    }

    private static Duration duration(
            Section section, String key, Duration fallback, Duration minimum, Duration maximum) {
        Duration given = section.duration(key, fallback);
        if (given.compareTo(minimum) < 0 || given.compareTo(maximum) > 0) {
            section.problem(
                    key,
                    "must be in " + Intervals.text(minimum) + " … " + Intervals.text(maximum) + ", was "
                            + Intervals.text(given));
            return fallback;
        }
        return given;
    }

    private static List<Membership> federations(Section root) {
        List<Membership> federations = new ArrayList<>();
        Set<FederationId> names = new HashSet<>();
        for (Section section : root.sections("federations")) {
            FederationId name = checked(section, "name", section.text("name"), "unnamed", FederationId::new);
            Presence.Role role = section.choice("role", Presence.Role.class, Presence.Role.TRAINER);
            if (!names.add(name)) {
                section.problem("name", "must be given once, was again " + name);
            }
            federations.add(new Membership(name, role));
        }
        if (federations.isEmpty()) {
            root.problem("federations", "must name at least one, such as [{name: plant}]");
        }
        return List.copyOf(federations);
    }

    private static Sensor sensor(Section section, Path folder) {
        String word = section.text("type", "none");
        Optional<SensorType> type = SensorType.of(word);
        if (type.isEmpty()) {
            section.problem("type", "must be csv, csv-follow, stdin or none, was " + word);
        }
        boolean file = type.isPresent() && (type.get() == SensorType.CSV || type.get() == SensorType.CSV_FOLLOW);
        return new Sensor(
                type.orElse(SensorType.NONE),
                folder.resolve(file ? section.text("path") : section.text("path", "")),
                Optional.of(section.text("target", "")).filter(name -> !name.isEmpty()),
                Optional.of(section.text("time", "")).filter(name -> !name.isEmpty()),
                section.duration(
                        "interval",
                        type.equals(Optional.of(SensorType.CSV_FOLLOW)) ? Duration.ofMillis(500) : Duration.ZERO));
    }

    private static <T> T checked(
            Section section, String key, String text, String harmless, Function<String, T> constructor) {
        try {
            return constructor.apply(text);
        } catch (IllegalArgumentException e) {
            if (section.has(key)) {
                section.problem(key, e.getMessage());
            }
            return constructor.apply(harmless);
        }
    }
}

package dev.tributary.coordinator.app;

import dev.tributary.config.Configuration;
import dev.tributary.config.ConfigurationException;
import dev.tributary.config.Section;
import dev.tributary.coordinator.engine.History;
import dev.tributary.coordinator.federation.FederationDefinition;
import dev.tributary.coordinator.federation.FederationFile;
import dev.tributary.coordinator.store.jdbc.DatabaseAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A coordinator's configuration with the federations that it names.
 *
 * @param name part of its MQTT client id
 * @param database where its state is
 * @param stopWhenFinished whether the process ends after the last federation
 */
public record CoordinatorConfig(
        String name,
        URI broker,
        String httpHost,
        int httpPort,
        DatabaseAddress database,
        History history,
        List<FederationDefinition> federations,
        boolean stopWhenFinished) {
    private static final String SQLITE = "jdbc:sqlite:";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    public CoordinatorConfig {
        federations = List.copyOf(federations);
    }

    /**
     * Reads the file and those of its federations.
     *
     * @throws ConfigurationException naming the mistakes of all of them
     */
    public static CoordinatorConfig load(Path file, Map<String, String> environment) {
        Configuration configuration = Configuration.load(file, environment);
        Section root = configuration.root();
        String name = root.text("name", "main");
        if (!NAME.matcher(name).matches()) {
            root.problem("name", "must be 1 to 64 of A-Z a-z 0-9 . _ -, was \"" + name + "\"");
        }
        URI broker = broker(root.section("broker"));
        Section http = root.section("http");
        String host = http.text("host", "127.0.0.1");
        int port = (int) http.integer("port", 8080, 0, 65535);
        DatabaseAddress database = database(root, file, name);
        History history = history(root.section("history"));
        boolean stopWhenFinished = root.flag("stopWhenFinished", false);
        List<String> files = root.texts("federations");
        if (files.isEmpty()) {
            root.problem("federations", "must name at least one file");
        }
        List<String> problems = new ArrayList<>();
        try {
            configuration.finish();
        } catch (ConfigurationException e) {
            problems.addAll(e.problems());
        }
        List<FederationDefinition> federations = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (String one : files) {
            try {
                FederationDefinition definition =
                        FederationFile.read(file.toAbsolutePath().resolveSibling(one));
                federations.add(definition);
                if (!ids.add(definition.id().value())) {
                    problems.add(file + ": federations: " + definition.id() + " is there twice");
                }
            } catch (ConfigurationException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return new CoordinatorConfig(name, broker, host, port, database, history, federations, stopWhenFinished);
    }

    /** The MQTT client id. */
    public String clientId() {
        return "coordinator-" + name + "-0";
    }

    /** The database's URL; a file's path is relative to the configuration. */
    private static DatabaseAddress database(Section root, Path file, String name) {
        String url = root.text("database", SQLITE + "coordinator-" + name + ".db");
        try {
            String resolved = url.startsWith(SQLITE)
                    ? SQLITE + file.toAbsolutePath().resolveSibling(url.substring(SQLITE.length()))
                    : url;
            return DatabaseAddress.of(resolved);
        } catch (IllegalArgumentException e) {
            root.problem("database", String.valueOf(e.getMessage()));
            return DatabaseAddress.of(SQLITE + file.toAbsolutePath().resolveSibling("coordinator.db"));
        }
    }

    private static History history(Section section) {
        int versions = (int) section.integer("versions", History.DEFAULT.versions(), 1, Integer.MAX_VALUE);
        Duration age = section.duration("age", History.DEFAULT.age());
        if (age.isNegative() || age.isZero()) {
            section.problem("age", "must be > 0s, was " + age.toSeconds() + "s");
            return History.DEFAULT;
        }
        return new History(versions, age);
    }

    private static URI broker(Section section) {
        String text = section.text("uri", "tcp://127.0.0.1:1883");
        URI fallback = URI.create("tcp://127.0.0.1:1883");
        try {
            URI uri = URI.create(text);
            if ("tcp".equals(uri.getScheme()) && uri.getHost() != null && uri.getPort() > 0) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        section.problem("uri", "must be like " + fallback + ", was \"" + text + "\"");
        return fallback;
    }
}

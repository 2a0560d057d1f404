package dev.tributary.config;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Environment variables that take the place of a key: {@code broker.keepAlive} is {@code TRIBUTARY_BROKER_KEEP_ALIVE}. */
final class EnvironmentOverrides {
    private static final String PREFIX = "TRIBUTARY_";

    private final Map<String, String> environment;
    private final Set<String> asked = new HashSet<>();

    EnvironmentOverrides(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    Optional<String> value(String path) {
        String variable = variable(path);
        asked.add(variable);
        return Optional.ofNullable(environment.get(variable));
    }

    /** Whether some variable lies below this section, so that a file without the section still has it. */
    boolean hasBelow(String path) {
        String prefix = variable(path) + "_";
        return environment.keySet().stream().anyMatch(variable -> variable.startsWith(prefix));
    }

    static String variable(String path) {
        return PREFIX
                + path.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                        .replaceAll("[.\\[\\]-]+", "_")
                        .toUpperCase(Locale.ROOT);
    }
}

package dev.tributary.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A mapping in a configuration; each getter notes a problem and goes on with the default, or a harmless value, so that
 * all problems show at once. Not safe for use by several threads.
 */
public final class Section {
    private final String path;
    private final int line;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Integer> keyLines = new LinkedHashMap<>();
    private final Set<String> asked = new LinkedHashSet<>();
    private final List<Section> children = new ArrayList<>();
    private final Problems problems;
    private final EnvironmentOverrides overrides;

    Section(String path, int line, Optional<MappingNode> node, Problems problems, EnvironmentOverrides overrides) {
        this.path = path;
        this.line = line;
        this.problems = problems;
        this.overrides = overrides;
        node.ifPresent(this::readKeys);
    }

    private void readKeys(MappingNode node) {
        for (NodeTuple tuple : node.getValue()) {
            int keyLine = lineOf(tuple.getKeyNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.add(keyLine, path, "keys must be plain words");
                continue;
            }
            keyLines.put(key.getValue(), keyLine);
            if (values.put(key.getValue(), tuple.getValueNode()) != null) {
                problem(key.getValue(), "is there twice");
            }
        }
    }

    /** Whether the key is there, in the file or in the environment; asking does not make it known. */
    public boolean has(String key) {
        return overrides.value(path(key)).isPresent() || (values.containsKey(key) && !isNull(values.get(key)));
    }

    /** The keys that the file has here, in its order. */
    public List<String> keys() {
        return List.copyOf(values.keySet());
    }

    /** A text that must be there. */
    public String text(String key) {
        return read(key, null, text -> text, "");
    }

    /** A text. */
    public String text(String key, String fallback) {
        return read(key, fallback, text -> text, fallback);
    }

    /** A text that is masked wherever it is printed. */
    public Secret secret(String key, String fallback) {
        return Secret.of(text(key, fallback));
    }

    /** A whole number in [minimum, maximum] that must be there. */
    public long integer(String key, long minimum, long maximum) {
        return read(key, null, text -> parseInteger(text, minimum, maximum), minimum);
    }

    /** A whole number in [minimum, maximum]. */
    public long integer(String key, long fallback, long minimum, long maximum) {
        return read(key, fallback, text -> parseInteger(text, minimum, maximum), fallback);
    }

    /** A number in [minimum, maximum]. */
    public double number(String key, double fallback, double minimum, double maximum) {
        return read(key, fallback, text -> parseNumber(text, minimum, maximum), fallback);
    }

    /** {@code true} or {@code false}. */
    public boolean flag(String key, boolean fallback) {
        return read(key, fallback, Section::parseFlag, fallback);
    }

    /** A duration such as {@code 90s}, {@code 5m}, {@code 250ms}, {@code 2h}, {@code 1d}. */
    public Duration duration(String key, Duration fallback) {
        return read(key, fallback, Durations::parse, fallback);
    }

    /** One of an enum's constants, written as {@code lowerCamelCase}; must be there when {@code fallback} is null. */
    public <E extends Enum<E>> E choice(String key, Class<E> type, E fallback) {
        E harmless = fallback == null ? type.getEnumConstants()[0] : fallback;
        return read(key, fallback, text -> parseChoice(text, type), harmless);
    }

    /** A mapping; empty when it is absent. */
    public Section section(String key) {
        asked.add(key);
        Optional<MappingNode> node = Optional.empty();
        if (values.containsKey(key) && !isNull(values.get(key))) {
            if (values.get(key) instanceof MappingNode mapping) {
                node = Optional.of(mapping);
            } else {
                problem(key, "must be a mapping of keys to values");
            }
        }
        return child(path(key), keyLines.getOrDefault(key, line), node);
    }

    /** A list of mappings; empty when it is absent. */
    public List<Section> sections(String key) {
        List<Section> sections = new ArrayList<>();
        for (Node item : items(key)) {
            String itemPath = path(key) + "[" + sections.size() + "]";
            if (item instanceof MappingNode mapping) {
                sections.add(child(itemPath, lineOf(item), Optional.of(mapping)));
            } else {
                problems.add(lineOf(item), itemPath, "must be a mapping of keys to values");
            }
        }
        return List.copyOf(sections);
    }

    /** A list of texts; empty when it is absent; the environment's value is split at commas. */
    public List<String> texts(String key) {
        Optional<String> override = overrides.value(path(key));
        if (override.isPresent()) {
            asked.add(key);
            return Arrays.stream(override.get().split(",")).map(String::strip).toList();
        }
        List<String> texts = new ArrayList<>();
        for (Node item : items(key)) {
            if (item instanceof ScalarNode scalar) {
                texts.add(scalar.getValue());
            } else {
                problems.add(lineOf(item), path(key) + "[" + texts.size() + "]", "must be a text");
            }
        }
        return List.copyOf(texts);
    }

    /** Notes a problem with this key that only its user can see. */
    public void problem(String key, String reason) {
        problems.add(keyLines.getOrDefault(key, line), key.isEmpty() ? path : path(key), reason);
    }

    void reportUnknownKeys() {
        for (String key : values.keySet()) {
            if (!asked.contains(key)) {
                problem(key, "unknown key" + Suggestion.among(asked, key));
            }
        }
        children.forEach(Section::reportUnknownKeys);
    }

    private <T> T read(String key, T fallback, Function<String, T> parse, T harmless) {
        asked.add(key);
        Optional<String> text = overrides.value(path(key));
        boolean fromEnvironment = text.isPresent();
        if (text.isEmpty() && values.containsKey(key) && !isNull(values.get(key))) {
            if (!(values.get(key) instanceof ScalarNode scalar)) {
                problem(key, "must be a single value");
                return harmless;
            }
            text = Optional.of(scalar.getValue());
        }
        if (text.isEmpty()) {
            if (fallback == null) {
                problem(key, "is missing");
            }
            return fallback == null ? harmless : fallback;
        }
        try {
            return parse.apply(text.get());
        } catch (IllegalArgumentException e) {
            problem(
                    key,
                    e.getMessage()
                            + (fromEnvironment ? " (from " + EnvironmentOverrides.variable(path(key)) + ")" : ""));
            return harmless;
        }
    }

    private List<Node> items(String key) {
        asked.add(key);
        if (!values.containsKey(key) || isNull(values.get(key))) {
            return List.of();
        }
        if (values.get(key) instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        problem(key, "must be a list");
        return List.of();
    }

    private Section child(String childPath, int childLine, Optional<MappingNode> node) {
        Section child = new Section(childPath, childLine, node, problems, overrides);
        children.add(child);
        return child;
    }

    private String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static boolean isNull(Node node) {
        return node instanceof ScalarNode scalar && scalar.getTag().getValue().endsWith(":null");
    }

    private static int lineOf(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }

    private static long parseInteger(String text, long minimum, long maximum) {
        try {
            long value = Long.parseLong(text.strip());
            if (value >= minimum && value <= maximum) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below, with the range that would be right
        }
        throw new IllegalArgumentException(
                "must be a whole number " + Ranges.text(minimum, maximum) + ", was \"" + text + "\"");
    }

    private static double parseNumber(String text, double minimum, double maximum) {
        try {
            double value = Double.parseDouble(text.strip());
            if (value >= minimum && value <= maximum) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below, with the range that would be right
        }
        throw new IllegalArgumentException(
                "must be a number " + Ranges.text(minimum, maximum) + ", was \"" + text + "\"");
    }

    private static boolean parseFlag(String text) {
        if (text.equals("true") || text.equals("false")) {
            return text.equals("true");
        }
        throw new IllegalArgumentException("must be true or false, was \"" + text + "\"");
    }

    private static <E extends Enum<E>> E parseChoice(String text, Class<E> type) {
        List<String> words = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            String word = camelCase(constant.name());
            if (word.equals(text)) {
                return constant;
            }
            words.add(word);
        }
        throw new IllegalArgumentException("must be one of " + String.join(", ", words) + ", was \"" + text + "\"");
    }

    private static String camelCase(String constant) {
        StringBuilder word = new StringBuilder();
        for (String part : constant.toLowerCase(Locale.ROOT).split("_")) {
            word.append(word.isEmpty() ? part : Character.toUpperCase(part.charAt(0)) + part.substring(1));
        }
        return word.toString();
    }
}

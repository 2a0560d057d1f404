package dev.tributary.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** One YAML file with the environment over it; read it through {@link #root}, then call {@link #finish}. */
public final class Configuration {
    private static final long MAX_BYTES = 4L * 1024 * 1024;

    private final Path file;
    private final Problems problems;
    private final Section root;

    private Configuration(Path file, Problems problems, Section root) {
        this.file = file;
        this.problems = problems;
        this.root = root;
    }

    /**
     * Reads a file.
     *
     * @throws ConfigurationException when it cannot be read or is not a YAML mapping
     */
    public static Configuration load(Path file, Map<String, String> environment) {
        Problems problems = new Problems(file.toString());
        Optional<Node> node = Optional.empty();
        try {
            if (Files.size(file) > MAX_BYTES) {
                problems.add(0, "", "must be at most " + MAX_BYTES + " bytes, was " + Files.size(file));
            } else {
                node = parse(file);
            }
        } catch (NoSuchFileException e) {
            problems.add(0, "", "no such file");
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
            problems.add(line, "", "is not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            problems.add(0, "", "is not YAML: " + e.getMessage());
        } catch (IOException e) {
            problems.add(0, "", "cannot be read: " + e.getMessage());
        }
        if (node.isPresent() && !(node.get() instanceof MappingNode)) {
            problems.add(1, "", "must be a mapping of keys to values");
        }
        if (!problems.all().isEmpty()) {
            throw new ConfigurationException(problems.all());
        }
        EnvironmentOverrides overrides = new EnvironmentOverrides(environment);
        Section root = new Section("", 1, node.map(MappingNode.class::cast), problems, overrides);
        return new Configuration(file, problems, root);
    }

    private static Optional<Node> parse(Path file) throws IOException {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file.getFileName().toString())
                .setAllowDuplicateKeys(false)
                .setMaxAliasesForCollections(20)
                .build();
        try (InputStream in = Files.newInputStream(file)) {
            return new Compose(settings).composeInputStream(in);
        }
    }

    /** The file that was read. */
    public Path file() {
        return file;
    }

    /** The top of the file. */
    public Section root() {
        return root;
    }

    /** The problems found so far, without those of unknown keys. */
    public List<String> problems() {
        return problems.all();
    }

    /**
     * Ends reading: keys that nobody asked for are problems too.
     *
     * @throws ConfigurationException when there are problems
     */
    public void finish() {
        root.reportUnknownKeys();
        if (!problems.all().isEmpty()) {
            throw new ConfigurationException(problems.all());
        }
    }
}

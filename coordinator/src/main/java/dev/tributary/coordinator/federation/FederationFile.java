package dev.tributary.coordinator.federation;

import dev.tributary.config.Configuration;
import dev.tributary.config.Section;
import dev.tributary.coordinator.optimizer.ServerOptimizer;
import dev.tributary.model.Architecture;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Task;
import dev.tributary.model.TrainingPlan;
import dev.tributary.protocol.Encoding;
import dev.tributary.update.FederationId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads a federation's YAML file; what the file leaves out comes from the task, never from the data. */
public final class FederationFile {
    private static final double INVERSE_DECAY = 0.1;

    private final Configuration configuration;
    private final Section root;

    private FederationFile(Configuration configuration) {
        this.configuration = configuration;
        this.root = configuration.root();
    }

    /** How the learning rate moves over rounds. */
    private enum Schedule {
        CONSTANT,
        INVERSE
    }

    /**
     * The definition in this file.
     *
     * @throws dev.tributary.config.ConfigurationException naming all mistakes with line and reason
     */
    public static FederationDefinition read(Path file) {
        return new FederationFile(Configuration.load(file, Map.of())).read();
    }

    private FederationDefinition read() {
        String name = root.text("federation");
        checked("federation", () -> new FederationId(name));
        Task task = root.choice("task", Task.class, null);
        SchemaSection schema = new SchemaSection(root, task);
        schema.read();
        Section plan = root.section("plan");
        TaskDefaults defaults = TaskDefaults.of(task);
        PlanSection training = new PlanSection(plan, task, defaults);
        Optional<TrainingPlan> trainingPlan = training.read();
        double rate = positive(plan, "learningRate", defaults.learningRate());
        Schedule schedule =
                plan.choice("schedule", Schedule.class, defaults.isInverse() ? Schedule.INVERSE : Schedule.CONSTANT);
        EncodingSection encodings = new EncodingSection(plan);
        Encoding encoding = encodings.read(training.weights(schema));
        Aggregations aggregations = Aggregations.read(plan);
        Optional<RoundPlan> rounds = new RoundsSection(
                        root.section("rounds"),
                        aggregations.neededContributors(),
                        task,
                        schema.outputs().size())
                .read();
        encodings.check(encoding, rounds);
        training.check(rounds, schema.features().size());
        Aggregation aggregation = aggregations.in(rounds);
        training.checkSize(schema.features().size(), schema.outputs().size());
        ServerOptimizer serverOptimizer = ServerOptimizers.read(plan, defaults, rounds);
        Optional<Path> initialModel = readInitialModel(training.architecture());
        OptionalLong seed = root.has("seed")
                ? OptionalLong.of(root.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE))
                : OptionalLong.empty();
        configuration.finish();
        return new FederationDefinition(
                new FederationId(name),
                new ModelSchema(
                        0,
                        task,
                        schema.features(),
                        schema.outputs(),
                        Optional.empty(),
                        training.featureClip(),
                        training.normalization(),
                        training.architecture()),
                trainingPlan.orElseThrow(),
                new LearningRate(rate, schedule == Schedule.INVERSE ? INVERSE_DECAY : 0),
                encoding,
                aggregation,
                serverOptimizer,
                rounds.orElseThrow(),
                initialModel,
                seed);
    }

    private Optional<Path> readInitialModel(Architecture architecture) {
        String text = root.text("initialModel", "");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (!(architecture instanceof Architecture.Linear)) {
            root.problem(
                    "initialModel",
                    "must not be there for a perceptron: a Tribuo model file holds linear models alone");
        }
        Path file = configuration.file().toAbsolutePath().resolveSibling(text);
        if (!Files.isReadable(file)) {
            root.problem("initialModel", "must be a readable file, was " + file);
        }
        return Optional.of(file);
    }

    static double positive(Section section, String key, double fallback) {
        double value = section.number(key, fallback, -Double.MAX_VALUE, Double.MAX_VALUE);
        if (!(value > 0)) {
            section.problem(key, "must be > 0, was " + value);
            return fallback;
        }
        return value;
    }

    private void checked(String key, Runnable check) {
        try {
            check.run();
        } catch (IllegalArgumentException e) {
            if (root.has(key)) {
                root.problem(key, e.getMessage());
            }
        }
    }
}

package dev.tributary.coordinator.federation;

import dev.tributary.config.Configuration;
import dev.tributary.config.Section;
import dev.tributary.coordinator.optimizer.ServerOptimizer;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a federation's YAML file; what the file leaves out comes from the task, never from the data. */
public final class FederationFile {
    private static final double INVERSE_DECAY = 0.1;
    private static final Pattern VERSION = Pattern.compile("([A-Za-z0-9._-]+)@([0-9]{1,18})");

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
        Section roundsSection = root.section("rounds");
        TaskDefaults defaults = TaskDefaults.of(task);
        PlanSection training = new PlanSection(plan, task, defaults);
        Optional<TrainingPlan> trainingPlan = training.read();
        double rate = positive(plan, "learningRate", defaults.learningRate());
        Schedule schedule =
                plan.choice("schedule", Schedule.class, defaults.isInverse() ? Schedule.INVERSE : Schedule.CONSTANT);
        EncodingSection encodings = new EncodingSection(plan);
        Encoding saidEncoding = encodings.read(training.weights(schema));
        Encoding saidModelEncoding = new ModelEncodingSection(plan).read(training.weights(schema), training.solver());
        Aggregations aggregations = Aggregations.read(plan);
        Optional<RoundPlan> saidRounds = new RoundsSection(
                        roundsSection,
                        aggregations.neededContributors(),
                        task,
                        schema.outputs().size())
                .read();
        Optional<Budget> budget = new BudgetSection(root.section("budget"), plan, roundsSection)
                .read(saidRounds.map(known -> new BudgetSection.Wanted(
                        training.weights(schema),
                        schema.outputs().size(),
                        training.solver(),
                        known,
                        saidEncoding,
                        saidModelEncoding)));
        Encoding encoding = budget.map(known -> known.plan().encoding()).orElse(saidEncoding);
        Encoding modelEncoding =
                budget.map(known -> known.plan().modelEncoding()).orElse(saidModelEncoding);
        Optional<RoundPlan> rounds =
                saidRounds.map(known -> budget.map(kept -> kept.paced(known)).orElse(known));
        encodings.check(encoding, rounds);
        training.check(rounds, schema.features().size());
        Aggregation aggregation = aggregations.in(rounds);
        training.checkSize(schema.features().size(), schema.outputs().size());
        ServerOptimizer serverOptimizer = ServerOptimizers.read(plan, defaults, rounds);
        Optional<InitialModel> initialModel = readInitialModel();
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
                seed,
                modelEncoding,
                budget);
    }

    private Optional<InitialModel> readInitialModel() {
        String text = root.text("initialModel", "");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Matcher version = VERSION.matcher(text);
        if (version.matches()) {
            return earlier(version.group(1), version.group(2));
        }
        Path file = configuration.file().toAbsolutePath().resolveSibling(text);
        if (!Files.isReadable(file)) {
            root.problem(
                    "initialModel",
                    "must be a readable file, or a version in the same database such as pumps@12, was " + file);
        }
        return Optional.of(new InitialModel.InFile(file));
    }

    private Optional<InitialModel> earlier(String federation, String version) {
        try {
            return Optional.of(new InitialModel.Earlier(new FederationId(federation), Long.parseLong(version)));
        } catch (IllegalArgumentException e) {
            root.problem("initialModel", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
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

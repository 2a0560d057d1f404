package dev.tributary.coordinator.federation;

import dev.tributary.codec.Codec;
import dev.tributary.codec.Codecs;
import dev.tributary.config.Configuration;
import dev.tributary.config.Section;
import dev.tributary.coordinator.federation.RoundPlan.Asynchrony;
import dev.tributary.coordinator.federation.StoppingCriterion.FixedTrainRounds;
import dev.tributary.coordinator.federation.StoppingCriterion.Patience;
import dev.tributary.coordinator.optimizer.ServerOptimizer;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Task;
import dev.tributary.model.TrainingPlan;
import dev.tributary.update.FederationId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads a federation's YAML file; what the file leaves out comes from the task, never from the data. */
public final class FederationFile {
    private static final int MAX_ROUNDS = 1_000_000;
    private static final int MAX_DEVICES = 1_000_000;
    private static final double INVERSE_DECAY = 0.1;
    private static final int MAXIMUM_STALENESS = 20;
    private static final int EVALUATE_EVERY = 10;

    private final Configuration configuration;
    private final Section root;

    private FederationFile(Configuration configuration) {
        this.configuration = configuration;
        this.root = configuration.root();
    }

    /** What kinds of model there are. */
    private enum Kind {
        LINEAR
    }

    /** Whether rounds follow each other, or updates count whichever announcement they answer. */
    private enum Mode {
        SYNCHRONOUS,
        ASYNCHRONOUS
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
        plan.choice("model", Kind.class, Kind.LINEAR);
        double featureClip = positive(plan, "featureClip", defaults.featureClip());
        Optional<TrainingPlan> trainingPlan = readPlan(plan, task, defaults);
        double rate = positive(plan, "learningRate", defaults.learningRate());
        Schedule schedule =
                plan.choice("schedule", Schedule.class, defaults.isInverse() ? Schedule.INVERSE : Schedule.CONSTANT);
        int encoding = readEncoding(plan);
        Optional<RoundPlan> rounds = readRounds(root.section("rounds"));
        ServerOptimizer serverOptimizer = ServerOptimizers.read(plan, rounds);
        Optional<Path> initialModel = readInitialModel();
        OptionalLong seed = root.has("seed")
                ? OptionalLong.of(root.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE))
                : OptionalLong.empty();
        configuration.finish();
        return new FederationDefinition(
                new FederationId(name),
                new ModelSchema(0, task, schema.features(), schema.outputs(), Optional.empty(), featureClip),
                trainingPlan.orElseThrow(),
                new LearningRate(rate, schedule == Schedule.INVERSE ? INVERSE_DECAY : 0),
                encoding,
                serverOptimizer,
                rounds.orElseThrow(),
                initialModel,
                seed);
    }

    private Optional<TrainingPlan> readPlan(Section plan, Task task, TaskDefaults defaults) {
        int localEpochs = (int) plan.integer("localEpochs", defaults.localEpochs(), 1, 10_000);
        int batchSize = (int) plan.integer("batchSize", defaults.batchSize(), 0, 1_000_000);
        TrainingPlan.LocalOptimizer optimizer =
                plan.choice("localOptimizer", TrainingPlan.LocalOptimizer.class, TrainingPlan.LocalOptimizer.SGD);
        double momentum = plan.number("momentum", 0.9, 0, 0.9999);
        TrainingPlan.Objective objective = plan.choice("objective", TrainingPlan.Objective.class, defaults.objective());
        double residualClip = readResidualClip(plan);
        int minimumExamples = (int) plan.integer("minimumExamples", 10, 1, 10_000_000);
        if (objective.task() != task) {
            plan.problem(
                    "objective",
                    "must fit the task " + word(task) + ", was " + word(objective) + ", which is for "
                            + word(objective.task()));
            return Optional.empty();
        }
        return Optional.of(new TrainingPlan(
                localEpochs, batchSize, optimizer, momentum, objective, residualClip, minimumExamples));
    }

    private static double readResidualClip(Section plan) {
        return plan.has("residualClip") && plan.text("residualClip").equals("none")
                ? Double.POSITIVE_INFINITY
                : positive(plan, "residualClip", 5);
    }

    private static int readEncoding(Section plan) {
        String name = plan.text("encoding", "int8");
        Optional<Codec> codec =
                Codecs.byName(name).filter(one -> Codecs.deltaNames().contains(one.name()));
        if (codec.isEmpty()) {
            plan.problem(
                    "encoding", "must be one of " + String.join(", ", Codecs.deltaNames()) + ", was \"" + name + "\"");
        }
        return codec.map(Codec::id).orElse(1);
    }

    private Optional<RoundPlan> readRounds(Section rounds) {
        boolean isAsynchronous = rounds.choice("mode", Mode.class, Mode.SYNCHRONOUS) == Mode.ASYNCHRONOUS;
        int maximumStaleness = (int) rounds.integer("maximumStaleness", MAXIMUM_STALENESS, 0, MAX_ROUNDS);
        double overSelection = rounds.number("overSelection", RoundPlan.DEFAULT_OVER_SELECTION, 1, 1_000);
        int evaluateEvery = (int) rounds.integer("evaluateEvery", isAsynchronous ? EVALUATE_EVERY : 1, 1, MAX_ROUNDS);
        OptionalInt goal = readGoal(rounds);
        int minimum = (int) rounds.integer("minimum", 1, 1, MAX_DEVICES);
        int startWhen = (int) rounds.integer("startWhen", Math.max(minimum, goal.orElse(1)), 1, MAX_DEVICES);
        Duration deadline = rounds.duration("deadline", Duration.ofSeconds(60));
        boolean isSound = true;
        if (goal.isPresent() && goal.getAsInt() < minimum) {
            rounds.problem("goal", "must be >= minimum " + minimum + ", was " + goal.getAsInt());
            isSound = false;
        }
        if (startWhen < minimum) {
            rounds.problem("startWhen", "must be >= minimum " + minimum + ", was " + startWhen);
            isSound = false;
        }
        if (deadline.isZero() || deadline.isNegative() || deadline.compareTo(Duration.ofDays(30)) > 0) {
            rounds.problem("deadline", "must be > 0s and at most 30d, was " + deadline.toMillis() + "ms");
            isSound = false;
        }
        if (isAsynchronous && goal.isEmpty()) {
            rounds.problem("goal", "must be a number in asynchronous mode: a version is made of so many updates");
            isSound = false;
        } else if (isAsynchronous && rounds.has("overSelection")) {
            rounds.problem("overSelection", "must not be there in asynchronous mode, which calls all devices");
            isSound = false;
        } else if (!isAsynchronous && rounds.has("maximumStaleness")) {
            rounds.problem("maximumStaleness", "must not be there without mode: asynchronous");
            isSound = false;
        }
        Optional<Asynchrony> asynchrony =
                isAsynchronous ? Optional.of(new Asynchrony(maximumStaleness)) : Optional.empty();
        StoppingCriterion stop = readStop(rounds.section("stop"));
        return isSound
                ? Optional.of(new RoundPlan(
                        goal, minimum, deadline, startWhen, stop, evaluateEvery, asynchrony, overSelection))
                : Optional.empty();
    }

    private static OptionalInt readGoal(Section rounds) {
        return rounds.has("goal") && !rounds.text("goal").equals("all")
                ? OptionalInt.of((int) rounds.integer("goal", 1, MAX_DEVICES))
                : OptionalInt.empty();
    }

    private static StoppingCriterion readStop(Section stop) {
        int patience = (int) stop.integer("patience", 5, 1, MAX_ROUNDS);
        double tolerance = stop.number("tolerance", 0.002, 0, 1e9);
        int maximumRounds = (int) stop.integer("maximumRounds", 200, 1, MAX_ROUNDS);
        int trainRounds = (int) stop.integer("trainRounds", 1, 1, MAX_ROUNDS);
        if (!stop.has("trainRounds")) {
            return new Patience(patience, tolerance, maximumRounds);
        }
        for (String other : new String[] {"patience", "tolerance", "maximumRounds"}) {
            if (stop.has(other)) {
                stop.problem(other, "must not be there beside trainRounds, which alone says when to stop");
            }
        }
        return new FixedTrainRounds(trainRounds);
    }

    private Optional<Path> readInitialModel() {
        String text = root.text("initialModel", "");
        if (text.isEmpty()) {
            return Optional.empty();
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

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}

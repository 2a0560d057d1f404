package dev.tributary.coordinator.federation;

import dev.tributary.config.Section;
import dev.tributary.model.Architecture;
import dev.tributary.model.Normalization;
import dev.tributary.model.Task;
import dev.tributary.model.TrainingPlan;
import dev.tributary.model.TrainingPlan.LocalOptimizer;
import dev.tributary.model.TrainingPlan.Objective;
import dev.tributary.model.TrainingPlan.Solver;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads what kind of model a federation has and how devices train it. */
final class PlanSection {
    private static final int MAX_EPOCHS = 10_000;
    private static final int MAX_EXACT_FEATURES = 2_000;
    private static final int MAX_HIDDEN_UNITS = 10_000;
    private static final int HIDDEN_UNITS = 10;
    private static final int PERSONAL_EPOCHS = 100;
    /** The keys that say nothing where weights are solved for. */
    private static final List<String> DESCENT_KEYS = List.of(
            "batchSize",
            "localEpochs",
            "localOptimizer",
            "momentum",
            "learningRate",
            "schedule",
            "residualClip",
            "proximalMu",
            "encoding",
            "encodingStep",
            "encodingDeadZone",
            "encodingBits",
            "serverOptimizer");

    private final Section plan;
    private final Task task;
    private final TaskDefaults defaults;
    private final Kind kind;
    private final Solver solver;
    private final Normalization normalization;
    private final double featureClip;
    private final int hiddenUnits;

    /** What kinds of model there are. */
    private enum Kind {
        LINEAR,
        PERCEPTRON
    }

    PlanSection(Section plan, Task task, TaskDefaults defaults) {
        this.plan = plan;
        this.task = task;
        this.defaults = defaults;
        this.kind = plan.choice("model", Kind.class, Kind.LINEAR);
        this.solver = plan.choice("solver", Solver.class, Solver.SGD);
        this.normalization = plan.choice("normalization", Normalization.class, Normalization.GLOBAL);
        this.featureClip = readFeatureClip();
        this.hiddenUnits = (int) plan.integer("hiddenUnits", HIDDEN_UNITS, 1, MAX_HIDDEN_UNITS);
        if (kind == Kind.LINEAR && plan.has("hiddenUnits")) {
            plan.problem("hiddenUnits", "must not be there unless model is perceptron");
        }
    }

    double featureClip() {
        return featureClip;
    }

    Normalization normalization() {
        return normalization;
    }

    Architecture architecture() {
        return kind == Kind.PERCEPTRON ? new Architecture.Perceptron(hiddenUnits) : Architecture.LINEAR;
    }

    /** How many weights a model under this schema has; when it has mistakes, which are said elsewhere, of its least form. */
    long weights(SchemaSection schema) {
        int features = Math.max(1, schema.features().size());
        int outputs = Math.max(1, schema.outputs().size());
        return architecture().size(task, features, outputs);
    }

    /** How devices train; empty when something is wrong with it, which the section then knows. */
    Optional<TrainingPlan> read() {
        int localEpochs = (int) plan.integer("localEpochs", defaults.localEpochs(), 1, MAX_EPOCHS);
        int batchSize = (int) plan.integer("batchSize", defaults.batchSize(), 0, 1_000_000);
        LocalOptimizer optimizer = plan.choice("localOptimizer", LocalOptimizer.class, LocalOptimizer.SGD);
        double momentum = plan.number("momentum", 0.9, 0, 0.9999);
        Objective objective = plan.choice("objective", Objective.class, defaults.objective());
        double residualClip = readClip("residualClip", 5);
        int minimumExamples = (int) plan.integer("minimumExamples", 10, 1, 10_000_000);
        double proximalMu = plan.number("proximalMu", 0, 0, 1e9);
        int personalEpochs = readPersonalEpochs();
        OptionalDouble ridge = readRidge();
        boolean fitsTask = fitsTask(objective);
        boolean fitsSolver = fitsSolver(objective);
        return fitsTask && fitsSolver
                ? Optional.of(new TrainingPlan(
                        localEpochs,
                        batchSize,
                        optimizer,
                        momentum,
                        objective,
                        residualClip,
                        minimumExamples,
                        proximalMu,
                        personalEpochs,
                        solver,
                        ridge))
                : Optional.empty();
    }

    /** Says what cannot work together with these rounds, or with so many features. */
    void check(Optional<RoundPlan> rounds, int features) {
        if (solver == Solver.EXACT && features > MAX_EXACT_FEATURES) {
            plan.problem(
                    "solver",
                    "must be sgd for more than " + MAX_EXACT_FEATURES + " features, were " + features
                            + ": each device would send a number for each pair of them");
        }
        if (solver == Solver.EXACT && rounds.filter(RoundPlan::isAsynchronous).isPresent()) {
            plan.problem("solver", "must be sgd in asynchronous mode: exact needs one round that all devices answer");
        }
    }

    /** Says when so many features and outputs make more weights than a message can hold. */
    void checkSize(int features, int outputs) {
        long weights = architecture().size(task, features, outputs);
        if (kind == Kind.PERCEPTRON && weights > SchemaSection.MAX_WEIGHTS) {
            plan.problem(
                    "hiddenUnits",
                    "must make at most " + SchemaSection.MAX_WEIGHTS + " weights, made " + weights + " of " + features
                            + " features and " + outputs + " outputs");
        }
    }

    private boolean fitsTask(Objective objective) {
        if (objective.task() == task) {
            return true;
        }
        plan.problem(
                "objective",
                "must fit the task " + word(task) + ", was " + word(objective) + ", which is for "
                        + word(objective.task()));
        return false;
    }

    private boolean fitsSolver(Objective objective) {
        if (solver != Solver.EXACT) {
            return true;
        }
        boolean isSound = true;
        if (objective != Objective.SQUARED) {
            plan.problem("solver", "must be sgd for objective " + word(objective) + "; exact is for squared alone");
            isSound = false;
        }
        if (kind != Kind.LINEAR) {
            plan.problem("solver", "must be sgd for a perceptron; exact is for linear models alone");
            isSound = false;
        }
        for (String key : DESCENT_KEYS) {
            boolean isForPersonalModels = plan.has("personalize") && !key.startsWith("server");
            if (plan.has(key) && !isForPersonalModels) {
                plan.problem(key, "must not be there with solver exact, which takes no steps");
                isSound = false;
            }
        }
        return isSound;
    }

    private int readPersonalEpochs() {
        boolean isPersonal = plan.flag("personalize", false);
        if (!isPersonal && plan.has("personalEpochs")) {
            plan.problem("personalEpochs", "must not be there without personalize: true");
        }
        int epochs = (int) plan.integer("personalEpochs", PERSONAL_EPOCHS, 1, MAX_EPOCHS);
        return isPersonal ? epochs : 0;
    }

    private OptionalDouble readRidge() {
        if (!plan.has("ridge")) {
            return OptionalDouble.empty();
        }
        if (solver != Solver.EXACT) {
            plan.problem("ridge", "must not be there unless solver is exact");
        }
        return OptionalDouble.of(plan.number("ridge", 1, 0, 1e12));
    }

    private double readFeatureClip() {
        // What is not standardised may be of any size.
        double fallback = normalization == Normalization.NONE ? Double.POSITIVE_INFINITY : defaults.featureClip();
        return readClip("featureClip", fallback);
    }

    private double readClip(String key, double fallback) {
        if (!plan.has(key)) {
            return fallback;
        }
        return plan.text(key).equals("none") ? Double.POSITIVE_INFINITY : FederationFile.positive(plan, key, 1);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}

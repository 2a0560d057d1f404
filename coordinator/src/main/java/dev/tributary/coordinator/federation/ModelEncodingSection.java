package dev.tributary.coordinator.federation;

import dev.tributary.codec.Codecs;
import dev.tributary.codec.ModelCoding;
import dev.tributary.codec.Uniform;
import dev.tributary.config.Section;
import dev.tributary.model.TrainingPlan.Solver;
import dev.tributary.protocol.Encoding;
import java.util.List;
import java.util.Optional;

/**
 * Reads how versions are published as differences beside full models; without a word for it the number of weights and the
 * solver decide.
 */
final class ModelEncodingSection {
    private static final String KEY = "modelEncoding";
    private static final String STEP_KEY = "modelEncodingStep";
    private static final String NONE = "none";
    /** Up to so many weights a full model is little more than its frame. */
    private static final int FEW_WEIGHTS = 200;
    /** Half a root mean square of the difference: its error is a 48th of the difference's square. */
    private static final double STEP = 0.5;

    private static final double LEAST_STEP = 0.0625;
    private static final double LARGEST_STEP = 16;
    private static final List<Integer> WITH_STEP = List.of(Uniform.DITHER_ID, Uniform.STOCHASTIC_ID);

    private final Section plan;

    ModelEncodingSection(Section plan) {
        this.plan = plan;
    }

    /** The encoding of the differences between versions of {@code weights} coordinates. */
    Encoding read(long weights, Solver solver) {
        String name = plan.text(KEY, weights > FEW_WEIGHTS && solver != Solver.EXACT ? "dither" : NONE);
        double step = plan.number(STEP_KEY, STEP, LEAST_STEP, LARGEST_STEP);
        if (name.equals(NONE)) {
            if (plan.has(STEP_KEY)) {
                plan.problem(STEP_KEY, "must not be there with modelEncoding none");
            }
            return Encoding.NONE;
        }
        Optional<Encoding> known =
                Codecs.encoding(name).filter(one -> ModelCoding.names().contains(name));
        if (known.isEmpty()) {
            plan.problem(
                    KEY,
                    "must be none or one of " + String.join(", ", ModelCoding.names()) + ", was \"" + name
                            + "\"; what an encoding leaves out of a version is left out for good, and one that saves"
                            + " nothing is none");
            return Encoding.NONE;
        }
        if (solver == Solver.EXACT) {
            plan.problem(
                    KEY,
                    "must be none with solver exact: the one version that it makes keeps its weights to the bit, was "
                            + name);
            return Encoding.NONE;
        }
        if (WITH_STEP.contains(known.get().id())) {
            return known.get().withStep(step);
        }
        if (plan.has(STEP_KEY)) {
            plan.problem(STEP_KEY, "must not be there unless modelEncoding is dither or stochastic");
        }
        return known.get();
    }
}

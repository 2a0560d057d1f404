package dev.tributary.learning;

import dev.tributary.model.ParameterLayout;
import org.tribuo.math.la.SGDVector;

/** One block K × (D+1): the scores are W·x + b. */
final class LinearScores implements ScoreFunction {
    private final LinearMap map;

    LinearScores(ParameterLayout layout) {
        this.map = LinearMap.of(0, layout.blocks().get(0));
    }

    @Override
    public int columns() {
        return map.columns();
    }

    @Override
    public int outputs() {
        return map.outputs();
    }

    @Override
    public int hiddenLength() {
        return 0;
    }

    @Override
    public void apply(double[] weights, double[] x, double[] hidden, double[] scores) {
        map.apply(weights, x, scores);
    }

    @Override
    public void accumulate(double[] weights, double[] x, double[] hidden, SGDVector ascent, double[] gradient) {
        for (int k = 0; k < map.outputs(); k++) {
            map.accumulate(k, ascent.get(k), x, gradient);
        }
    }
}

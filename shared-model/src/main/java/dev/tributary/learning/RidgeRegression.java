package dev.tributary.learning;

import dev.tributary.model.Vector;
import java.util.Optional;
import org.tribuo.math.la.DenseMatrix;
import org.tribuo.math.la.DenseVector;
import org.tribuo.math.la.SGDVector;

/**
 * Ridge regression from sufficient statistics: {@code W = (Σ x·xᵀ + λ·diag(1, …, 1, 0))⁻¹ Σ x·yᵀ} by Cholesky's
 * factorisation; the bias is not penalised.
 */
public final class RidgeRegression {
    private RidgeRegression() {}

    /**
     * The weights, K × (D+1) by rows, bias last; empty when the matrix is not positive definite, as with fewer examples
     * than features and no ridge.
     *
     * @param ridge λ ≥ 0, on the sums as they are
     */
    public static Optional<Vector> solve(SufficientStatistics statistics, double ridge) {
        if (!(ridge >= 0) || Double.isInfinite(ridge)) {
            throw new IllegalArgumentException("ridge must be finite and >= 0, was " + ridge);
        }
        int columns = statistics.columns();
        DenseMatrix matrix = new DenseMatrix(columns, columns);
        for (int i = 0; i < columns; i++) {
            for (int j = 0; j < columns; j++) {
                matrix.set(i, j, statistics.product(i, j) + (i == j && i < columns - 1 ? ridge : 0));
            }
        }
        return matrix.choleskyFactorization().flatMap(factors -> weights(statistics, factors));
    }

    private static Optional<Vector> weights(
            SufficientStatistics statistics, DenseMatrix.CholeskyFactorization factors) {
        int columns = statistics.columns();
        double[] weights = new double[statistics.outputs() * columns];
        for (int k = 0; k < statistics.outputs(); k++) {
            DenseVector moments = new DenseVector(columns);
            for (int i = 0; i < columns; i++) {
                moments.set(i, statistics.moment(i, k));
            }
            SGDVector solution = factors.solve(moments);
            for (int i = 0; i < columns; i++) {
                weights[k * columns + i] = solution.get(i);
            }
        }
        Vector found = Vector.of(weights);
        return found.isFinite() ? Optional.of(found) : Optional.empty();
    }

    /** The summed squared error of these weights, from the sums alone: {@code Σ y² − 2·wᵀB + wᵀAw}, over all outputs. */
    public static double squaredError(SufficientStatistics statistics, Vector weights) {
        int columns = statistics.columns();
        double total = 0;
        for (int k = 0; k < statistics.outputs(); k++) {
            double error = statistics.squares(k);
            for (int i = 0; i < columns; i++) {
                double weight = weights.get(k * columns + i);
                error -= 2 * weight * statistics.moment(i, k);
                for (int j = 0; j < columns; j++) {
                    error += weight * weights.get(k * columns + j) * statistics.product(i, j);
                }
            }
            total += error;
        }
        return total;
    }
}

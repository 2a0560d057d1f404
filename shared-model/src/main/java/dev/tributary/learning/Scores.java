package dev.tributary.learning;

/** What can be read from a classifier's K scores. */
final class Scores {
    private Scores() {}

    /** The index of the largest score; the first of equals. */
    static int best(double[] scores) {
        int best = 0;
        for (int k = 1; k < scores.length; k++) {
            if (scores[k] > scores[best]) {
                best = k;
            }
        }
        return best;
    }

    /** −log softmax of {@code label}: finite for finite scores, however far apart they are. */
    static double logLoss(double[] scores, int label) {
        double largest = scores[best(scores)];
        double sum = 0;
        for (double score : scores) {
            sum += Math.exp(score - largest);
        }
        return Math.log(sum) + largest - scores[label];
    }

    /** The multiclass hinge loss with margin 1 (Crammer and Singer 2001). */
    static double hingeLoss(double[] scores, int label) {
        double worst = scores[label];
        for (int k = 0; k < scores.length; k++) {
            worst = Math.max(worst, k == label ? scores[k] : scores[k] + 1);
        }
        return worst - scores[label];
    }

    /** Replaces the scores by their softmax. */
    static void softmax(double[] scores) {
        double largest = scores[best(scores)];
        double sum = 0;
        for (int k = 0; k < scores.length; k++) {
            scores[k] = Math.exp(scores[k] - largest);
            sum += scores[k];
        }
        for (int k = 0; k < scores.length; k++) {
            scores[k] /= sum;
        }
    }
}

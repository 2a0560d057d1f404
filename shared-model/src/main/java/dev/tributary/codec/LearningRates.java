package dev.tributary.codec;

/** How far an estimate moves towards its n-th observation: 1/(n + 1.5), in 65536ths. */
final class LearningRates {
    private static final int[] RATES = rates();

    private LearningRates() {}

    private static int[] rates() {
        int[] rates = new int[256];
        for (int n = 0; n < rates.length; n++) {
            rates[n] = 131072 / (2 * n + 3);
        }
        return rates;
    }

    /** The rate after {@code count} observations, in [0, 255]. */
    static int of(int count) {
        return RATES[count];
    }
}

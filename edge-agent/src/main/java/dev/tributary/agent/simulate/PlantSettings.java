package dev.tributary.agent.simulate;

/**
 * What the built-in plant is like.
 *
 * @param machines how many, 2 to 9,999
 * @param heterogeneity how much machines differ in gain, bias, noise and mix of states: 0 not at all, 1 very much
 * @param drift how much sensors and machines change from a machine's first row to its last: 0 not at all
 */
public record PlantSettings(int machines, long seed, double heterogeneity, double drift) {
    /** The machines of a plant that nobody asked for another number of. */
    public static final int DEFAULT_MACHINES = 50;

    private static final int MOST_MACHINES = 9_999;

    public PlantSettings {
        if (machines < 2 || machines > MOST_MACHINES) {
            throw new IllegalArgumentException("machines must be in 2 … " + MOST_MACHINES + ", was " + machines);
        }
        requireShare("heterogeneity", heterogeneity);
        requireShare("drift", drift);
    }

    private static void requireShare(String field, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(field + " must be in 0 … 1, was " + value);
        }
    }

    /** 50 machines of medium heterogeneity that do not drift. */
    public static PlantSettings standard(long seed) {
        return new PlantSettings(DEFAULT_MACHINES, seed, 0.5, 0);
    }
}

package dev.tributary.agent.simulate;

/** Something about one file of a data folder that its owner should know. */
public record DataProblem(String file, String problem, Consequence consequence) {
    /** What follows from a problem. */
    public enum Consequence {
        /** The file is a device all the same. */
        TOLD,
        /** The file would be a device, and is left out. */
        LEFT_OUT,
        /** The file is none of a device. */
        NOT_A_DEVICE
    }

    static DataProblem told(String file, String problem) {
        return new DataProblem(file, problem, Consequence.TOLD);
    }

    static DataProblem leftOut(String file, String problem) {
        return new DataProblem(file, problem, Consequence.LEFT_OUT);
    }
}

package dev.tributary.codec;

import dev.tributary.model.Seed;
import dev.tributary.model.Vector;

/** Coordinates, in steps, to integer levels and back. */
sealed interface Quantiser permits DeadZone, Stochastic, SubtractiveDither {
    /** The randomness of a vector, a number for each coordinate. */
    double[] noise(int length, Seed seed);

    /** The level of a coordinate of {@code steps} steps, under its noise. */
    int level(double steps, double noise);

    /** The coordinate, in steps, that a level stands for under its noise. */
    double value(int level, double noise);

    /** What the noise lets expect of the level before it is known, for {@link Coder}: 0 when nothing. */
    int hint(double noise);

    /** The step to decode with: that of the levels unless the quantiser does better in hindsight. */
    double decodingStep(Vector vector, int[] levels, double step);
}

package dev.tributary.agent.simulate;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How many of a fleet's training devices are Byzantine, and what they do: a way to see what a plan withstands. They
 * evaluate nothing, so that all metrics are those of honest devices.
 *
 * @param strength of the attack; meaningless for one that has none
 * @param seed which devices they are
 */
public record ByzantineDevices(int count, Attack attack, double strength, long seed) {
    private static final Pattern SYNTAX = Pattern.compile("(\\d{1,6}):([a-z-]+)(?::(\\d+(?:\\.\\d+)?(?:[eE]\\d+)?))?");

    /** What a Byzantine device sends. */
    public enum Attack {
        /** The opposite of what it learned, many times over. */
        SIGN_FLIP(10),
        /** Noise of this norm instead of what it learned; just below what admission takes. */
        NOISE(9.9e5),
        /** What it learned from the opposite labels, or from targets mirrored at their mean. */
        LABELS(Double.NaN),
        /** The opposite of what it learned, as long as an honest update. */
        WITHIN_NORM(Double.NaN),
        /** What an honest device sends: what the others' metrics would be without an attack. */
        NONE(Double.NaN);

        private final double usualStrength;

        Attack(double usualStrength) {
            this.usualStrength = usualStrength;
        }

        /** Its name on the command line. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        boolean hasStrength() {
            return !Double.isNaN(usualStrength);
        }
    }

    public ByzantineDevices {
        if (count < 1) {
            throw new IllegalArgumentException("count must be >= 1, was " + count);
        }
        if (attack.hasStrength() && !(strength > 0 && Double.isFinite(strength))) {
            throw new IllegalArgumentException("strength must be > 0, was " + strength);
        }
    }

    /** The rule {@code COUNT:ATTACK} or {@code COUNT:ATTACK:STRENGTH}. */
    public static ByzantineDevices parse(String text, long seed) {
        Matcher matcher = SYNTAX.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "must be COUNT:ATTACK or COUNT:ATTACK:STRENGTH with one of " + words() + ", was \"" + text + "\"");
        }
        Attack attack = Arrays.stream(Attack.values())
                .filter(one -> one.word().equals(matcher.group(2)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "attack must be one of " + words() + ", was \"" + matcher.group(2) + "\""));
        if (matcher.group(3) != null && !attack.hasStrength()) {
            throw new IllegalArgumentException(attack.word() + " has no strength, was \"" + text + "\"");
        }
        double strength = matcher.group(3) == null ? attack.usualStrength : Double.parseDouble(matcher.group(3));
        return new ByzantineDevices(Integer.parseInt(matcher.group(1)), attack, strength, seed);
    }

    private static String words() {
        return Arrays.stream(Attack.values()).map(Attack::word).collect(Collectors.joining(", "));
    }

    /** Which of these positions, those of the training devices, are Byzantine. */
    Set<Integer> among(List<Integer> trainers) {
        if (count >= trainers.size()) {
            throw new UnusableDataException("there must be fewer Byzantine devices than the " + trainers.size()
                    + " that train, were " + count + "; see --byzantine");
        }
        Dice dice = new Dice(seed);
        Integer[] shuffled = trainers.toArray(Integer[]::new);
        Set<Integer> chosen = new TreeSet<>();
        for (int i = 0; i < count; i++) {
            int other = i + (int) dice.uniform(0, shuffled.length - i);
            chosen.add(shuffled[other]);
            shuffled[other] = shuffled[i];
        }
        return chosen;
    }
}

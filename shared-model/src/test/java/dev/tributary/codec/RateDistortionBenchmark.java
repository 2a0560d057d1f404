package dev.tributary.codec;

import dev.tributary.model.Bytes;
import dev.tributary.model.Seed;
import dev.tributary.model.Vector;
import dev.tributary.protocol.Encoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * How much error codecs make at how many bits, beside their peers and the Gaussian bound D = 2^(−2R). No test: run it by name,
 * as docs/benchmarks.md says. It writes tables to standard output and a picture into {@code target}.
 */
class RateDistortionBenchmark {
    private static final double[] RATES = {0.5, 1, 2, 4};
    private static final double[] DEAD_ZONES = {0.34, 0.38, 0.42, 0.46, 0.5};
    private static final double DECIBELS_PER_BIT = 20 * Math.log10(2);

    /** Bits for each weight, and the mean of |x̂ − x|²/|x|². */
    record Point(double bits, double error) {
        /** How many decibels the error is above the least that a Gaussian source allows at this rate. */
        double aboveBound() {
            return 10 * Math.log10(error) + DECIBELS_PER_BIT * bits;
        }
    }

    /** A way to code that gets coarser as its parameter grows. */
    private record Family(
            String name, boolean isUnbiased, DoubleFunction<Trip> codecs, double finest, double coarsest) {}

    private interface Trip {
        Qsgd.Coded of(Vector vector, Seed seed);
    }

    private static Trip codec(Encoding encoding) {
        Codec codec = Codecs.of(encoding).orElseThrow();
        return (vector, seed) -> {
            Bytes bytes = codec.encode(vector, seed);
            return new Qsgd.Coded(codec.decode(bytes, vector.length(), seed), (double) bytes.size() * Byte.SIZE);
        };
    }

    private static Trip eden(int bits, boolean isUnbiased) {
        Eden eden = new Eden(bits, isUnbiased);
        return (vector, seed) -> new Qsgd.Coded(eden.roundTrip(vector, seed), eden.bits(vector.length()));
    }

    private static List<Family> families() {
        List<Family> families = new ArrayList<>();
        families.add(new Family("dither", true, step -> codec(Codecs.DITHER.withStep(step)), 0.0625, 16));
        families.add(new Family("stochastic", true, step -> codec(Codecs.STOCHASTIC.withStep(step)), 0.0625, 16));
        for (double deadZone : DEAD_ZONES) {
            Encoding encoding = Codecs.DEAD_ZONE.withDeadZone(deadZone);
            families.add(new Family(
                    "deadzone-ef, encodingDeadZone " + deadZone,
                    false,
                    step -> codec(encoding.withStep(step)),
                    0.0625,
                    16));
        }
        families.add(new Family("QSGD", true, step -> new Qsgd(1 / step)::roundTrip, 1e-4, 4));
        return families;
    }

    @Test
    void tables() throws IOException {
        Map<String, List<Vector>> sources = sources();
        Map<String, List<Point>> curves = new LinkedHashMap<>();
        for (Map.Entry<String, List<Vector>> source : sources.entrySet()) {
            for (boolean isUnbiased : new boolean[] {false, true}) {
                System.out.printf(
                        "%n%s, %s: NMSE (dB above the bound)%n%n| bits for each weight | 0.5 | 1 | 2 | 4 |%n|---|---|---|---|---|%n",
                        source.getKey(), isUnbiased ? "unbiased" : "biased");
                for (Family family : families()) {
                    if (family.isUnbiased() == isUnbiased) {
                        List<Point> row = new ArrayList<>();
                        for (double rate : RATES) {
                            row.add(at(rate, family, source.getValue()));
                        }
                        print(family.name(), row);
                    }
                }
                print(
                        isUnbiased ? "EDEN, DRIVE" : "EDEN, DRIVE of least error",
                        edenRow(isUnbiased, source.getValue()));
                print("Gaussian bound", null);
            }
            if (source.getKey().startsWith("Gaussian") || source.getKey().startsWith("WISDM, 52")) {
                addCurves(source, curves);
            }
        }
        Path picture = Path.of("target", "rate-distortion.svg");
        Files.writeString(picture, RateDistortionPicture.of(curves));
        System.out.println("picture: " + picture.toAbsolutePath());
    }

    private static void addCurves(Map.Entry<String, List<Vector>> source, Map<String, List<Point>> curves) {
        for (Family family : families()) {
            if (family.isUnbiased()
                    || family.name().endsWith("0.38")
                    || family.name().endsWith("0.46")) {
                curves.put(
                        source.getKey() + ": " + family.name(),
                        IntStream.rangeClosed(1, 18)
                                .mapToObj(i -> at(i * 0.25, family, source.getValue()))
                                .toList());
            }
        }
        curves.put(
                source.getKey() + ": EDEN",
                IntStream.rangeClosed(1, 4)
                        .mapToObj(bits -> measure(eden(bits, true), source.getValue()))
                        .toList());
    }

    private static Map<String, List<Vector>> sources() throws IOException {
        Map<String, List<Vector>> sources = new LinkedHashMap<>();
        sources.put("Gaussian, d = 100,000", List.of(UniformContract.gaussian(100_000, 1)));
        String data = System.getenv("TRIBUTARY_DATA");
        if (data == null) {
            System.out.println("TRIBUTARY_DATA is not set: Gaussian vectors alone");
            return sources;
        }
        add(sources, "WISDM, 52 features, 18 labels", Path.of(data, "wisdm51_watch_accel"), false);
        add(sources, "WISDM, 205 features (products), 18 labels", Path.of(data, "wisdm51_watch_accel"), true);
        add(sources, "beijing_air_1y", Path.of(data, "beijing_air_1y"), false);
        add(sources, "fmi_wind", Path.of(data, "fmi_wind"), false);
        return sources;
    }

    private static void add(Map<String, List<Vector>> sources, String name, Path folder, boolean withProducts)
            throws IOException {
        List<Vector> deltas = RealDeltas.of(folder, withProducts);
        sources.put(
                String.format(
                        Locale.ROOT,
                        "%s, d = %,d, %d deltas",
                        name,
                        deltas.get(0).length(),
                        deltas.size()),
                deltas);
    }

    private static List<Point> edenRow(boolean isUnbiased, List<Vector> vectors) {
        List<Point> row = new ArrayList<>();
        for (double rate : RATES) {
            row.add(rate < 1 ? null : measure(eden((int) rate, isUnbiased), vectors));
        }
        return row;
    }

    /** The family's member that comes closest to this rate. */
    private static Point at(double rate, Family family, List<Vector> vectors) {
        double fine = Math.log(family.finest());
        double coarse = Math.log(family.coarsest());
        for (int i = 0; i < 14; i++) {
            double middle = (fine + coarse) / 2;
            if (measure(family.codecs().apply(Math.exp(middle)), vectors).bits() > rate) {
                fine = middle;
            } else {
                coarse = middle;
            }
        }
        return measure(family.codecs().apply(Math.exp(coarse)), vectors);
    }

    private static Point measure(Trip trip, List<Vector> vectors) {
        double bits = 0;
        double weights = 0;
        double error = 0;
        for (int i = 0; i < vectors.size(); i++) {
            Vector vector = vectors.get(i);
            Qsgd.Coded coded = trip.of(vector, new Seed(new SplitMix64(new Seed(i)).nextLong()));
            bits += coded.bits();
            weights += vector.length();
            error += Math.pow(coded.decoded().minus(vector).norm() / vector.norm(), 2) / vectors.size();
        }
        return new Point(bits / weights, error);
    }

    private static void print(String name, List<Point> row) {
        StringBuilder line = new StringBuilder("| ").append(name);
        for (int i = 0; i < RATES.length; i++) {
            Point point = row == null ? new Point(RATES[i], Math.pow(2, -2 * RATES[i])) : row.get(i);
            if (point == null || Math.abs(point.bits() - RATES[i]) > 0.5) {
                line.append(" | –");
            } else if (Math.abs(point.bits() - RATES[i]) < 0.03) {
                line.append(String.format(Locale.ROOT, " | %.4f (%.2f)", point.error(), point.aboveBound()));
            } else {
                line.append(String.format(
                        Locale.ROOT, " | %.4f (%.2f) at %.2f", point.error(), point.aboveBound(), point.bits()));
            }
        }
        System.out.println(line.append(" |"));
    }
}

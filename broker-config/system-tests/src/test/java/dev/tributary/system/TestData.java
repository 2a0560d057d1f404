package dev.tributary.system;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Where the system tests' sensor data comes from: the folder that {@code TRIBUTARY_DATA} names, or else the built-in plant
 * and small sets that are written here; which of the two is said in one line.
 */
final class TestData {
    private TestData() {}

    /** Arguments for a classification fleet with some new devices. */
    static List<String> classification() {
        return real("wisdm51_watch_accel", "the built-in plant");
    }

    /** Arguments for a fleet of many devices whose metric settles within few versions. */
    static List<String> manyDevices() {
        return real("fmi_wind", "the built-in plant");
    }

    /** Arguments for a regression fleet; {@code folder} takes the written set. */
    static List<String> regression(Path folder) throws IOException {
        List<String> real = real("beijing_air_1y", "a written set of 8 stations");
        if (!real.isEmpty()) {
            return real;
        }
        stations(folder, 8, 400);
        return List.of("--data", folder.toString());
    }

    /** Writes stations whose {@code y} is a linear function of {@code a}, {@code b}, {@code c}, with noise. */
    static void stations(Path folder, int count, int rows) throws IOException {
        for (int station = 0; station < count; station++) {
            station(folder.resolve("station-" + station + ".csv"), station, rows, 1);
        }
    }

    /** Writes one station; its column {@code a} is multiplied by {@code scale}. */
    static void station(Path file, long seed, int rows, double scale) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
            out.println("time,a,b,c,y");
            for (int i = 0; i < rows; i++) {
                double a = 50 + 10 * gaussian(random) + seed;
                double b = 5 * gaussian(random);
                double c = random.nextInt(10);
                double y = 3 * a - 2 * b + c + 4 * gaussian(random);
                out.printf(
                        Locale.ROOT,
                        "2026-01-%02dT%02d:%02d,%.4f,%.4f,%.0f,%.4f%n",
                        1 + i / 1440,
                        i / 60 % 24,
                        i % 60,
                        a * scale,
                        b,
                        c,
                        y);
            }
        }
    }

    private static double gaussian(SplittableRandom random) {
        double sum = -6;
        for (int i = 0; i < 12; i++) {
            sum += random.nextDouble();
        }
        return sum;
    }

    private static List<String> real(String set, String otherwise) {
        String data = System.getenv("TRIBUTARY_DATA");
        if (data != null && Files.isDirectory(Path.of(data, set))) {
            System.out.println("system tests use " + set);
            return List.of("--data", Path.of(data, set).toString());
        }
        System.out.println("TRIBUTARY_DATA is not set: system tests use " + otherwise);
        return List.of();
    }
}

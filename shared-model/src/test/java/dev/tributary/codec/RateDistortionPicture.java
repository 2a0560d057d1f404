package dev.tributary.codec;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Curves of decibels above the Gaussian bound over bits for each weight, as SVG. */
final class RateDistortionPicture {
    private static final int WIDTH = 860;
    private static final int HEIGHT = 460;
    private static final int LEFT = 50;
    private static final int BOTTOM = 410;
    private static final int PLOT_WIDTH = 450;
    private static final double MOST_BITS = 4.5;
    private static final double LEAST = -2;
    private static final double MOST = 10;
    private static final String[] COLOURS = {
        "#0b5fa5", "#d1495b", "#2e933c", "#8f2d56", "#e08e1b", "#5f6caf", "#7fb7be", "#f0a6ca", "#7bc47f", "#c39bd3",
        "#f6c667", "#99a3d4"
    };

    private RateDistortionPicture() {}

    static String of(Map<String, List<RateDistortionBenchmark.Point>> curves) {
        StringBuilder svg = new StringBuilder();
        svg.append(format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">%n",
                WIDTH, HEIGHT));
        svg.append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        for (int bits = 0; bits <= 4; bits++) {
            svg.append(text(x(bits), BOTTOM + 18, "middle", "" + bits));
        }
        for (int decibels = (int) LEAST; decibels <= MOST; decibels += 2) {
            svg.append(format(
                    "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>%n",
                    LEFT, LEFT + PLOT_WIDTH, y(decibels), y(decibels), decibels == 0 ? "#444" : "#ddd"));
            svg.append(text(LEFT - 8, y(decibels) + 4, "end", "" + decibels));
        }
        svg.append(text(LEFT + PLOT_WIDTH / 2.0, BOTTOM + 40, "middle", "bits for each weight"));
        svg.append(text(LEFT, 18, "start", "dB above the Gaussian rate-distortion bound (0)"));
        int index = 0;
        for (Map.Entry<String, List<RateDistortionBenchmark.Point>> curve : curves.entrySet()) {
            String colour = COLOURS[index % COLOURS.length];
            StringBuilder points = new StringBuilder();
            for (RateDistortionBenchmark.Point point : curve.getValue()) {
                if (point.aboveBound() <= MOST && point.bits() <= MOST_BITS) {
                    points.append(format("%.1f,%.1f ", x(point.bits()), y(point.aboveBound())));
                }
            }
            svg.append(format(
                    "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" points=\"%s\"/>%n",
                    colour, points.toString().strip()));
            double line = 40 + 24.0 * index;
            svg.append(format(
                    "<line x1=\"520\" x2=\"545\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"3\"/>%n",
                    line, line, colour));
            svg.append(text(552, line + 4, "start", curve.getKey()));
            index++;
        }
        return svg.append("</svg>\n").toString();
    }

    private static double x(double bits) {
        return LEFT + bits / MOST_BITS * PLOT_WIDTH;
    }

    private static double y(double decibels) {
        return BOTTOM - (decibels - LEAST) / (MOST - LEAST) * (BOTTOM - 30);
    }

    private static String text(double x, double y, String anchor, String text) {
        return format("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, text);
    }

    private static String format(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}

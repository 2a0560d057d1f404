package dev.tributary.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The samples of a Prometheus text page. */
final class PrometheusText {
    private static final Pattern SAMPLE = Pattern.compile("([A-Za-z_:][A-Za-z0-9_:]*)(?:\\{(.*)\\})?\\s+(\\S+).*");
    private static final Pattern LABEL = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    private record Sample(String name, Map<String, String> labels, double value) {}

    private final List<Sample> samples = new ArrayList<>();

    private PrometheusText() {}

    static PrometheusText parse(String text) {
        PrometheusText page = new PrometheusText();
        for (String line : text.lines().toList()) {
            Matcher sample = SAMPLE.matcher(line);
            if (line.startsWith("#") || !sample.matches()) {
                continue;
            }
            Map<String, String> labels = new LinkedHashMap<>();
            if (sample.group(2) != null) {
                Matcher label = LABEL.matcher(sample.group(2));
                while (label.find()) {
                    labels.put(label.group(1), label.group(2));
                }
            }
            page.samples.add(new Sample(sample.group(1), labels, Double.parseDouble(sample.group(3))));
        }
        return page;
    }

    static PrometheusText fetch(String url) throws IOException, InterruptedException {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url))
                                .timeout(Duration.ofSeconds(10))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(url + " answered " + answer.statusCode());
        }
        return parse(answer.body());
    }

    /** The sum of all samples with this name and these labels; {@code "!x"} as a value means any but x. */
    long sum(String name, Map<String, String> wanted) {
        double sum = 0;
        for (Sample sample : samples) {
            if (sample.name().equals(name) && wanted.entrySet().stream().allMatch(want -> matches(sample, want))) {
                sum += sample.value();
            }
        }
        return Math.round(sum);
    }

    private static boolean matches(Sample sample, Map.Entry<String, String> want) {
        String value = sample.labels().getOrDefault(want.getKey(), "");
        return want.getValue().startsWith("!")
                ? !value.equals(want.getValue().substring(1))
                : value.equals(want.getValue());
    }
}

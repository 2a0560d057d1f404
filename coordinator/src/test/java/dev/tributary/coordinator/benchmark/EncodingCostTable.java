package dev.tributary.coordinator.benchmark;

import dev.tributary.codec.CodecBenchmark;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** What JMH measured of {@link CodecBenchmark} and {@link FoldBenchmark}, a row for each length and encoding. */
final class EncodingCostTable {
    private static final String HEAD = """
            | encoding | weights | encode, ns/weight | decode, ns/weight | decode and fold, ns/weight \
            | encode, bytes allocated | decode, bytes allocated | payload, bytes |
            |---|---|---|---|---|---|---|---|
            """;

    private final Map<Case, Map<String, RunResult>> measured = new LinkedHashMap<>();

    /** What was measured of three methods. */
    private record Case(String encoding, int weights) {}

    EncodingCostTable(Collection<RunResult> results) {
        for (RunResult result : results) {
            Case one = new Case(
                    result.getParams().getParam("encoding"),
                    Integer.parseInt(result.getParams().getParam("weights")));
            String method = result.getPrimaryResult().getLabel();
            measured.computeIfAbsent(one, ignored -> new LinkedHashMap<>()).put(method, result);
        }
    }

    String markdown() {
        StringBuilder table = new StringBuilder(HEAD);
        measured.keySet().stream()
                .mapToInt(Case::weights)
                .distinct()
                .sorted()
                .forEach(weights -> measured.forEach(
                        (one, methods) -> table.append(one.weights() == weights ? row(one, methods) : "")));
        return table.toString();
    }

    private static String row(Case one, Map<String, RunResult> methods) {
        RunResult encode = methods.get("encode");
        RunResult decode = methods.get("decode");
        return String.format(
                Locale.ROOT,
                "| `%s` | %,d | %s | %s | %s | %,.0f | %,.0f | %,d |%n",
                one.encoding(),
                one.weights(),
                nanosForWeight(encode, one),
                nanosForWeight(decode, one),
                nanosForWeight(methods.get("fold"), one),
                allocated(encode),
                allocated(decode),
                payloadBytes(one));
    }

    private static String nanosForWeight(RunResult result, Case one) {
        Result<?> time = result.getPrimaryResult();
        return String.format(
                Locale.ROOT, "%.1f ± %.1f", time.getScore() / one.weights(), time.getScoreError() / one.weights());
    }

    private static double allocated(RunResult result) {
        return result.getSecondaryResults().get("gc.alloc.rate.norm").getScore();
    }

    private static int payloadBytes(Case one) {
        CodecBenchmark codec = new CodecBenchmark();
        codec.encoding = one.encoding();
        codec.weights = one.weights();
        codec.encodeOnce();
        return codec.encode().size();
    }
}

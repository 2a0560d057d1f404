package dev.tributary.chaos.report;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.tributary.chaos.verdict.Metric;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The outcome for a program. */
public final class OutcomeJson {
    private OutcomeJson() {}

    /** One line. */
    public static String of(Outcome outcome) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("faults", outcome.recoveries().size());
        json.put("updatesAcknowledged", outcome.findings().acknowledged());
        json.put("lost", outcome.findings().lost().size());
        json.put("doubled", outcome.findings().doubled().size());
        json.put("versionGaps", outcome.findings().gaps().size());
        json.put("finalMetric", outcome.reached().map(Metric::value).orElse(null));
        json.put("referenceMetric", outcome.reference().map(Metric::value).orElse(null));
        try {
            return JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES).asString(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.tributary.broker.extension;

import com.codahale.metrics.MetricRegistry;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** Writes the broker's counters in the Prometheus text format, version 0.0.4. */
final class PrometheusText {
    private PrometheusText() {}

    /** Our own count of publications first, then HiveMQ's counters, gauges and meters under their own names. */
    static String of(Traffic traffic, MetricRegistry broker) {
        StringBuilder text = new StringBuilder(8_192);
        counter(text, traffic, "bytes", "Bytes of PUBLISH packets, fixed header to payload.", Traffic.Count::bytes);
        counter(text, traffic, "packets", "PUBLISH packets.", Traffic.Count::packets);
        head(
                text,
                "tributary_broker_refused_total",
                "Connections and publications that the extension refused.",
                "counter");
        for (Traffic.Refusal refusal : Traffic.Refusal.values()) {
            text.append("tributary_broker_refused_total{reason=\"")
                    .append(refusal.name().toLowerCase(Locale.ROOT))
                    .append("\"} ");
            text.append(traffic.refused(refusal)).append('\n');
        }
        broker.getCounters().forEach((name, counter) -> value(text, name, counter.getCount()));
        broker.getMeters().forEach((name, meter) -> value(text, name + "_total", meter.getCount()));
        broker.getGauges().forEach((name, gauge) -> {
            if (gauge.getValue() instanceof Number number) {
                value(text, name, number.doubleValue());
            }
        });
        return text.toString();
    }

    private static void counter(
            StringBuilder text, Traffic traffic, String unit, String help, ToLongFunction<Traffic.Count> amount) {
        String name = "tributary_broker_publish_" + unit + "_total";
        head(text, name, help, "counter");
        traffic.forEach(count -> text.append(name)
                .append("{role=\"")
                .append(count.role().tag())
                .append("\",direction=\"")
                .append(count.direction().name().toLowerCase(Locale.ROOT))
                .append("\",kind=\"")
                .append(count.kind().tag())
                .append("\"} ")
                .append(amount.applyAsLong(count))
                .append('\n'));
    }

    private static void value(StringBuilder text, String name, Number value) {
        String safe = name.replaceAll("[^a-zA-Z0-9_]", "_");
        text.append("# TYPE ")
                .append(safe)
                .append(" untyped\n")
                .append(safe)
                .append(' ')
                .append(value)
                .append('\n');
    }

    private static void head(StringBuilder text, String name, String help, String type) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }
}

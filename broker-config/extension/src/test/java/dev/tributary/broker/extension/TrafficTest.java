package dev.tributary.broker.extension;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import org.junit.jupiter.api.Test;

final class TrafficTest {
    @Test
    void text_counts_addUpByRoleDirectionAndKind() {
        Traffic traffic = new Traffic();
        traffic.add(Role.DEVICE, Traffic.Direction.RECEIVED, Kind.UPDATE, 100);
        traffic.add(Role.DEVICE, Traffic.Direction.RECEIVED, Kind.UPDATE, 23);
        traffic.add(Role.COORDINATOR, Traffic.Direction.SENT, Kind.UPDATE, 123);
        traffic.refuse(Traffic.Refusal.ADDRESS);
        MetricRegistry broker = new MetricRegistry();
        broker.counter("com.hivemq.messages.dropped.count").inc(4);

        assertThat(PrometheusText.of(traffic, broker))
                .contains(
                        "tributary_broker_publish_bytes_total{role=\"device\",direction=\"received\",kind=\"update\"} 123\n")
                .contains(
                        "tributary_broker_publish_packets_total{role=\"device\",direction=\"received\",kind=\"update\"} 2\n")
                .contains(
                        "tributary_broker_publish_bytes_total{role=\"coordinator\",direction=\"sent\",kind=\"update\"} 123\n")
                .contains("tributary_broker_refused_total{reason=\"address\"} 1\n")
                .contains("com_hivemq_messages_dropped_count 4\n")
                .doesNotContain("kind=\"model\"");
    }
}

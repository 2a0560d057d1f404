package dev.tributary.coordinator.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.codec.Codec;
import dev.tributary.codec.Codecs;
import dev.tributary.codec.Float32;
import dev.tributary.codec.Int8;
import dev.tributary.coordinator.aggregation.DeviceDelta;
import dev.tributary.coordinator.aggregation.FedAvg;
import dev.tributary.model.Bytes;
import dev.tributary.model.Seed;
import dev.tributary.model.Vector;
import dev.tributary.protocol.Encoding;
import dev.tributary.update.DeviceId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How fast encoded updates are decoded and folded into a round's sum. No test: run it by name, as docs/benchmarks.md says. */
class FoldBenchmark {
    private static final int[] LENGTHS = {60, 954, 3_400, 100_000};
    private static final int WEIGHTS_OF_A_RUN = 200_000;
    private static final int WARM_UP_RUNS = 15;
    private static final int RUNS = 15;
    private static final Seed SEED = new Seed(5);
    private static final DeviceId DEVICE = new DeviceId("dev-1");

    @Test
    void foldOfEncodedUpdates() {
        System.out.println("| encoding | weights | decode and fold, ns/weight | updates/s |\n|---|---|---|---|");
        for (int length : LENGTHS) {
            Random random = new Random(3);
            Vector delta = Vector.of(
                    random.doubles(length).map(ignored -> random.nextGaussian()).toArray());
            for (Encoding encoding : List.of(
                    Encoding.of(Float32.ID), Encoding.of(Int8.ID), Codecs.DITHER, Codecs.DEAD_ZONE, Codecs.RING)) {
                Codec codec = Codecs.of(encoding).orElseThrow();
                double nanos = nanosForUpdate(codec, codec.encode(delta, SEED), length);
                System.out.printf("| %s | %,d | %.1f | %,.0f |%n", codec.name(), length, nanos / length, 1e9 / nanos);
            }
        }
    }

    private static double nanosForUpdate(Codec codec, Bytes payload, int length) {
        int updates = Math.max(1, WEIGHTS_OF_A_RUN / length);
        long fastest = Long.MAX_VALUE;
        for (int run = 0; run < WARM_UP_RUNS + RUNS; run++) {
            FedAvg mean = new FedAvg(length);
            long begin = System.nanoTime();
            for (int i = 0; i < updates; i++) {
                mean.add(new DeviceDelta(DEVICE, codec.decode(payload, length, SEED), 10, 1));
            }
            long took = System.nanoTime() - begin;
            assertThat(mean.contributors()).isEqualTo(updates);
            fastest = run < WARM_UP_RUNS ? fastest : Math.min(fastest, took);
        }
        return (double) fastest / updates;
    }
}

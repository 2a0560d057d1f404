package dev.tributary.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.tributary.model.Bytes;
import dev.tributary.model.Seed;
import dev.tributary.model.Vector;
import dev.tributary.protocol.Encoding;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What encoding and decoding cost: nanoseconds for each weight, and bytes allocated for each update. No test: run it by name,
 * as docs/benchmarks.md says.
 */
class CodecBenchmark {
    private static final int[] LENGTHS = {60, 954, 3_400, 100_000};
    private static final int WEIGHTS_OF_A_RUN = 200_000;
    private static final int WARM_UP_RUNS = 15;
    private static final int RUNS = 15;
    private static final Seed SEED = new Seed(5);
    private static final List<Encoding> ENCODINGS = List.of(
            Encoding.of(Float32.ID),
            Encoding.of(Float16.ID),
            Encoding.of(Int8.ID),
            Codecs.DITHER,
            Codecs.DEAD_ZONE,
            Codecs.RING,
            Codecs.STOCHASTIC);

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** The fastest of the runs: what the code takes when nothing else does. */
    private record Cost(double nanosForWeight, long bytesForUpdate) {}

    @Test
    void costs() {
        System.out.println("| encoding | weights | encode, ns/weight | decode, ns/weight | encode, bytes allocated"
                + " | decode, bytes allocated | payload, bytes |\n|---|---|---|---|---|---|---|");
        for (int length : LENGTHS) {
            Vector vector = UniformContract.gaussian(length, 3);
            for (Encoding encoding : ENCODINGS) {
                Codec codec = Codecs.of(encoding).orElseThrow();
                Bytes bytes = codec.encode(vector, SEED);
                Cost encode = cost(length, () -> codec.encode(vector, SEED).size());
                Cost decode =
                        cost(length, () -> codec.decode(bytes, length, SEED).length());
                System.out.printf(
                        "| %s | %,d | %.1f | %.1f | %,d | %,d | %,d |%n",
                        codec.name(),
                        length,
                        encode.nanosForWeight(),
                        decode.nanosForWeight(),
                        encode.bytesForUpdate(),
                        decode.bytesForUpdate(),
                        bytes.size());
            }
        }
    }

    private interface Work {
        int once();
    }

    private Cost cost(int length, Work work) {
        int updates = Math.max(1, WEIGHTS_OF_A_RUN / length);
        long fastest = Long.MAX_VALUE;
        long allocated = 0;
        long seen = 0;
        for (int run = 0; run < WARM_UP_RUNS + RUNS; run++) {
            long bytes = threads.getCurrentThreadAllocatedBytes();
            long begin = System.nanoTime();
            for (int i = 0; i < updates; i++) {
                seen += work.once();
            }
            long took = System.nanoTime() - begin;
            allocated = threads.getCurrentThreadAllocatedBytes() - bytes;
            fastest = run < WARM_UP_RUNS ? fastest : Math.min(fastest, took);
        }
        assertThat(seen).isPositive();
        return new Cost((double) fastest / updates / length, allocated / updates);
    }
}

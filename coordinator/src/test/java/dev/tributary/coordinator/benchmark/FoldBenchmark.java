package dev.tributary.coordinator.benchmark;

import dev.tributary.codec.Codec;
import dev.tributary.codec.Codecs;
import dev.tributary.coordinator.aggregation.DeviceDelta;
import dev.tributary.coordinator.aggregation.FedAvg;
import dev.tributary.model.Bytes;
import dev.tributary.model.Seed;
import dev.tributary.model.Vector;
import dev.tributary.update.DeviceId;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What it costs to decode an update and to add it to a round's sum; docs/benchmarks.md says how to run it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FoldBenchmark {
    private static final Seed SEED = new Seed(5);
    private static final DeviceId DEVICE = new DeviceId("dev-1");

    /** The encoding, with the parameters that a plan begins with. */
    @Param({"exact", "float16", "int8", "dither", "deadzone-ef", "ring", "stochastic"})
    public String encoding;

    /** The length of the update. */
    @Param({"60", "954", "3400", "100000"})
    public int weights;

    private Codec codec;
    private Bytes payload;
    private FedAvg sum;

    /** Draws the update and encodes it once, and begins a round. */
    @Setup
    public void encodeOnce() {
        codec = Codecs.byName(encoding).orElseThrow();
        Random random = new Random(3);
        double[] delta = new double[weights];
        for (int i = 0; i < weights; i++) {
            delta[i] = random.nextGaussian();
        }
        payload = codec.encode(Vector.of(delta), SEED);
        sum = new FedAvg(weights);
    }

    /** One update into the sum. */
    @Benchmark
    public FedAvg fold() {
        sum.add(new DeviceDelta(DEVICE, codec.decode(payload, weights, SEED), 10, 1));
        return sum;
    }
}

package dev.tributary.codec;

import dev.tributary.model.Bytes;
import dev.tributary.model.Seed;
import dev.tributary.model.Vector;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What it costs to encode an update of Gaussian weights, and to decode it; docs/benchmarks.md says how to run it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {
    private static final Seed SEED = new Seed(5);

    /** The encoding, with the parameters that a plan begins with. */
    @Param({"exact", "float16", "int8", "dither", "deadzone-ef", "ring", "stochastic"})
    public String encoding;

    /** The length of the update. */
    @Param({"60", "954", "3400", "100000"})
    public int weights;

    private Codec codec;
    private Vector delta;
    private Bytes payload;

    /** Draws the update and encodes it once. */
    @Setup
    public void encodeOnce() {
        codec = Codecs.byName(encoding).orElseThrow();
        delta = UniformContract.gaussian(weights, 3);
        payload = codec.encode(delta, SEED);
    }

    /** One update to bytes. */
    @Benchmark
    public Bytes encode() {
        return codec.encode(delta, SEED);
    }

    /** Bytes to one update. */
    @Benchmark
    public Vector decode() {
        return codec.decode(payload, weights, SEED);
    }
}

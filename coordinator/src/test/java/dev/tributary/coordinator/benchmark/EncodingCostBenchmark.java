package dev.tributary.coordinator.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.codec.CodecBenchmark;
import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs {@link CodecBenchmark} and {@link FoldBenchmark}, keeps all that JMH measured in target/encoding-costs.json, and prints
 * the table of docs/benchmarks.md. No test: run it by name, as that page says.
 */
class EncodingCostBenchmark {
    @Test
    void costs() throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(CodecBenchmark.class.getName())
                        .include(FoldBenchmark.class.getName())
                        .forks(1)
                        .warmupIterations(3)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(5)
                        .measurementTime(TimeValue.seconds(1))
                        .addProfiler(GCProfiler.class)
                        .shouldFailOnError(true)
                        .resultFormat(ResultFormatType.JSON)
                        .result("target/encoding-costs.json")
                        .build())
                .run();
        assertThat(results).isNotEmpty();
        System.out.print(new EncodingCostTable(results).markdown());
    }
}

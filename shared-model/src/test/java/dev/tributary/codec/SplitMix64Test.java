package dev.tributary.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.model.Seed;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SplitMix64Test {
    @Test
    void nextLong_drawsWhatJavasSplittableRandomDraws() {
        for (long seed : new long[] {0, 1, -1, 42, Long.MIN_VALUE}) {
            SplittableRandom java = new SplittableRandom(seed);
            SplitMix64 ours = new SplitMix64(new Seed(seed));
            for (int i = 0; i < 100; i++) {
                assertThat(ours.nextLong()).isEqualTo(java.nextLong());
                assertThat(ours.nextUniform()).isEqualTo(java.nextDouble());
            }
        }
    }

    @Test
    void nextLong_testVectorOfTheProtocol() {
        SplitMix64 random = new SplitMix64(new Seed(42));
        assertThat(random.nextLong()).isEqualTo(0xbdd732262feb6e95L);
        assertThat(random.nextLong()).isEqualTo(0x28efe333b266f103L);
    }
}

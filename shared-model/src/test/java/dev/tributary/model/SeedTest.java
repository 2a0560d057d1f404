package dev.tributary.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The golden values were computed from the definition with another implementation of SHA-256. */
class SeedTest {
    @Test
    void of_goldenRounds_givesTheSeedsOfVersion1() {
        assertThat(Seed.of("wisdm", new byte[] {1, 2, 3, 4}, 3, "subject_1600"))
                .isEqualTo(new Seed(0x6e36441ea196b9a5L));
        assertThat(Seed.of("é", new byte[0], 1L << 40, "a")).isEqualTo(new Seed(0x910fe56883df879dL));
    }

    @Test
    void of_eachArgument_changesTheSeed() {
        Seed seed = Seed.of("f", new byte[] {1}, 1, "d");
        assertThat(Seed.of("g", new byte[] {1}, 1, "d")).isNotEqualTo(seed);
        assertThat(Seed.of("f", new byte[] {2}, 1, "d")).isNotEqualTo(seed);
        assertThat(Seed.of("f", new byte[] {1}, 2, "d")).isNotEqualTo(seed);
        assertThat(Seed.of("f", new byte[] {1}, 1, "e")).isNotEqualTo(seed);
    }
}

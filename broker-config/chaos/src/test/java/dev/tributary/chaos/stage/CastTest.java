package dev.tributary.chaos.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CastTest {
    static String description(int devices) {
        return IntStream.range(0, devices)
                .mapToObj(i -> "{\"id\":\"d" + i + "\",\"role\":\"TRAINER\"}")
                .collect(Collectors.joining(
                        ",",
                        "{\"simulated\":true,\"task\":\"CLASSIFICATION\",\"features\":[],\"outputs\":[\"x\",\"y\"],\"devices\":[",
                        "],\"problems\":[]}"));
    }

    @Test
    void of_fiftyDevices_eightByThemselvesSpreadOverAll_theRestInThreeGroups() {
        Cast cast = Cast.of(description(50)).orElseThrow();
        assertThat(cast.agents()).containsExactly("d6", "d12", "d18", "d24", "d31", "d37", "d43", "d49");
        assertThat(cast.groups())
                .hasSize(3)
                .allSatisfy(group -> assertThat(group).hasSize(14));
        assertThat(cast.devices()).hasSize(50).doesNotHaveDuplicates();
        assertThat(cast.fleet().trainers()).isEqualTo(50);
    }

    @Test
    void of_fewDevices_halfByThemselves() {
        Cast cast = Cast.of(description(4)).orElseThrow();
        assertThat(cast.agents()).hasSize(2);
        assertThat(cast.devices()).hasSize(4).doesNotHaveDuplicates();
        assertThat(cast.groups()).isNotEmpty().noneMatch(java.util.List::isEmpty);
    }

    @Test
    void of_noDescription_isEmpty() {
        assertThat(Cast.of("no JSON")).isEmpty();
    }
}

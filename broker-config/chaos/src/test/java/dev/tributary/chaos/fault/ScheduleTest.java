package dev.tributary.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
    private static final List<String> AGENTS = List.of("a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8");
    private static final List<String> DEVICES = IntStream.range(0, 50)
            .mapToObj(i -> i < 8 ? AGENTS.get(i) : "d" + i)
            .toList();
    private static final Duration LENGTH = Duration.ofMinutes(3);

    private static Schedule draw(long seed) {
        return Schedule.draw(seed, LENGTH, AGENTS, DEVICES);
    }

    @Test
    void draw_sameSeed_sameFaults_otherSeedOthers() {
        assertThat(draw(7)).isEqualTo(draw(7)).isNotEqualTo(draw(8));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void draw_threeMinutes_hasManyFaultsOfEveryKind(long seed) {
        List<Fault> faults = draw(seed).faults();
        Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
        faults.forEach(fault -> kinds.add(fault.kind()));
        assertThat(kinds).containsExactlyInAnyOrder(FaultKind.values());
        assertThat(faults).hasSizeBetween(45, 110);
        assertThat(faults)
                .extracting(Fault::number)
                .isSorted()
                .doesNotHaveDuplicates()
                .startsWith(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void draw_oneTarget_hasTimeToRecover_butFaultsOverlap(long seed) {
        Map<String, Duration> free = new HashMap<>();
        boolean overlap = false;
        Duration mended = Duration.ZERO;
        for (Fault fault : draw(seed).faults()) {
            String resource = fault.kind().victim() == FaultKind.Victim.LINK
                    ? "link " + fault.target()
                    : fault.kind().victim() + fault.target();
            assertThat(fault.at())
                    .as("seed %d: %s", seed, fault)
                    .isGreaterThanOrEqualTo(free.getOrDefault(resource, Duration.ZERO));
            assertThat(fault.until()).isLessThanOrEqualTo(LENGTH);
            free.put(resource, fault.until().plusSeconds(8));
            overlap |= fault.at().compareTo(mended) < 0;
            mended = fault.until().compareTo(mended) > 0 ? fault.until() : mended;
        }
        assertThat(overlap).isTrue();
    }

    @Test
    void draw_victims_fitTheirKinds() {
        for (Fault fault : draw(3).faults()) {
            switch (fault.kind()) {
                case KILL_AGENT, PAUSE_AGENT -> assertThat(AGENTS).contains(fault.target());
                case KILL_BROKER, PAUSE_BROKER -> assertThat(fault.target()).isEqualTo(Fault.BROKER);
                case KILL_COORDINATOR, PAUSE_COORDINATOR, CLOCK_JUMP ->
                    assertThat(fault.target()).isEqualTo(Fault.COORDINATOR);
                default -> assertThat(fault.target()).isIn(withCoordinator());
            }
            boolean hasAmount = fault.kind() == FaultKind.CLOCK_JUMP || fault.kind() == FaultKind.DELAY;
            assertThat(fault.amount().isZero()).isEqualTo(!hasAmount);
        }
    }

    private static List<String> withCoordinator() {
        return java.util.stream.Stream.concat(DEVICES.stream(), java.util.stream.Stream.of(Fault.COORDINATOR))
                .toList();
    }
}

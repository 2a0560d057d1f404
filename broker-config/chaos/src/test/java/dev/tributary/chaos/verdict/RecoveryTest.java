package dev.tributary.chaos.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.chaos.evidence.AnswerKey;
import dev.tributary.chaos.evidence.InjectedFault;
import dev.tributary.chaos.evidence.Journals;
import dev.tributary.chaos.fault.Fault;
import dev.tributary.chaos.fault.FaultKind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecoveryTest {
    private static final Journals JOURNALS = new Journals(
            List.of(),
            List.of(
                    new Journals.Receipt(2_000, new AnswerKey("a", 1, 1), "ACCEPTED", false),
                    new Journals.Receipt(3_000, new AnswerKey("a", 1, 1), "ACCEPTED", true),
                    new Journals.Receipt(4_000, new AnswerKey("a", 2, 1), "LATE", false),
                    new Journals.Receipt(5_000, new AnswerKey("a", 3, 1), "ACCEPTED", false)),
            List.of(new Journals.Version(2_500, "a", 1, ""), new Journals.Version(6_000, "b", 1, "")));

    private static Recovery of(FaultKind kind, String target, long mended) {
        return Recovery.of(List.of(new InjectedFault(1, kind, target, mended - 100, mended)), JOURNALS)
                .get(0);
    }

    @Test
    void device_isBackWithTheNextAcceptedUpdate_notARepeatedOrLateOne() {
        assertThat(of(FaultKind.KILL_AGENT, "a", 2_100).after()).contains(Duration.ofMillis(2_900));
        assertThat(of(FaultKind.KILL_AGENT, "a", 5_001).after()).isEmpty();
        assertThat(of(FaultKind.RESET, "b", 100).after()).isEmpty();
    }

    @Test
    void coordinatorAndBroker_areBackWithTheNextVersionThatAnybodySees() {
        assertThat(of(FaultKind.KILL_COORDINATOR, Fault.COORDINATOR, 2_000).after())
                .contains(Duration.ofMillis(500));
        assertThat(of(FaultKind.KILL_BROKER, Fault.BROKER, 2_600).after()).isEmpty();
    }
}

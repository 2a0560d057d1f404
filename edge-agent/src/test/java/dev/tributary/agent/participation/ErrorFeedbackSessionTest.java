package dev.tributary.agent.participation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.codec.Codecs;
import dev.tributary.model.Vector;
import dev.tributary.protocol.Encoding;
import dev.tributary.protocol.Receipt;
import dev.tributary.protocol.RoundAnnouncement;
import dev.tributary.update.Decline;
import dev.tributary.update.EncodedVector;
import dev.tributary.update.RoundKind;
import dev.tributary.update.Update;
import org.junit.jupiter.api.Test;

/** Training moves each weight by 0.5; what an update says beyond that comes from the residual. */
class ErrorFeedbackSessionTest {
    private final DeviceFixture fixture = new DeviceFixture();

    private RoundAnnouncement call(long number) {
        return call(number, Codecs.DEAD_ZONE.withStep(1));
    }

    private RoundAnnouncement call(long number, Encoding encoding) {
        RoundAnnouncement plain = fixture.coordinator.call(number, RoundKind.TRAIN, 0);
        return new RoundAnnouncement(
                plain.federation(),
                plain.round(),
                plain.kind(),
                plain.baseVersion(),
                plain.fingerprint(),
                plain.nonce(),
                plain.share(),
                plain.learningRate(),
                plain.learningRateDecay(),
                encoding,
                plain.trainRounds(),
                plain.comparisons(),
                plain.deadline(),
                plain.comeBack());
    }

    private double answer(long number) {
        RoundAnnouncement call = call(number);
        fixture.coordinator.round(call);
        fixture.executor.runAll();
        Update update = (Update) fixture.coordinator.answers.get(fixture.coordinator.answers.size() - 1);
        assertThat(update.round()).isEqualTo(call.round());
        Vector delta = Codecs.of(call.encoding())
                .orElseThrow()
                .decode(
                        update.vector(EncodedVector.Role.DELTA).orElseThrow().bytes(),
                        fixture.coordinator.schema.layout().size(),
                        call.seed(DeviceFixture.DEVICE));
        return delta.get(0);
    }

    private void receipt(long number, Receipt.Code code) {
        fixture.coordinator.receipt(DeviceFixture.DEVICE, call(number).round(), code);
        fixture.executor.runAll();
    }

    @Test
    void train_afterALateUpdate_saysItAgain_alsoInANewProcess_andAfterAnAcceptedOneDoesNot() {
        DeviceSession session = fixture.start(new DutyCycle.Always());
        fixture.announceFederation(0);

        assertThat(answer(1)).isBetween(0.49, 0.51);
        receipt(1, Receipt.Code.LATE);
        assertThat(answer(2)).isBetween(0.98, 1.02);
        receipt(2, Receipt.Code.LATE);
        session.close();

        fixture.start(new DutyCycle.Always());
        assertThat(answer(3)).isBetween(1.47, 1.53);
        receipt(3, Receipt.Code.ACCEPTED);
        assertThat(answer(4)).isBetween(0.47, 0.53);
    }

    @Test
    void train_deltaThatDoesNotFitIntoTheRing_isDeclined() {
        fixture.start(new DutyCycle.Always());
        fixture.announceFederation(0);
        fixture.coordinator.round(call(1, Codecs.RING.withStep(0.001).withBits(4)));
        fixture.executor.runAll();
        assertThat(fixture.coordinator.answers).containsExactly(new Decline(call(1).round(), Decline.Reason.DIVERGED));
    }
}

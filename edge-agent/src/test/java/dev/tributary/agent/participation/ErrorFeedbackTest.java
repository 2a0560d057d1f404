package dev.tributary.agent.participation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.codec.Codec;
import dev.tributary.codec.Codecs;
import dev.tributary.model.Bytes;
import dev.tributary.model.Seed;
import dev.tributary.model.Vector;
import dev.tributary.protocol.Encoding;
import dev.tributary.protocol.Receipt;
import dev.tributary.protocol.RoundAnnouncement;
import dev.tributary.update.RoundId;
import dev.tributary.update.RoundKind;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorFeedbackTest {
    private static final Encoding ENCODING = Codecs.DEAD_ZONE.withStep(2.2);
    private static final Codec CODEC = Codecs.of(ENCODING).orElseThrow();
    private static final Seed SEED = new Seed(1);
    private static final Bytes FINGERPRINT = Bytes.of(new byte[8]);
    private static final int LENGTH = 50;

    private final MemoryDeviceState state = new MemoryDeviceState();
    private ErrorFeedback feedback = afterRestart();

    private ErrorFeedback afterRestart() {
        return new ErrorFeedback(new Memory(ScriptedCoordinator.FEDERATION, state));
    }

    private static RoundAnnouncement call(long number, long baseVersion, Bytes fingerprint, Encoding encoding) {
        return new RoundAnnouncement(
                ScriptedCoordinator.FEDERATION,
                new RoundId(number, 1),
                RoundKind.TRAIN,
                baseVersion,
                fingerprint,
                Bytes.of((byte) number),
                1,
                0.1,
                0,
                encoding,
                0,
                false,
                Duration.ofSeconds(60),
                Duration.ofSeconds(60));
    }

    private static RoundAnnouncement call(long number) {
        return call(number, number, FINGERPRINT, ENCODING);
    }

    private static Vector delta(long seed) {
        Random random = new Random(seed);
        return Vector.of(random.doubles(LENGTH, -1, 1).toArray()).roundedToFloat32();
    }

    private Vector sent(RoundAnnouncement call, Vector delta) {
        return decoded(feedback.encode(call, delta, CODEC, SEED));
    }

    private static Vector decoded(Bytes payload) {
        return CODEC.decode(payload, LENGTH, SEED);
    }

    private static Vector withoutFeedback(Vector delta) {
        return decoded(CODEC.encode(delta.roundedToFloat32(), SEED));
    }

    private void answer(RoundAnnouncement call, Receipt.Code code) {
        feedback.settle(RoundKey.of(call), code);
    }

    @Test
    void accepted_whatWasLeftOutIsAddedToTheNextDelta() {
        Vector first = sent(call(1), delta(1));
        answer(call(1), Receipt.Code.ACCEPTED);
        Vector left = delta(1).minus(first).roundedToFloat32();
        assertThat(left.norm()).isGreaterThan(0.1);
        assertThat(sent(call(2), delta(2))).isEqualTo(withoutFeedback(left.plus(delta(2))));
    }

    @ParameterizedTest
    @EnumSource(names = {"LATE", "NOT_SELECTED", "WRONG_BASE_VERSION"})
    void notCounted_allThatItSaidIsAddedToTheNextDelta(Receipt.Code code) {
        sent(call(1), delta(1));
        answer(call(1), code);
        assertThat(sent(call(2), delta(2))).isEqualTo(withoutFeedback(delta(1).plus(delta(2))));
    }

    @Test
    void tooLarge_isNotSentAgain() {
        sent(call(1), delta(1));
        answer(call(1), Receipt.Code.NORM_TOO_LARGE);
        assertThat(sent(call(2), delta(2))).isEqualTo(withoutFeedback(delta(2)));
    }

    @Test
    void noReceipt_residualStaysAsItWas() {
        Vector first = sent(call(1), delta(1));
        answer(call(1), Receipt.Code.ACCEPTED);
        Vector left = delta(1).minus(first).roundedToFloat32();
        sent(call(2), delta(2));
        assertThat(sent(call(3), delta(3))).isEqualTo(withoutFeedback(left.plus(delta(3))));
    }

    @Test
    void receiptOfAnotherRound_changesNothing() {
        sent(call(1), delta(1));
        answer(call(9), Receipt.Code.LATE);
        assertThat(sent(call(2), delta(2))).isEqualTo(withoutFeedback(delta(2)));
    }

    @Test
    void processEndsBetweenEncodingAndAnswer_sameCallGivesTheSameBytes() {
        sent(call(1), delta(1));
        answer(call(1), Receipt.Code.ACCEPTED);
        Bytes before = feedback.encode(call(2), delta(2), CODEC, SEED);
        feedback = afterRestart();
        assertThat(feedback.encode(call(2), delta(2), CODEC, SEED)).isEqualTo(before);
        feedback = afterRestart();
        answer(call(2), Receipt.Code.ACCEPTED);
        assertThat(sent(call(3), delta(3))).isNotEqualTo(withoutFeedback(delta(3)));
    }

    @Test
    void residual_fiveVersionsOld_isUsed_sixVersionsOld_isNot() {
        Vector first = sent(call(1), delta(1));
        answer(call(1), Receipt.Code.ACCEPTED);
        Vector left = delta(1).minus(first).roundedToFloat32();
        assertThat(sent(call(2, 6, FINGERPRINT, ENCODING), delta(2))).isEqualTo(withoutFeedback(left.plus(delta(2))));
        assertThat(sent(call(3, 7, FINGERPRINT, ENCODING), delta(3))).isEqualTo(withoutFeedback(delta(3)));
    }

    @Test
    void residual_ofAnotherSchemaOrOfVersionsThatWereTakenBack_isNotUsed() {
        sent(call(5), delta(1));
        answer(call(5), Receipt.Code.ACCEPTED);
        assertThat(sent(call(6, 6, Bytes.of((byte) 1), ENCODING), delta(2))).isEqualTo(withoutFeedback(delta(2)));
        sent(call(7), delta(1));
        answer(call(7), Receipt.Code.ACCEPTED);
        assertThat(sent(call(8, 2, FINGERPRINT, ENCODING), delta(2))).isEqualTo(withoutFeedback(delta(2)));
    }

    @Test
    void otherEncodings_keepNothing() {
        Codec dither = Codecs.of(Codecs.DITHER).orElseThrow();
        RoundAnnouncement call = call(1, 1, FINGERPRINT, Codecs.DITHER);
        assertThat(feedback.encode(call, delta(1), dither, SEED)).isEqualTo(dither.encode(delta(1), SEED));
        assertThat(state.get(ScriptedCoordinator.FEDERATION, DeviceState.Slot.RESIDUAL))
                .isEmpty();
    }

    @Test
    void conform_errorFeedback_sumOfWhatWasSentFollowsTheSumOfDeltas() {
        Vector said = Vector.zeros(LENGTH);
        Vector sent = Vector.zeros(LENGTH);
        Vector sentWithout = Vector.zeros(LENGTH);
        double[] steady = delta(77).toArray();
        for (int round = 1; round <= 200; round++) {
            // A small steady part beside noise: what the dead zone swallows each time.
            double[] next = delta(round).toArray();
            for (int i = 0; i < LENGTH; i++) {
                next[i] += 0.2 * steady[i];
            }
            Vector delta = Vector.of(next);
            said = said.plus(delta);
            sent = sent.plus(sent(call(round), delta));
            sentWithout = sentWithout.plus(withoutFeedback(delta));
            answer(call(round), Receipt.Code.ACCEPTED);
        }
        assertThat(said.minus(sent).norm()).isLessThan(3 * delta(1).norm());
        assertThat(said.minus(sentWithout).norm())
                .isGreaterThan(5 * said.minus(sent).norm());
    }
}

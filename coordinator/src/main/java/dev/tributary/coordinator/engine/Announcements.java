package dev.tributary.coordinator.engine;

import dev.tributary.coordinator.federation.FederationDefinition;
import dev.tributary.coordinator.federation.LearningRate;
import dev.tributary.coordinator.federation.RoundPlan;
import dev.tributary.coordinator.round.OpenRound;
import dev.tributary.coordinator.round.Step;
import dev.tributary.model.Bytes;
import dev.tributary.model.ModelSchema;
import dev.tributary.protocol.Encoding;
import dev.tributary.protocol.RoundAnnouncement;
import java.time.Duration;

/** What devices are told of a round. */
final class Announcements {
    private Announcements() {}

    static RoundAnnouncement of(
            FederationDefinition definition, ModelSchema schema, long baseVersion, OpenRound round) {
        LearningRate rate = definition.learningRate();
        boolean isTraining = round.step() == Step.TRAIN;
        boolean isComparing = round.step() == Step.COMPARE;
        boolean isTuning = isComparing
                || (round.step() == Step.EVALUATE && definition.plan().personalEpochs() > 0);
        return new RoundAnnouncement(
                definition.id(),
                round.id(),
                round.step().kind(),
                baseVersion,
                Bytes.of(schema.fingerprint().shortBytes()),
                round.nonce(),
                round.share(),
                isTraining ? rate.at(round.trainRounds()) : isTuning ? rate.initial() : 0,
                isTraining || isComparing ? rate.decay() : 0,
                isTraining ? definition.encoding() : Encoding.NONE,
                round.trainRounds(),
                isComparing,
                definition.rounds().deadline(),
                comeBack(definition.rounds(), round));
    }

    /** After an evaluation nothing comes before the next TRAIN round. */
    private static Duration comeBack(RoundPlan rounds, OpenRound round) {
        boolean isRestNext = round.step() == Step.EVALUATE && rounds.pace().compareTo(rounds.deadline()) > 0;
        return isRestNext ? rounds.pace() : rounds.deadline();
    }
}

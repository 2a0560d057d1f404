package dev.tributary.coordinator.store;

import dev.tributary.coordinator.optimizer.OptimizerState;
import dev.tributary.coordinator.round.FederationState;
import dev.tributary.model.Bytes;
import dev.tributary.protocol.FederationSpec;
import dev.tributary.protocol.RoundAnnouncement;
import java.time.Instant;
import java.util.Optional;

/**
 * What a federation goes on with after a restart, but for the payloads of the open round
 * ({@link FederationStore#contributions}).
 *
 * @param fingerprint of the schema that it was created with
 * @param epoch how often it was restored from a backup
 * @param spec the newest specification
 * @param state as {@link Workflow}, devices and open round were kept
 * @param announcement of the newest round, open or closed; empty before the first
 * @param model the newest version
 * @param optimizerState the newest
 * @param beganAt when the first round was opened
 * @param evaluation of the newest version
 * @param bytesUp PUBLISH packets of the answers to the newest round that are kept
 * @param bytesUpFloat32 what they would have measured with float32 vectors
 */
public record FederationMemory(
        Bytes fingerprint,
        long epoch,
        FederationSpec spec,
        FederationState state,
        Optional<RoundAnnouncement> announcement,
        Optional<ModelVersion> model,
        Optional<OptimizerState> optimizerState,
        Optional<Instant> beganAt,
        Optional<EvaluationRecord> evaluation,
        long bytesUp,
        long bytesUpFloat32) {}

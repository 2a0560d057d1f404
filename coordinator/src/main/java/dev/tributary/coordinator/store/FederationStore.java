package dev.tributary.coordinator.store;

import dev.tributary.protocol.FederationSpec;
import dev.tributary.update.FederationId;
import java.util.List;
import java.util.Optional;

/** The coordinator's memory; what a {@code save…} returned from is kept. Safe for use by many threads. */
public interface FederationStore {
    /** Keeps the newest specification of a federation. */
    void saveSpec(FederationSpec spec);

    /** The newest specification of a federation. */
    Optional<FederationSpec> spec(FederationId federation);

    /** The federations that have a specification, in order. */
    List<FederationId> federations();

    /** Keeps a model version; its number must be above that of the newest. */
    void saveModel(FederationId federation, ModelVersion version);

    /** One model version, if it is still kept. */
    Optional<ModelVersion> model(FederationId federation, long version);

    /** The newest model version. */
    Optional<ModelVersion> latestModel(FederationId federation);

    /** The newest {@code limit} model versions, newest first. */
    List<ModelVersion> models(FederationId federation, int limit);

    /** Keeps a closed round. */
    void saveRound(RoundRecord round);

    /** The newest {@code limit} closed rounds, newest first. */
    List<RoundRecord> rounds(FederationId federation, int limit);

    /** Keeps the evaluation of a version, in place of an earlier one. */
    void saveEvaluation(EvaluationRecord evaluation);

    /** The evaluation of a version. */
    Optional<EvaluationRecord> evaluation(FederationId federation, long version);
}

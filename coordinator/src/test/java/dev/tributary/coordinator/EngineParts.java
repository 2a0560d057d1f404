package dev.tributary.coordinator;

import dev.tributary.codec.Codecs;
import dev.tributary.coordinator.admission.Admission;
import dev.tributary.coordinator.admission.AdmissionLimits;
import dev.tributary.coordinator.engine.FederationListener;
import dev.tributary.coordinator.engine.FederationLoop;
import dev.tributary.coordinator.engine.History;
import dev.tributary.coordinator.engine.Outbox;
import dev.tributary.coordinator.optimizer.FedAvgStep;
import dev.tributary.coordinator.selection.NonceSource;
import dev.tributary.coordinator.store.FederationStore;
import java.time.InstantSource;
import java.util.Optional;

/** What tests give an engine: plain steps, default limits, and nonces that are the same each time. */
public final class EngineParts {
    private EngineParts() {}

    /** Parts over this store. */
    public static FederationLoop.Parts of(
            FederationStore store, Outbox outbox, FederationListener listener, InstantSource clock) {
        return new FederationLoop.Parts(
                Optional.empty(),
                NonceSource.seeded(7),
                new Admission(AdmissionLimits.DEFAULT, Codecs::of),
                new FedAvgStep(),
                History.DEFAULT,
                store,
                outbox,
                listener,
                clock);
    }
}

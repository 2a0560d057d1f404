package dev.tributary.coordinator.app;

import dev.tributary.coordinator.engine.FederationLoop;
import dev.tributary.coordinator.web.FederationActions;
import dev.tributary.update.DeviceId;
import dev.tributary.update.FederationId;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** What can be done with the federations that run here now. */
final class RunningFederations implements FederationActions {
    private final Function<FederationId, Optional<FederationLoop>> loops;

    RunningFederations(Function<FederationId, Optional<FederationLoop>> loops) {
        this.loops = loops;
    }

    @Override
    public Optional<CompletableFuture<Long>> rollBack(FederationId federation, long version, OptionalLong expected) {
        return loops.apply(federation).map(loop -> loop.rollBack(version, expected));
    }

    @Override
    public Optional<CompletableFuture<Boolean>> pause(FederationId federation, boolean paused) {
        return loops.apply(federation).map(loop -> loop.pause(paused));
    }

    @Override
    public Optional<CompletableFuture<Boolean>> quarantine(
            FederationId federation, DeviceId device, Optional<String> reason) {
        return loops.apply(federation).map(loop -> loop.quarantine(device, reason));
    }
}

package dev.tributary.coordinator.web;

import dev.tributary.update.FederationId;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Makes the weights of an earlier version those of a new one. */
public interface RollBack {
    /**
     * The number of the new version, once it is durable, or an {@link IllegalArgumentException} that says why not; empty
     * when the federation does not run here.
     */
    Optional<CompletableFuture<Long>> to(FederationId federation, long version);
}

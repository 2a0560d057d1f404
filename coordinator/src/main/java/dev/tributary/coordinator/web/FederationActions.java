package dev.tributary.coordinator.web;

import dev.tributary.update.DeviceId;
import dev.tributary.update.FederationId;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * What a person can do with federations. Each answer comes once what it says is durable, or is an
 * {@link IllegalArgumentException} that says why not; it is empty when the federation does not run here.
 */
public interface FederationActions {
    /**
     * Makes the weights of an earlier version those of a new one, whose number is the answer.
     *
     * @param expected the newest version, as the person knows it; empty for any
     */
    Optional<CompletableFuture<Long>> rollBack(FederationId federation, long version, OptionalLong expected);

    /** Opens no round from now on, or again; whether that is news. */
    Optional<CompletableFuture<Boolean>> pause(FederationId federation, boolean paused);

    /** Lets a device take no part from now on, for a reason, or without one take part again. */
    Optional<CompletableFuture<Boolean>> quarantine(FederationId federation, DeviceId device, Optional<String> reason);
}

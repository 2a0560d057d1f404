package dev.tributary.coordinator.web;

import dev.tributary.update.FederationId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what a federation was told to do. */
final class Done {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private Done() {}

    /** The answer, once it is durable. */
    static <T> T by(FederationId federation, Optional<CompletableFuture<T>> answer) throws ProblemException {
        if (answer.isEmpty()) {
            throw ProblemException.conflict("federation " + federation + " does not run here now");
        }
        try {
            return answer.get().get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            boolean isRefused = e.getCause() instanceof IllegalArgumentException;
            throw new ProblemException(
                    isRefused ? 409 : 500, String.valueOf(e.getCause().getMessage()));
        } catch (TimeoutException e) {
            throw new ProblemException(503, "the federation is too busy, or its database cannot be used; ask again");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(503, "the coordinator stops");
        }
    }
}

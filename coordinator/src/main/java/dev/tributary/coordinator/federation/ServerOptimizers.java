package dev.tributary.coordinator.federation;

import dev.tributary.config.Section;
import dev.tributary.coordinator.optimizer.FedAdagrad;
import dev.tributary.coordinator.optimizer.FedAdam;
import dev.tributary.coordinator.optimizer.FedAvgM;
import dev.tributary.coordinator.optimizer.FedAvgStep;
import dev.tributary.coordinator.optimizer.FedYogi;
import dev.tributary.coordinator.optimizer.ServerOptimizer;
import java.util.Optional;

/** Reads which server optimiser a plan wants. */
final class ServerOptimizers {
    private static final double ADAPTIVE_RATE = 0.1;
    private static final double MOMENTUM = 0.8;

    private ServerOptimizers() {}

    /** The optimisers, by the names that a plan uses. */
    private enum Kind {
        FEDAVG,
        FEDAVGM,
        FEDADAM,
        FEDYOGI,
        FEDADAGRAD
    }

    /** {@code rounds} are empty when they have mistakes, which are said elsewhere. */
    static ServerOptimizer read(Section plan, TaskDefaults defaults, Optional<RoundPlan> rounds) {
        boolean isSynchronous = rounds.filter(known -> !known.isAsynchronous()).isPresent();
        // Momentum carries on what the devices of one round said; where those of the next are others, that is noise.
        boolean isWhole =
                isSynchronous && rounds.filter(known -> known.goal().isEmpty()).isPresent();
        Kind fallback = isWhole && defaults.hasServerMomentum() ? Kind.FEDAVGM : Kind.FEDAVG;
        Kind kind = plan.choice("serverOptimizer", Kind.class, fallback);
        boolean isAdaptive = kind == Kind.FEDADAM || kind == Kind.FEDYOGI || kind == Kind.FEDADAGRAD;
        double rate =
                FederationFile.positive(plan, "serverLearningRate", isAdaptive ? ADAPTIVE_RATE : plainRate(rounds));
        double momentum = plan.number("serverMomentum", MOMENTUM, 0, 0.9999);
        if (isSynchronous && kind == Kind.FEDAVG && plan.has("serverLearningRate")) {
            plan.problem("serverLearningRate", "must not be there with fedavg, which takes whole steps");
        }
        if (kind != Kind.FEDAVGM && plan.has("serverMomentum")) {
            plan.problem("serverMomentum", "must not be there unless serverOptimizer is fedavgm");
        }
        return switch (kind) {
            case FEDAVG -> new FedAvgStep(rate);
            case FEDAVGM -> new FedAvgM(rate, momentum);
            case FEDADAM -> new FedAdam(rate);
            case FEDYOGI -> new FedYogi(rate);
            case FEDADAGRAD -> new FedAdagrad(rate);
        };
    }

    /**
     * 1 in synchronous mode, √(K/M) in asynchronous mode with goal K and M devices at work. An update that is M/K − 1
     * versions old weighs √(K/M), and M/K versions go by until each device has contributed once: with whole steps the
     * model would move √(M/K) times as far as in a synchronous round, and swing.
     */
    private static double plainRate(Optional<RoundPlan> rounds) {
        return rounds.filter(RoundPlan::isAsynchronous)
                .map(known -> Math.min(1, Math.sqrt((double) known.goal().orElseThrow() / known.startWhen())))
                .orElse(1.0);
    }
}

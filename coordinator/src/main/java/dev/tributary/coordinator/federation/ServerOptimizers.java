package dev.tributary.coordinator.federation;

import dev.tributary.config.Section;
import dev.tributary.coordinator.optimizer.FedAdagrad;
import dev.tributary.coordinator.optimizer.FedAdam;
import dev.tributary.coordinator.optimizer.FedAvgM;
import dev.tributary.coordinator.optimizer.FedAvgStep;
import dev.tributary.coordinator.optimizer.FedYogi;
import dev.tributary.coordinator.optimizer.ServerOptimizer;

/** Reads which server optimiser a plan wants. */
final class ServerOptimizers {
    private static final double ADAPTIVE_RATE = 0.1;
    private static final double MOMENTUM = 0.9;

    private ServerOptimizers() {}

    /** The optimisers, by the names that a plan uses. */
    private enum Kind {
        FEDAVG,
        FEDAVGM,
        FEDADAM,
        FEDYOGI,
        FEDADAGRAD
    }

    static ServerOptimizer read(Section plan) {
        Kind kind = plan.choice("serverOptimizer", Kind.class, Kind.FEDAVG);
        boolean isAdaptive = kind == Kind.FEDADAM || kind == Kind.FEDYOGI || kind == Kind.FEDADAGRAD;
        double rate = FederationFile.positive(plan, "serverLearningRate", isAdaptive ? ADAPTIVE_RATE : 1);
        double momentum = plan.number("serverMomentum", MOMENTUM, 0, 0.9999);
        if (kind == Kind.FEDAVG && plan.has("serverLearningRate")) {
            plan.problem("serverLearningRate", "must not be there without a serverOptimizer; fedavg takes whole steps");
        }
        if (kind != Kind.FEDAVGM && plan.has("serverMomentum")) {
            plan.problem("serverMomentum", "must not be there unless serverOptimizer is fedavgm");
        }
        return switch (kind) {
            case FEDAVG -> new FedAvgStep();
            case FEDAVGM -> new FedAvgM(rate, momentum);
            case FEDADAM -> new FedAdam(rate);
            case FEDYOGI -> new FedYogi(rate);
            case FEDADAGRAD -> new FedAdagrad(rate);
        };
    }
}

package dev.tributary.agent.simulate;

import dev.tributary.agent.participation.Member;
import dev.tributary.agent.participation.SessionListener;
import dev.tributary.learning.Examples;
import dev.tributary.learning.Predictor;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.Task;
import dev.tributary.model.Vector;
import dev.tributary.protocol.Prediction;
import dev.tributary.update.DeviceId;
import dev.tributary.update.FederationId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads a device's test part over and over, one row at a call, as if a sensor had measured it now, and predicts it with
 * the newest model. Safe for many threads.
 */
final class Replay implements SessionListener {
    private final DeviceId device;
    private final Member member;
    private final Function<GlobalModel, Predictor> predictors;
    private volatile Optional<Predictor> newest = Optional.empty();
    private int next;

    Replay(DeviceId device, Member member, Function<GlobalModel, Predictor> predictors) {
        this.device = device;
        this.member = member;
        this.predictors = predictors;
    }

    @Override
    public void onModel(FederationId federation, GlobalModel model) {
        newest = Optional.of(predictors.apply(model));
    }

    /** The prediction of the next row; empty as long as there is no model, or no row. */
    synchronized Optional<Prediction> read() {
        Optional<Predictor> predictor = newest;
        if (predictor.isEmpty()) {
            return Optional.empty();
        }
        GlobalModel model = predictor.get().model();
        List<Examples.RawExample> rows = member.examples().testPart(model.schema());
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        next = next < rows.size() ? next : 0;
        Vector values = predictor.get().predict(rows.get(next++).features());
        int label = model.schema().task() == Task.CLASSIFICATION ? largest(values) : -1;
        return Optional.of(new Prediction(member.federation(), device, model.version(), label, values));
    }

    private static int largest(Vector values) {
        int best = 0;
        for (int k = 1; k < values.length(); k++) {
            best = values.get(k) > values.get(best) ? k : best;
        }
        return best;
    }
}

package dev.tributary.agent.simulate;

import dev.tributary.agent.examples.Row;
import dev.tributary.agent.participation.SessionListener;
import dev.tributary.agent.prediction.CurrentModel;
import dev.tributary.model.GlobalModel;
import dev.tributary.protocol.Prediction;
import dev.tributary.update.FederationId;
import java.util.List;
import java.util.Optional;

/**
 * Reads a device's last 30 % of rows over and over, one at a call, as if a sensor had measured it now, and predicts it
 * with the newest model. Safe for many threads.
 */
final class Replay implements SessionListener {
    private static final double TRAIN_SHARE = 0.7;

    private final List<Row> rows;
    private final CurrentModel model;
    private int next;

    Replay(List<Row> rows, CurrentModel model) {
        int trainCount = (int) Math.floor(TRAIN_SHARE * rows.size());
        this.rows = rows.subList(trainCount, rows.size());
        this.model = model;
    }

    @Override
    public void onPredictor(FederationId federation, GlobalModel predictor, boolean isPersonal) {
        model.use(predictor);
    }

    /** The prediction of the next row; empty as long as there is no model, or no row. */
    synchronized Optional<Prediction> read() {
        if (rows.isEmpty() || model.schema().isEmpty()) {
            return Optional.empty();
        }
        next = next < rows.size() ? next : 0;
        return model.predict(rows.get(next++));
    }
}

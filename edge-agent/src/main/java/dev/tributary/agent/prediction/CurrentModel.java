package dev.tributary.agent.prediction;

import dev.tributary.agent.examples.Columns;
import dev.tributary.agent.examples.Row;
import dev.tributary.agent.examples.RowMapping;
import dev.tributary.learning.Predictor;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Task;
import dev.tributary.model.Vector;
import dev.tributary.protocol.Prediction;
import dev.tributary.update.DeviceId;
import dev.tributary.update.FederationId;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * One federation's newest model on a device. {@link #use} may be called by any thread while another predicts; a
 * prediction is of one version throughout.
 */
public final class CurrentModel {
    private final FederationId federation;
    private final DeviceId device;
    private final Function<GlobalModel, Predictor> predictors;
    private final AtomicReference<Optional<Loaded>> current = new AtomicReference<>(Optional.empty());

    private record Loaded(Predictor predictor, Optional<RowMapping> mapping) {}

    /** No model yet; {@code predictors} makes one usable. */
    public CurrentModel(FederationId federation, DeviceId device, Function<GlobalModel, Predictor> predictors) {
        this.federation = federation;
        this.device = device;
        this.predictors = predictors;
    }

    /** The federation whose model this is. */
    public FederationId federation() {
        return federation;
    }

    /** Replaces the model. */
    public void use(GlobalModel model) {
        current.set(Optional.of(new Loaded(predictors.apply(model), Optional.empty())));
    }

    /** The schema of the model. */
    public Optional<ModelSchema> schema() {
        return current.get().map(loaded -> loaded.predictor().model().schema());
    }

    /** The version of the model; −1 before there is one. */
    public long version() {
        return current.get().map(loaded -> loaded.predictor().model().version()).orElse(-1L);
    }

    /** What the model says of a row; empty before there is a model, or when a required feature is missing. */
    public Optional<Prediction> predict(Row row) {
        Optional<Loaded> loaded = current.get();
        if (loaded.isEmpty()) {
            return Optional.empty();
        }
        Predictor predictor = loaded.get().predictor();
        return mapping(loaded.get(), row.columns()).features(row).map(features -> {
            Vector values = predictor.predict(features);
            boolean label = predictor.model().schema().task() == Task.CLASSIFICATION;
            return new Prediction(
                    federation, device, predictor.model().version(), label ? indexOfLargest(values) : -1, values);
        });
    }

    /** Columns nearly never change, so the mapping is kept with the model. */
    private RowMapping mapping(Loaded loaded, Columns columns) {
        Optional<RowMapping> known = loaded.mapping().filter(mapping -> mapping.fits(columns));
        if (known.isPresent()) {
            return known.get();
        }
        RowMapping mapping = new RowMapping(loaded.predictor().model().schema(), columns);
        Loaded next = new Loaded(loaded.predictor(), Optional.of(mapping));
        current.updateAndGet(now -> now.equals(Optional.of(loaded)) ? Optional.of(next) : now);
        return mapping;
    }

    private static int indexOfLargest(Vector scores) {
        int largest = 0;
        for (int i = 1; i < scores.length(); i++) {
            if (scores.get(i) > scores.get(largest)) {
                largest = i;
            }
        }
        return largest;
    }
}

package dev.tributary.agent.app;

import dev.tributary.agent.examples.RowLog;
import dev.tributary.agent.prediction.CurrentModel;
import dev.tributary.agent.sensor.BadReading;
import dev.tributary.agent.sensor.Reading;
import dev.tributary.agent.sensor.ReadingCheck;
import dev.tributary.agent.sensor.SensorSource;
import dev.tributary.model.ModelSchema;
import dev.tributary.protocol.Prediction;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A reading's way: checked, predicted, kept. Runs on the sensor's thread; nothing that a reading holds ends it. */
final class ReadingPipeline implements SensorSource.Sink {
    private static final System.Logger LOG = System.getLogger(ReadingPipeline.class.getName());

    private final ReadingCheck check;
    private final List<CurrentModel> models;
    private final Map<dev.tributary.update.FederationId, ModelSchema> schemas = new ConcurrentHashMap<>();
    private final RowLog log;
    private final PredictionSink output;
    private final AgentMeters meters;
    private final Set<BadReading> told = EnumSet.noneOf(BadReading.class);
    private boolean storeFailed;

    /** Takes what the models say. */
    interface PredictionSink {
        void accept(Prediction prediction, ModelSchema schema, Optional<Instant> time);
    }

    ReadingPipeline(
            Optional<String> timeField,
            List<CurrentModel> models,
            RowLog log,
            PredictionSink output,
            AgentMeters meters) {
        this.check = new ReadingCheck(timeField);
        this.models = models;
        this.log = log;
        this.output = output;
        this.meters = meters;
    }

    /** The schema in force of one of the federations; from any thread. */
    void schema(dev.tributary.update.FederationId federation, ModelSchema schema) {
        schemas.put(federation, schema);
    }

    @Override
    public void reading(Reading reading) {
        Optional<BadReading> reason = check.time(reading);
        boolean keep = false;
        if (reason.isEmpty() && schemas.isEmpty()) {
            // No federation has said what it wants: what is not flawed may turn out to be useful.
            keep = reading.flaws().values().stream().allMatch(flaw -> flaw == BadReading.TEXT_IN_NUMBER);
            reason = keep ? reason : reading.flaws().values().stream().findFirst();
        } else if (reason.isEmpty()) {
            int bad = 0;
            for (ModelSchema schema : schemas.values()) {
                Optional<BadReading> here =
                        ReadingCheck.features(reading, schema).or(() -> ReadingCheck.target(reading, schema));
                keep |= here.isEmpty() && ReadingCheck.isLabelled(reading, schema);
                reason = here.isPresent() ? here : reason;
                bad += here.isPresent() ? 1 : 0;
            }
            // Bad for one federation may be good for another, which maps its own fields.
            reason = bad == schemas.size() ? reason : Optional.empty();
        }
        if (reason.isPresent()) {
            bad(reason.get(), reading.position().isEmpty() ? "" : " at " + reading.position());
            return;
        }
        meters.goodReading();
        predict(reading);
        if (keep) {
            keep(reading);
        }
    }

    @Override
    public void unreadable(String why) {
        bad(BadReading.UNREADABLE, ": " + why);
    }

    private void bad(BadReading reason, String where) {
        meters.badReading(reason);
        if (told.add(reason)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "a reading is dropped, {0}{1} (said once, then counted)",
                    reason.word(),
                    where);
        }
    }

    private void predict(Reading reading) {
        for (CurrentModel model : models) {
            Optional<ModelSchema> schema = model.schema();
            if (schema.isPresent()
                    && ReadingCheck.features(reading, schema.get()).isEmpty()) {
                model.predict(reading.row()).ifPresent(prediction -> {
                    meters.predicted();
                    output.accept(prediction, schema.get(), reading.time());
                });
            }
        }
    }

    private void keep(Reading reading) {
        try {
            log.append(reading.row(), reading.position());
            if (storeFailed) {
                storeFailed = false;
                LOG.log(System.Logger.Level.INFO, "examples are kept again");
            }
        } catch (UncheckedIOException e) {
            if (!storeFailed) {
                storeFailed = true;
                LOG.log(
                        System.Logger.Level.WARNING,
                        "examples cannot be kept; predicting goes on: {0}",
                        e.getMessage());
            }
        }
    }
}

package dev.tributary.agent.participation;

import dev.tributary.learning.Examples.RawExample;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Normalization;
import dev.tributary.model.Standardiser;
import dev.tributary.protocol.Presence;
import java.util.List;

/** A federation's schema as one device applies it: with the device's own means and scales where the schema says so. */
final class LocalSchema {
    private LocalSchema() {}

    /** The schema for this member's rows; features are standardised by what it learns from, outputs by the fleet. */
    static ModelSchema of(ModelSchema schema, Member member) {
        if (schema.normalization() != Normalization.DEVICE
                || schema.standardiser().isEmpty()) {
            return schema;
        }
        List<RawExample> rows = member.role() == Presence.Role.TRAINER
                ? member.examples().trainPart(schema)
                : member.examples().all(schema);
        Standardiser fleet = schema.standardiser().get();
        Standardiser own = LocalMoments.of(schema, rows).toStandardiser(schema);
        return schema.localisedBy(
                new Standardiser(own.featureMean(), own.featureScale(), fleet.outputMean(), fleet.outputScale()));
    }

    /** The model under {@link #of}. */
    static GlobalModel localised(GlobalModel model, Member member) {
        return new GlobalModel(model.version(), of(model.schema(), member), model.weights());
    }
}

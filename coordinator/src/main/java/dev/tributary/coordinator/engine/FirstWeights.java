package dev.tributary.coordinator.engine;

import dev.tributary.model.GlobalModel;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.WeightTransfer;
import dev.tributary.model.Weights;

/** The weights that a federation is given to begin with. */
public sealed interface FirstWeights {
    /** The weights under the schema that the fleet's statistics gave. */
    Weights under(ModelSchema schema);

    /** Weights over features that are standardised, whatever by. */
    record Standardised(Weights weights) implements FirstWeights {
        @Override
        public Weights under(ModelSchema schema) {
            return weights;
        }
    }

    /** A model with a standardiser of its own, which {@link WeightTransfer} does not refuse. */
    record Earlier(GlobalModel model) implements FirstWeights {
        @Override
        public Weights under(ModelSchema schema) {
            return WeightTransfer.transfer(model, schema);
        }
    }
}

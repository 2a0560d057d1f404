package dev.tributary.agent.examples;

import dev.tributary.learning.Examples;
import dev.tributary.model.ModelSchema;
import java.util.List;

/**
 * A device's examples for one federation, mapped by name to the schema that is asked for.
 *
 * <p>A feature whose column is absent, or whose value lies outside its valid range, is missing (NaN). A row is left out
 * when a required feature is missing, when a predicted quantity is missing or not finite, or when its label is none of
 * the schema's. Rows come in time order and must not be changed by the caller. Called from the device's thread while
 * another thread may add examples.
 */
public interface ExampleSource {
    /** The rows to learn from. */
    List<Examples.RawExample> trainPart(ModelSchema schema);

    /** The rows to evaluate on; none of them is in the train part. */
    List<Examples.RawExample> testPart(ModelSchema schema);

    /** Both parts, in time order: what a device that contributes to no training is evaluated on. */
    List<Examples.RawExample> all(ModelSchema schema);

    /** The number of rows held, before any schema is applied. */
    long count();
}

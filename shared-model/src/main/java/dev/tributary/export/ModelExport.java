package dev.tributary.export;

import dev.tributary.model.Architecture;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Normalization;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** Writes a model version as a file that takes raw readings and gives softmax probabilities or real units. */
public final class ModelExport {
    private ModelExport() {}

    /** Why models of this schema cannot be written in this format; empty when they can. */
    public static Optional<String> refusal(ModelSchema schema, ModelFormat format) {
        if (schema.normalization() == Normalization.DEVICE) {
            return Optional.of("a model with normalization: device cannot be one file for raw readings: each device"
                    + " standardises by its own mean and scale, which it keeps to itself");
        }
        if (format == ModelFormat.TRIBUO && !(schema.architecture() instanceof Architecture.Linear)) {
            return Optional.of(
                    "Tribuo's format holds linear models alone, and this is a perceptron; take onnx or json");
        }
        return Optional.empty();
    }

    /**
     * Writes {@code model} to {@code out}, which stays open.
     *
     * @throws IllegalArgumentException when the schema has no standardiser, or with the {@link #refusal}
     */
    public static void write(GlobalModel model, ModelFormat format, OutputStream out) throws IOException {
        ModelSchema schema = model.schema();
        if (!model.weights().layout().equals(schema.layout())) {
            throw new IllegalArgumentException("layout must be " + schema.layout() + ", was "
                    + model.weights().layout());
        }
        if (schema.standardiser().isEmpty()) {
            throw new IllegalArgumentException("schema must have a standardiser, had none");
        }
        refusal(schema, format).ifPresent(reason -> {
            throw new IllegalArgumentException(reason);
        });
        switch (format) {
            case TRIBUO -> new TribuoFile(model).write(out);
            case ONNX -> new OnnxFile(model).write(out);
            case JSON -> new JsonFile(model).write(out);
        }
        out.flush();
    }
}

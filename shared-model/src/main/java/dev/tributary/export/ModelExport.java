package dev.tributary.export;

import dev.tributary.model.GlobalModel;
import dev.tributary.model.ModelSchema;
import java.io.IOException;
import java.io.OutputStream;

/** Writes a model version as a file that takes raw readings and gives softmax probabilities or real units. */
public final class ModelExport {
    private ModelExport() {}

    /**
     * Writes {@code model} to {@code out}, which stays open.
     *
     * @throws IllegalArgumentException when the model is not linear or its schema has no standardiser
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
        switch (format) {
            case TRIBUO -> new TribuoFile(model).write(out);
            case ONNX -> new OnnxFile(model).write(out);
            case JSON -> new JsonFile(model).write(out);
        }
        out.flush();
    }
}

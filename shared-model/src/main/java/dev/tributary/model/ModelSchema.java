package dev.tributary.model;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The order and meaning of a federation's inputs and outputs, and how raw readings become model inputs.
 *
 * @param revision rises by one with each new standardiser or column set, from 0
 * @param features the inputs, D ≥ 1 of them, in the order of the weights' columns
 * @param outputs K names in the order of the weights' rows: the labels (K ≥ 2), or the predicted quantities (K ≥ 1)
 * @param standardiser absent until the first STATISTICS round
 * @param featureClip standardised features are clipped at ± this
 */
public record ModelSchema(
        int revision,
        Task task,
        List<Feature> features,
        List<String> outputs,
        Optional<Standardiser> standardiser,
        double featureClip) {
    public ModelSchema {
        features = List.copyOf(features);
        outputs = List.copyOf(outputs);
        if (revision < 0) {
            throw new IllegalArgumentException("revision must be >= 0, was " + revision);
        }
        if (features.isEmpty()) {
            throw new IllegalArgumentException("features must not be empty");
        }
        if (outputs.size() < (task == Task.CLASSIFICATION ? 2 : 1)) {
            throw new IllegalArgumentException("outputs must be >= " + (task == Task.CLASSIFICATION ? "2 labels" : "1")
                    + ", was " + outputs.size());
        }
        if (Set.copyOf(outputs).size() != outputs.size()
                || features.stream().map(Feature::name).distinct().count() != features.size()) {
            throw new IllegalArgumentException("names of features and of outputs must be distinct");
        }
        if (!(featureClip > 0)) {
            throw new IllegalArgumentException("featureClip must be > 0, was " + featureClip);
        }
        int outputColumns = task == Task.REGRESSION ? outputs.size() : 0;
        int featureColumns = features.size();
        standardiser.ifPresent(s -> {
            if (s.featureMean().length() != featureColumns || s.outputMean().length() != outputColumns) {
                throw new IllegalArgumentException("standardiser must have " + featureColumns + " features and "
                        + outputColumns + " outputs, had " + s.featureMean().length() + " and "
                        + s.outputMean().length());
            }
        });
    }

    /** A linear model's parameters: one block of K × (D+1), row-major, bias last. */
    public ParameterLayout linearLayout() {
        return ParameterLayout.of(new ParameterLayout.Block("linear", outputs.size(), features.size() + 1));
    }

    /** The next revision, with this standardiser. */
    public ModelSchema standardisedBy(Standardiser next) {
        return new ModelSchema(revision + 1, task, features, outputs, Optional.of(next), featureClip);
    }

    /** SHA-256 over every field, in the byte form that docs/wire-protocol.md specifies. */
    public Fingerprint fingerprint() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(revision);
            out.writeByte(task == Task.CLASSIFICATION ? 0 : 1);
            out.writeDouble(featureClip);
            out.writeInt(features.size());
            for (Feature feature : features) {
                writeText(out, feature.name());
                writeText(out, feature.unit());
                out.writeDouble(feature.minimum());
                out.writeDouble(feature.maximum());
                out.writeByte(feature.required() ? 1 : 0);
            }
            out.writeInt(outputs.size());
            for (String output : outputs) {
                writeText(out, output);
            }
            out.writeByte(standardiser.isPresent() ? 1 : 0);
            if (standardiser.isPresent()) {
                writeVector(out, standardiser.get().featureMean());
                writeVector(out, standardiser.get().featureScale());
                writeVector(out, standardiser.get().outputMean());
                writeVector(out, standardiser.get().outputScale());
            }
            return Fingerprint.of(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    private static void writeVector(DataOutputStream out, Vector vector) throws IOException {
        for (int i = 0; i < vector.length(); i++) {
            out.writeDouble(vector.get(i));
        }
    }
}

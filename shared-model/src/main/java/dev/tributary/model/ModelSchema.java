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
 * @param featureClip standardised features are clipped at ± this; infinite for none
 * @param normalization whose mean and scale features are standardised by
 */
public record ModelSchema(
        int revision,
        Task task,
        List<Feature> features,
        List<String> outputs,
        Optional<Standardiser> standardiser,
        double featureClip,
        Normalization normalization,
        Architecture architecture) {
    /** The schema of a linear model over features standardised by the fleet's mean and scale. */
    public ModelSchema(
            int revision,
            Task task,
            List<Feature> features,
            List<String> outputs,
            Optional<Standardiser> standardiser,
            double featureClip) {
        this(revision, task, features, outputs, standardiser, featureClip, Normalization.GLOBAL, Architecture.LINEAR);
    }

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

    /** The blocks of weights of a model under this schema. */
    public ParameterLayout layout() {
        return architecture.layout(task, features.size(), outputs.size());
    }

    /** The next revision, with this standardiser. */
    public ModelSchema standardisedBy(Standardiser next) {
        return with(revision + 1, next);
    }

    /** The same revision with a device's own standardiser, for use on that device alone. */
    public ModelSchema localisedBy(Standardiser own) {
        return with(revision, own);
    }

    private ModelSchema with(int nextRevision, Standardiser next) {
        return new ModelSchema(
                nextRevision, task, features, outputs, Optional.of(next), featureClip, normalization, architecture);
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
            writeExtensions(out);
            return Fingerprint.of(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What came after the first version, and only where it is not as it was then: other fingerprints stay the same. */
    private void writeExtensions(DataOutputStream out) throws IOException {
        if (normalization != Normalization.GLOBAL) {
            out.writeByte(normalization == Normalization.DEVICE ? 'd' : 'n');
        }
        if (architecture instanceof Architecture.Perceptron perceptron) {
            out.writeByte('p');
            out.writeInt(perceptron.hiddenUnits());
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

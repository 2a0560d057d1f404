package dev.tributary.coordinator.federation;

import dev.tributary.config.Section;
import dev.tributary.model.Feature;
import dev.tributary.model.Task;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads {@code features} and {@code outputs} of a federation's file. */
final class SchemaSection {
    private static final int MAX_FEATURES = 100_000;
    private static final int MAX_OUTPUTS = 10_000;
    /** As many as a message can hold. */
    static final long MAX_WEIGHTS = 4_000_000;

    private static final int MAX_NAME_CHARACTERS = 256;

    private final Section root;
    private final Task task;
    private final List<Feature> features = new ArrayList<>();
    private final List<String> outputs = new ArrayList<>();

    SchemaSection(Section root, Task task) {
        this.root = root;
        this.task = task;
    }

    /** The features; complete only when no problem was noted. */
    List<Feature> features() {
        return List.copyOf(features);
    }

    /** The outputs; complete only when no problem was noted. */
    List<String> outputs() {
        return List.copyOf(outputs);
    }

    void read() {
        List<Section> sections = root.sections("features");
        Set<String> names = new HashSet<>();
        for (Section section : sections) {
            readFeature(section, names);
        }
        if (sections.isEmpty()) {
            root.problem("features", "must not be empty");
        }
        readOutputs(names);
        long weights = (sections.size() + 1L) * outputs.size();
        if (sections.size() > MAX_FEATURES || outputs.size() > MAX_OUTPUTS || weights > MAX_WEIGHTS) {
            root.problem(
                    "features",
                    "must be at most " + MAX_FEATURES + ", outputs at most " + MAX_OUTPUTS
                            + ", and outputs x (features + 1) at most " + MAX_WEIGHTS + ", were " + sections.size()
                            + " and " + outputs.size());
        }
    }

    private void readFeature(Section section, Set<String> names) {
        String name = section.text("name");
        double minimum = section.has("minimum")
                ? section.number("minimum", 0, -Double.MAX_VALUE, Double.MAX_VALUE)
                : Double.NEGATIVE_INFINITY;
        double maximum = section.has("maximum")
                ? section.number("maximum", 0, -Double.MAX_VALUE, Double.MAX_VALUE)
                : Double.POSITIVE_INFINITY;
        String unit = section.text("unit", "");
        boolean isRequired = section.flag("required", false);
        if (minimum > maximum) {
            section.problem("minimum", "must be <= maximum " + maximum + ", was " + minimum);
        } else if (isName(section, "name", name) && isNew(section, "name", name, names) && isUnit(section, unit)) {
            features.add(new Feature(name, unit, minimum, maximum, isRequired));
        }
    }

    private void readOutputs(Set<String> featureNames) {
        Set<String> names = new HashSet<>();
        for (String output : root.texts("outputs")) {
            if (isName(root, "outputs", output) && isNew(root, "outputs", output, names)) {
                outputs.add(output);
            }
            if (task == Task.REGRESSION && featureNames.contains(output)) {
                root.problem("outputs", "must not be features too, was \"" + output + "\"");
            }
        }
        if (names.isEmpty()) {
            root.problem("outputs", "must not be empty");
        } else if (task == Task.CLASSIFICATION && names.size() < 2) {
            root.problem("outputs", "must be at least 2 labels for classification, was only " + outputs);
        }
    }

    private static boolean isUnit(Section section, String unit) {
        if (unit.length() > MAX_NAME_CHARACTERS) {
            section.problem("unit", "must have at most " + MAX_NAME_CHARACTERS + " characters");
            return false;
        }
        return true;
    }

    private static boolean isName(Section section, String key, String name) {
        if (name.isBlank() && section.has(key)) {
            section.problem(key, "must not be blank");
        } else if (name.length() > MAX_NAME_CHARACTERS) {
            section.problem(key, "must have at most " + MAX_NAME_CHARACTERS + " characters, had " + name.length());
        }
        return !name.isBlank() && name.length() <= MAX_NAME_CHARACTERS;
    }

    private static boolean isNew(Section section, String key, String name, Set<String> names) {
        if (!names.add(name)) {
            section.problem(key, "must be distinct, \"" + name + "\" is there twice");
            return false;
        }
        return true;
    }
}

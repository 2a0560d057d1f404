package dev.tributary.agent.simulate;

import dev.tributary.agent.examples.Columns;
import dev.tributary.model.Feature;
import dev.tributary.model.Task;
import dev.tributary.update.DeviceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/** Loads a fleet from a folder with one CSV per device, named after it; files are read in parallel. */
public final class CsvFolder {
    private final Path folder;
    private final CsvOptions options;
    private final List<DataProblem> problems = new ArrayList<>();

    private CsvFolder(Path folder, CsvOptions options) {
        this.folder = folder;
        this.options = options;
    }

    /**
     * The fleet of this folder, or of the first {@code limit} devices of it.
     *
     * @throws UnusableDataException when no fleet can be made of it
     */
    public static FleetData load(Path folder, CsvOptions options, OptionalInt limit) {
        return new CsvFolder(folder, options).load(limit);
    }

    private FleetData load(OptionalInt limit) {
        Map<CsvFile, List<String>> headers = headers(files());
        if (headers.isEmpty()) {
            throw new UnusableDataException("no file in " + folder + " can be read as CSV: "
                    + problems.get(0).file() + " " + problems.get(0).problem());
        }
        Headers common = Headers.of(headers, options);
        problems.addAll(common.problems());
        List<String> targets = targets(common.columns());
        requireColumns(
                "--ignore",
                options.ignored(),
                headers.values().stream().flatMap(List::stream).toList());
        requireColumns("--time", options.time().stream().toList(), common.columns());
        List<CsvTable> tables = tables(common, targets);
        if (tables.isEmpty()) {
            throw nothingLeft();
        }
        List<String> inputs = new ArrayList<>(common.columns());
        inputs.removeAll(targets);
        Optional<String> time = options.time().or(() -> new TimeColumn().find(inputs, tables));
        time.ifPresent(inputs::remove);
        List<String> left =
                inputs.stream().filter(name -> !hasNumbers(name, tables)).toList();
        inputs.removeAll(left);
        if (inputs.isEmpty()) {
            throw new UnusableDataException("no numeric column is left to predict " + String.join(", ", targets)
                    + " from; the columns are " + String.join(", ", common.columns()));
        }
        TargetGuess guess = TargetGuess.of(targets, tables, options.task());
        List<DeviceData> devices = devices(tables, inputs, targets, time, guess);
        if (limit.isPresent() && limit.getAsInt() < devices.size()) {
            devices = devices.subList(0, limit.getAsInt());
        }
        if (devices.isEmpty()) {
            throw nothingLeft();
        }
        List<String> outputs = guess.task() == Task.CLASSIFICATION ? labels(devices, targets.get(0)) : targets;
        return new FleetData(
                false,
                guess.task(),
                String.join(",", targets),
                time,
                inputs.stream().map(Feature::unbounded).toList(),
                outputs,
                guessed(targets, time, guess, outputs, left),
                devices,
                ordered());
    }

    private List<CsvFile> files() {
        if (!Files.isDirectory(folder)) {
            throw new UnusableDataException(folder + (Files.exists(folder) ? " is not a folder" : " does not exist"));
        }
        List<CsvFile> files;
        try (Stream<Path> entries = Files.list(folder)) {
            files = entries.filter(CsvFile::isNamedSo).map(CsvFile::of).toList();
        } catch (IOException e) {
            throw new UnusableDataException(folder + " cannot be listed: " + e.getMessage());
        }
        if (files.isEmpty()) {
            throw new UnusableDataException("no .csv and no .csv.gz in " + folder);
        }
        return files.stream()
                .sorted(Comparator.comparing(CsvFile::name, new CodePointOrder()))
                .toList();
    }

    private Map<CsvFile, List<String>> headers(List<CsvFile> files) {
        Set<String> ids = new LinkedHashSet<>();
        List<CsvFile> named = files.stream().filter(file -> hasOwnId(file, ids)).toList();
        List<Optional<List<String>>> read =
                named.parallelStream().map(file -> read(file, file::header)).toList();
        Map<CsvFile, List<String>> headers = new LinkedHashMap<>();
        for (int i = 0; i < named.size(); i++) {
            CsvFile file = named.get(i);
            read.get(i).ifPresent(header -> headers.put(file, header));
        }
        return headers;
    }

    private boolean hasOwnId(CsvFile file, Set<String> ids) {
        try {
            String id = new DeviceId(file.device()).value();
            if (ids.add(id)) {
                return true;
            }
            problem(DataProblem.leftOut(file.name(), "is a second file of device " + id + "; left out"));
        } catch (IllegalArgumentException e) {
            problem(DataProblem.leftOut(file.name(), "its name makes no device id: " + e.getMessage() + "; left out"));
        }
        return false;
    }

    private interface Reading<T> {
        T read() throws CsvFile.UnreadableException;
    }

    private <T> Optional<T> read(CsvFile file, Reading<T> reading) {
        try {
            return Optional.of(reading.read());
        } catch (CsvFile.UnreadableException e) {
            problem(DataProblem.leftOut(file.name(), e.getMessage() + "; left out"));
            return Optional.empty();
        }
    }

    private void problem(DataProblem problem) {
        synchronized (problems) {
            problems.add(problem);
        }
    }

    private List<String> targets(List<String> columns) {
        if (columns.isEmpty()) {
            throw new UnusableDataException("no column is left in " + folder + "; see --ignore");
        }
        requireColumns("--target", options.targets(), columns);
        List<String> targets =
                options.targets().isEmpty() ? List.of(columns.get(columns.size() - 1)) : options.targets();
        if (options.time().filter(targets::contains).isPresent()) {
            throw new UnusableDataException("--time " + options.time().get() + " is the target");
        }
        return targets;
    }

    private static void requireColumns(String option, List<String> names, List<String> columns) {
        for (String name : names) {
            if (!columns.contains(name)) {
                throw new UnusableDataException(option + ": no column " + name + "; the columns are "
                        + String.join(", ", columns.stream().distinct().toList()));
            }
        }
    }

    private List<CsvTable> tables(Headers common, List<String> targets) {
        return common.members().parallelStream()
                .map(file -> read(file, () -> file.read(common.columns()::contains, targets::contains)))
                .flatMap(Optional::stream)
                .toList();
    }

    private static boolean hasNumbers(String name, List<CsvTable> tables) {
        return tables.stream().anyMatch(table -> table.column(name).numberCount() > 0);
    }

    private List<DeviceData> devices(
            List<CsvTable> tables,
            List<String> inputs,
            List<String> targets,
            Optional<String> time,
            TargetGuess guess) {
        List<String> names = new ArrayList<>(inputs);
        if (guess.task() == Task.REGRESSION) {
            names.addAll(targets);
        }
        RowBuilder builder = new RowBuilder(new Columns(names), targets, time, guess);
        List<RowBuilder.Outcome> outcomes =
                tables.parallelStream().map(builder::build).toList();
        outcomes.forEach(outcome -> problems.addAll(outcome.problems()));
        return outcomes.stream().flatMap(outcome -> outcome.device().stream()).toList();
    }

    private static List<String> labels(List<DeviceData> devices, String target) {
        List<String> labels = devices.stream()
                .flatMap(device -> device.rows().stream())
                .flatMap(row -> row.label().stream())
                .distinct()
                .sorted(new CodePointOrder())
                .toList();
        if (labels.size() < 2) {
            throw new UnusableDataException("target " + target + " has one label only, " + labels.get(0) + ", in all "
                    + devices.size() + " devices: there is nothing to learn");
        }
        return labels;
    }

    private String guessed(
            List<String> targets, Optional<String> time, TargetGuess guess, List<String> outputs, List<String> left) {
        StringBuilder text = new StringBuilder(targets.size() == 1 ? "target " : "targets ");
        text.append(String.join(", ", targets)).append(options.targets().isEmpty() ? " (last column), " : ", ");
        text.append(guess.task() == Task.CLASSIFICATION ? outputs.size() + " labels, " : "");
        text.append(guess.because()).append("; ");
        text.append(time.map(name -> "time column " + name).orElse("no time column"));
        if (!left.isEmpty()) {
            text.append("; no numbers, so not a feature: ").append(String.join(", ", left));
        }
        return text.toString();
    }

    private UnusableDataException nothingLeft() {
        DataProblem first = ordered().get(0);
        return new UnusableDataException("no file in " + folder + " makes a device: " + first.file() + " "
                + first.problem() + (problems.size() > 1 ? " (and " + (problems.size() - 1) + " more)" : ""));
    }

    private List<DataProblem> ordered() {
        return problems.stream()
                .sorted(Comparator.comparing(DataProblem::file, new CodePointOrder()))
                .toList();
    }
}

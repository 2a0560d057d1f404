package dev.tributary.agent.simulate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The columns that most files of a folder have, in the order that most of them have, and what is wrong with the rest.
 * Files with the same columns in another order are devices like the others.
 */
record Headers(List<String> columns, Set<CsvFile> members, List<DataProblem> problems) {
    private static final int NAMED = 4;

    /** Of at least one header; ignored and nameless columns do not count. */
    static Headers of(Map<CsvFile, List<String>> headers, CsvOptions options) {
        Map<CsvFile, List<String>> kept = new LinkedHashMap<>();
        headers.forEach((file, header) -> kept.put(
                file,
                header.stream()
                        .filter(name -> !name.isEmpty() && !options.ignored().contains(name))
                        .toList()));
        Map<Set<String>, Integer> votes = new LinkedHashMap<>();
        kept.values().forEach(header -> votes.merge(Set.copyOf(header), 1, Integer::sum));
        Set<String> common = winner(votes);
        Map<List<String>, Integer> orders = new LinkedHashMap<>();
        kept.values().stream()
                .filter(header -> Set.copyOf(header).equals(common))
                .forEach(header -> orders.merge(header, 1, Integer::sum));
        List<String> columns = winner(orders);
        Set<CsvFile> members = new LinkedHashSet<>();
        List<DataProblem> problems = new ArrayList<>();
        List<String> targets = options.targets().isEmpty() ? lastOf(columns) : options.targets();
        int others = votes.get(common);
        kept.forEach((file, header) -> {
            if (Set.copyOf(header).equals(common)) {
                members.add(file);
            } else {
                problems.add(problem(file, header, columns, targets, others));
            }
        });
        return new Headers(columns, members, problems);
    }

    private static <T> T winner(Map<T, Integer> votes) {
        Map.Entry<T, Integer> best = null;
        for (Map.Entry<T, Integer> vote : votes.entrySet()) {
            if (best == null || vote.getValue() > best.getValue()) {
                best = vote;
            }
        }
        return Optional.ofNullable(best).orElseThrow().getKey();
    }

    private static List<String> lastOf(List<String> columns) {
        return columns.isEmpty() ? List.of() : List.of(columns.get(columns.size() - 1));
    }

    private static DataProblem problem(
            CsvFile file, List<String> header, List<String> columns, List<String> targets, int others) {
        List<String> lacking =
                columns.stream().filter(name -> !header.contains(name)).toList();
        List<String> extra =
                header.stream().filter(name -> !columns.contains(name)).toList();
        String ofOthers = others == 1 ? "of the first file" : "of " + others + " other files";
        if (lacking.size() == columns.size()) {
            return new DataProblem(
                    file.name(),
                    "is not a device: has none of the columns " + ofOthers + " (line 1: " + some(header) + ")",
                    DataProblem.Consequence.NOT_A_DEVICE);
        }
        List<String> missingTargets = targets.stream().filter(lacking::contains).toList();
        StringBuilder text = new StringBuilder("line 1: ");
        if (!missingTargets.isEmpty()) {
            text.append("lacks the target ").append(String.join(", ", missingTargets));
        } else {
            text.append("columns differ from those ").append(ofOthers).append(':');
            text.append(lacking.isEmpty() ? "" : " lacks " + some(lacking));
            text.append(lacking.isEmpty() || extra.isEmpty() ? "" : ",");
            text.append(extra.isEmpty() ? "" : " has also " + some(extra));
        }
        return DataProblem.leftOut(file.name(), text.append("; left out").toString());
    }

    private static String some(List<String> names) {
        String shown = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
        return names.size() <= NAMED ? shown : shown + " and " + (names.size() - NAMED) + " more";
    }
}

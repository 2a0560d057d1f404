package dev.tributary.demo.setup;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Says what the coordinator found wrong in the files that we wrote in words of the command line. */
public final class PlanProblems {
    private static final Pattern PLACE =
            Pattern.compile("^(coordinator: )?(.*?(federation|coordinator)\\.yaml(:\\d+)?: *)?");
    private static final Pattern PLAN = Pattern.compile("^(plan|rounds\\.stop|rounds)\\.");
    private static final Pattern LOG = Pattern.compile("^\\d{4}-\\d\\d-\\d\\dT\\S+ [A-Z]+ +");

    private PlanProblems() {}

    /** The coordinator's lines as one, without the places in files that the user never wrote. */
    public static String inWordsOfTheCommandLine(String errorOutput) {
        List<String> problems = errorOutput
                .lines()
                .filter(line -> !line.isBlank()
                        && !Character.isWhitespace(line.charAt(0))
                        && !LOG.matcher(line).find())
                .filter(line -> !line.startsWith("Try "))
                .map(line -> PLACE.matcher(line.strip()).replaceFirst(""))
                .map(line -> PLAN.matcher(line).replaceFirst("--plan "))
                .distinct()
                .toList();
        boolean placesOnly = problems.stream().anyMatch(line -> line.startsWith("--plan "));
        return problems.stream()
                .filter(line -> !placesOnly || line.startsWith("--plan "))
                .collect(Collectors.joining("; "));
    }
}

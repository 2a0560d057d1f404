package dev.tributary.agent.simulate;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds the column that orders the rows: one whose cells are all ISO dates, or one that is named like a time and whose
 * numbers are all seconds, milliseconds, microseconds or nanoseconds since 1970 of the years 1980 to 2100.
 */
final class TimeColumn {
    private static final Set<String> HINTS =
            Set.of("time", "timestamp", "datetime", "date", "ts", "epoch", "unix", "unixtime", "utc");
    private static final double FIRST_SECONDS = 315_532_800;
    private static final double LAST_SECONDS = 4_102_444_800.0;
    private static final List<Double> UNITS_PER_SECOND = List.of(1.0, 1e3, 1e6, 1e9);

    /** The first such column, those with the name of a time before the others. */
    Optional<String> find(List<String> candidates, List<CsvTable> tables) {
        List<String> hinted = candidates.stream().filter(TimeColumn::isNamedSo).toList();
        return Stream.of(
                        hinted.stream().filter(name -> isDates(name, tables)),
                        hinted.stream().filter(name -> isEpoch(name, tables)),
                        candidates.stream().filter(name -> isDates(name, tables)))
                .flatMap(found -> found)
                .findFirst();
    }

    private static boolean isNamedSo(String name) {
        return Stream.of(name.toLowerCase(Locale.ROOT).split("[^a-z]+")).anyMatch(HINTS::contains);
    }

    private static boolean isDates(String name, List<CsvTable> tables) {
        return all(name, tables).allMatch(CsvColumn::isDates)
                && all(name, tables).findAny().isPresent();
    }

    private static boolean isEpoch(String name, List<CsvTable> tables) {
        return all(name, tables).findAny().isPresent()
                && UNITS_PER_SECOND.stream()
                        .anyMatch(unit -> all(name, tables)
                                .allMatch(column -> column.isWithin(FIRST_SECONDS * unit, LAST_SECONDS * unit)));
    }

    private static Stream<CsvColumn> all(String name, List<CsvTable> tables) {
        return tables.stream().map(table -> table.column(name)).filter(column -> column.missingCount() < column.size());
    }
}

package dev.tributary.agent.simulate;

import java.util.List;
import java.util.Optional;

/**
 * What was read of one file: its columns, all of the same length, and how many rows had another number of fields.
 *
 * @param oddRowCount rows that were left out
 * @param firstOddRow where the first of them is, for a message
 */
record CsvTable(CsvFile file, List<CsvColumn> columns, int oddRowCount, String firstOddRow) {
    CsvTable {
        columns = List.copyOf(columns);
    }

    int rowCount() {
        return columns.get(0).size();
    }

    /** The column with this name, which must exist. */
    CsvColumn column(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("no column " + name));
    }

    private Optional<CsvColumn> find(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }
}

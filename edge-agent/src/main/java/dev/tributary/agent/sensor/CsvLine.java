package dev.tributary.agent.sensor;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.util.List;
import java.util.Optional;

/** One line of CSV (RFC 4180) as its fields. */
final class CsvLine {
    private CsvLine() {}

    /** The fields; empty when the line is no record. */
    static Optional<List<String>> parse(String line) {
        try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(line)) {
            return reader.stream().findFirst().map(CsvRecord::getFields);
        } catch (CsvParseException | java.io.IOException | java.io.UncheckedIOException e) {
            return Optional.empty();
        }
    }

    /** A header's names: stripped, without a byte order mark. */
    static List<String> header(List<String> fields) {
        return fields.stream()
                .map(field -> field.startsWith("\ufeff") ? field.substring(1) : field)
                .map(String::strip)
                .toList();
    }
}

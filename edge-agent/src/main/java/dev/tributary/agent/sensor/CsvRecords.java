package dev.tributary.agent.sensor;

import dev.tributary.agent.examples.Columns;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Turns the records of one CSV header into readings. */
final class CsvRecords {
    private final ReadingFormat format;
    private final List<String> header;
    private final Columns columns;

    /** Records under this header; without a target name the last column is the target. */
    CsvRecords(List<String> header, Optional<String> target, Optional<String> time) {
        if (header.isEmpty() || Set.copyOf(header).size() != header.size()) {
            throw new IllegalArgumentException("the header's names must be distinct, were " + header);
        }
        this.header = List.copyOf(header);
        this.format = new ReadingFormat(target.orElse(header.get(header.size() - 1)), time);
        this.columns = format.columns(this.header);
    }

    List<String> header() {
        return header;
    }

    void take(List<String> fields, String position, SensorSource.Sink sink) {
        if (fields.size() != header.size()) {
            sink.unreadable("a record has " + fields.size() + " fields, the header " + header.size());
            return;
        }
        sink.reading(format.reading(columns, header, fields, position));
    }
}

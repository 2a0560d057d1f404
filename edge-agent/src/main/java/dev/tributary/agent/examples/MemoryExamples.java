package dev.tributary.agent.examples;

import dev.tributary.learning.Examples;
import dev.tributary.model.ModelSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A data set that does not grow, held in memory in time order and split by the rule of its task ({@link Split#of}); the
 * mapped rows of the last schema are kept. Safe for use by many threads.
 */
public final class MemoryExamples implements ExampleSource {
    private final List<Row> rows;
    private Optional<Mapped> last = Optional.empty();

    /** The examples of these rows, which are in time order. */
    public MemoryExamples(List<Row> rows) {
        this.rows = List.copyOf(rows);
    }

    private record Mapped(ModelSchema schema, List<Examples.RawExample> all, Split.Parts parts) {}

    @Override
    public List<Examples.RawExample> trainPart(ModelSchema schema) {
        return mapped(schema).parts().train();
    }

    @Override
    public List<Examples.RawExample> testPart(ModelSchema schema) {
        return mapped(schema).parts().test();
    }

    @Override
    public List<Examples.RawExample> all(ModelSchema schema) {
        return mapped(schema).all();
    }

    @Override
    public long count() {
        return rows.size();
    }

    private synchronized Mapped mapped(ModelSchema schema) {
        if (last.isEmpty() || !last.get().schema().equals(schema)) {
            last = Optional.empty();
            List<Examples.RawExample> all = map(schema);
            last = Optional.of(new Mapped(schema, all, Split.of(schema, all)));
        }
        return last.get();
    }

    private List<Examples.RawExample> map(ModelSchema schema) {
        List<Examples.RawExample> all = new ArrayList<>(rows.size());
        Optional<RowMapping> mapping = Optional.empty();
        for (Row row : rows) {
            if (mapping.isEmpty() || !mapping.get().fits(row.columns())) {
                mapping = Optional.of(new RowMapping(schema, row.columns()));
            }
            mapping.get().map(row).ifPresent(all::add);
        }
        return List.copyOf(all);
    }
}

package dev.tributary.agent.examples;

import dev.tributary.learning.Examples.RawExample;
import dev.tributary.model.ModelSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;

/** The examples of a growing log, split in blocks of ten for ever ({@link Split#liveTrain}). */
public final class LiveExamples implements ExampleSource {
    private final RowLog log;

    /** The examples in {@code log}. */
    public LiveExamples(RowLog log) {
        this.log = log;
    }

    @Override
    public List<RawExample> trainPart(ModelSchema schema) {
        return rows(schema, Split::liveTrain);
    }

    @Override
    public List<RawExample> testPart(ModelSchema schema) {
        return rows(schema, ordinal -> !Split.liveTrain(ordinal));
    }

    @Override
    public List<RawExample> all(ModelSchema schema) {
        return rows(schema, ordinal -> true);
    }

    @Override
    public long count() {
        return log.count();
    }

    private List<RawExample> rows(ModelSchema schema, LongPredicate wanted) {
        Mapper mapper = new Mapper(schema);
        log.forEach((ordinal, row) -> {
            if (wanted.test(ordinal)) {
                mapper.take(row);
            }
        });
        return List.copyOf(mapper.taken);
    }

    /** Keeps the mapping while the columns stay the same, which they nearly always do. */
    private static final class Mapper {
        private final ModelSchema schema;
        private final List<RawExample> taken = new ArrayList<>();
        private Optional<RowMapping> mapping = Optional.empty();

        Mapper(ModelSchema schema) {
            this.schema = schema;
        }

        void take(Row row) {
            if (mapping.isEmpty() || !mapping.get().fits(row.columns())) {
                mapping = Optional.of(new RowMapping(schema, row.columns()));
            }
            mapping.get().map(row).ifPresent(taken::add);
        }
    }
}

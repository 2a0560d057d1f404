package dev.tributary.agent.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {
    @TempDir
    private Path folder;

    private final RecordingSink sink = new RecordingSink();

    private CsvFileSource csv(Path path, Optional<String> resumeAt) {
        return new CsvFileSource(path, Optional.empty(), Optional.of("at"), Duration.ZERO, resumeAt);
    }

    @Test
    void csvFile_lastColumnIsTheTarget_timeIsNoColumn() throws Exception {
        Path path = Files.writeString(
                folder.resolve("a.csv"), "\ufeffat,x,state\n2026-01-01T10,1.5,\"ok, really\"\n2026-01-01 11:30,,\n");
        csv(path, Optional.empty()).run(sink);

        Reading first = sink.readings.get(0);
        assertThat(first.row().columns().names()).containsExactly("x", "state");
        assertThat(first.row().label()).contains("ok, really");
        assertThat(first.time()).contains(Instant.parse("2026-01-01T10:00:00Z"));
        Reading second = sink.readings.get(1);
        assertThat(second.row().value(0)).isNaN();
        assertThat(second.row().label()).isEmpty();
        assertThat(second.flaws()).isEmpty();
        assertThat(second.time()).contains(Instant.parse("2026-01-01T11:30:00Z"));
    }

    @Test
    void csvFile_gzipped_resumesBehindTheLastKeptRow() throws Exception {
        Path path = folder.resolve("a.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path))) {
            out.write("x,y\n1,1\n2\n3,3\n".getBytes(StandardCharsets.UTF_8));
        }
        csv(path, Optional.empty()).run(sink);
        assertThat(sink.unreadable).hasSize(1);
        String position = sink.readings.get(0).position();
        assertThat(sink.take("x")).containsExactly(1.0, 3.0);
        csv(path, Optional.of(position)).run(sink);
        assertThat(sink.take("x")).containsExactly(3.0);
    }

    @Test
    void csvFile_emptyOrAbsent_saysSo() throws IOException {
        Path path = Files.writeString(folder.resolve("a.csv"), "");
        assertThatThrownBy(() -> csv(path, Optional.empty()).run(sink))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("a.csv is empty");
        assertThatThrownBy(
                        () -> csv(folder.resolve("none.csv"), Optional.empty()).run(sink))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void jsonLines_eachLineIsAReading_whateverIsBrokenIsTold() throws IOException {
        String input = "{\"b\": 2, \"a\": 1.5, \"label\": \"ok\"}\n"
                + "{\"a\": \n[1]\n\n{\"a\": \"NaN\", \"b\": 1e999, \"c\": \"warm\", \"d\": null}\n{\"a\": 7}";
        new JsonLinesSource(
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        Optional.empty(),
                        Optional.empty())
                .run(sink);
        assertThat(sink.unreadable).hasSize(2);
        assertThat(sink.readings.get(0).row().label()).contains("ok");
        assertThat(sink.readings.get(1).flaws())
                .containsEntry("a", BadReading.NOT_A_NUMBER)
                .containsEntry("b", BadReading.INFINITE)
                .containsEntry("c", BadReading.TEXT_IN_NUMBER)
                .doesNotContainKey("d");
        assertThat(sink.take("a")).containsExactly(1.5, Double.NaN, 7.0);
    }
}

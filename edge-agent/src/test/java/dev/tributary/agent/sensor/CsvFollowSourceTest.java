package dev.tributary.agent.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvFollowSourceTest {
    @TempDir
    private Path folder;

    private final RecordingSink sink = new RecordingSink();
    private Path file;
    private CsvFollowSource source;

    @BeforeEach
    void follow() {
        file = folder.resolve("sensor.csv");
        source = source(Optional.empty());
    }

    private CsvFollowSource source(Optional<String> resumeAt) {
        return new CsvFollowSource(file, Optional.empty(), Optional.empty(), Duration.ofMillis(1), resumeAt);
    }

    private void append(String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Test
    void look_fileThatComesLater_isWaitedFor() throws IOException {
        source.look(sink);
        append("x,y\n1,2\n");
        source.look(sink);
        assertThat(sink.take("x")).containsExactly(1.0);
    }

    @Test
    void look_partialLastLine_waitsForItsEnd() throws IOException {
        append("x,y\n1,2\n3");
        source.look(sink);
        assertThat(sink.take("x")).containsExactly(1.0);
        append("4,5");
        source.look(sink);
        assertThat(sink.readings).isEmpty();
        append("\r\n6,7\n");
        source.look(sink);
        assertThat(sink.take("x")).containsExactly(34.0, 6.0);
    }

    @Test
    void look_rotation_readsTheOldToItsEndAndTheNewFromItsStart() throws IOException {
        append("x,y\n1,2\n");
        source.look(sink);
        append("3,4\n");
        Files.move(file, folder.resolve("sensor.csv.1"));
        append("x,y\n5,6\n");
        source.look(sink);
        assertThat(sink.take("x")).containsExactly(1.0, 3.0, 5.0);
    }

    @Test
    void look_rotationWithoutHeader_keepsTheOldOne() throws IOException {
        append("x,y\n1,2\n");
        source.look(sink);
        Files.move(file, folder.resolve("sensor.csv.1"));
        append("5,6\n");
        source.look(sink);
        assertThat(sink.take("x")).containsExactly(1.0, 5.0);
    }

    @Test
    void look_rotationWithAnotherColumnOrder_readsByTheNewHeader() throws IOException {
        append("x,y\n1,2\n");
        source.look(sink);
        Files.move(file, folder.resolve("sensor.csv.1"));
        append("y,x\n5,6\n");
        source.look(sink);
        assertThat(sink.take("x")).containsExactly(1.0, 6.0);
    }

    @Test
    void look_truncation_readsAnew() throws IOException {
        append("x,y\n1,2\n3,4\n");
        source.look(sink);
        Files.writeString(file, "x,y\n9,8\n");
        source.look(sink);
        assertThat(sink.take("x")).containsExactly(1.0, 3.0, 9.0);
    }

    @Test
    void look_afterRestart_goesOnBehindTheLastKeptLine() throws IOException {
        append("x,y\n1,2\n3,4\n");
        source.look(sink);
        String position = sink.readings.get(0).position();
        append("5,6\n");
        sink.readings.clear();
        source(Optional.of(position)).look(sink);
        assertThat(sink.take("x")).containsExactly(3.0, 5.0);
    }

    @Test
    void look_linesThatAreNoRecords_areToldAndSkipped() throws IOException {
        append("x,y\n1\n2,3,4\n\"open,5\n6,7\n" + "z".repeat(70_000) + "\n8,9\n");
        source.look(sink);
        assertThat(sink.take("x")).containsExactly(6.0, 8.0);
        assertThat(sink.unreadable).hasSize(4);
    }

    @Test
    void run_closed_ends() throws Exception {
        append("x,y\n1,2\n");
        source.close();
        source.run(sink);
        assertThat(sink.unreadable).isEmpty();
    }
}

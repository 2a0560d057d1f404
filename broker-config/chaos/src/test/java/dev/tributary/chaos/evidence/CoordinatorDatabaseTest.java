package dev.tributary.chaos.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.chaos.verdict.Judge;
import dev.tributary.chaos.verdict.Planting;
import dev.tributary.chaos.verdict.Story;
import dev.tributary.chaos.verdict.Story.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a file with the columns that the coordinator's store has, made by hand. */
class CoordinatorDatabaseTest {
    @TempDir
    private Path folder;

    private Path file;
    private final Story story = Story.begun()
            .trained(2, 4, 2, new Part("a", 1, 1, 8), new Part("b", 3, 5, 0))
            .trained(4, 4.5f, 2, new Part("a", 1, 1, 0), new Part("b", 1, 0, 0));

    @BeforeEach
    void fill() throws SQLException {
        file = folder.resolve("coordinator.db");
        StoryFolder.writeDatabase(story, file);
    }

    private Evidence evidence(Path database) throws IOException {
        return new Evidence("chaos", story.journals(), story.capture, new CoordinatorDatabase(database).read("chaos"));
    }

    @Test
    void read_givesBackWhatIsThere_ofThisFederationAlone() throws IOException {
        Records read = new CoordinatorDatabase(file).read("chaos");
        assertThat(read.spec()).isEqualTo(Story.spec());
        assertThat(read.rounds()).isEqualTo(story.rounds);
        assertThat(read.versions()).isEqualTo(story.versions);
        assertThat(read.participations())
                .containsAll(story.participations)
                .hasSize(story.participations.size() + 1)
                .contains(new Records.Participation(new AnswerKey("idle", 4, 1), "", ""));
        assertThat(Judge.judge(evidence(file)).all()).isEmpty();
    }

    @Test
    void plantedLoss_isFound_andTheOriginalStays() throws IOException {
        Path copy = folder.resolve("planted.db");
        AnswerKey key = Planting.toLose(evidence(file)).orElseThrow();
        Tampering.copy("chaos", file, copy).forget(key);
        assertThat(Judge.judge(evidence(copy)).lost()).anyMatch(one -> one.startsWith(key.toString()));
        assertThat(Judge.judge(evidence(file)).all()).isEmpty();
    }

    @Test
    void plantedDoubleCount_isFound_byNameAndVersion() throws IOException {
        Path copy = folder.resolve("planted.db");
        Files.writeString(copy, "left by an earlier try");
        Planting.DoubledVersion doubled = Planting.toDouble(evidence(file)).orElseThrow();
        assertThat(doubled.number()).isEqualTo(2);
        Tampering.copy("chaos", file, copy).replaceWeights(2, doubled.weights());
        assertThat(Judge.judge(evidence(copy)).doubled()).containsExactly("a in round 4 is counted twice in version 2");
    }

    @Test
    void read_noDatabase_isOneClearLine() throws IOException {
        assertThatThrownBy(() -> new CoordinatorDatabase(folder.resolve("none.db")).read("chaos"))
                .isInstanceOf(IOException.class)
                .hasMessage("the coordinator left no database at " + folder.resolve("none.db"));
        Path text = Files.writeString(folder.resolve("text.db"), "this is no database ".repeat(100));
        assertThatThrownBy(() -> new CoordinatorDatabase(text).read("chaos"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("text.db cannot be read");
    }
}

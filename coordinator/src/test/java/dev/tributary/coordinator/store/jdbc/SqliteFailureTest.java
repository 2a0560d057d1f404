package dev.tributary.coordinator.store.jdbc;

import static dev.tributary.coordinator.store.StoreSamples.PUMPS;
import static dev.tributary.coordinator.store.StoreSamples.answer;
import static dev.tributary.coordinator.store.StoreSamples.contributed;
import static dev.tributary.coordinator.store.StoreSamples.contribution;
import static dev.tributary.coordinator.store.StoreSamples.created;
import static dev.tributary.coordinator.store.StoreSamples.id;
import static dev.tributary.coordinator.store.StoreSamples.open;
import static dev.tributary.coordinator.store.StoreSamples.opened;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.coordinator.round.Step;
import dev.tributary.coordinator.store.Change;
import dev.tributary.coordinator.store.FederationStore;
import dev.tributary.coordinator.store.Participation;
import dev.tributary.coordinator.store.StoreUnavailableException;
import dev.tributary.protocol.Receipt;
import dev.tributary.update.RoundId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteFailureTest {
    private static final RoundId FIRST = new RoundId(1, 1);

    @TempDir
    private Path folder;

    private static DatabaseAddress address(Path file) {
        return DatabaseAddress.of("jdbc:sqlite:" + file);
    }

    private static void assertRefused(Path file, String reason) {
        assertThatThrownBy(() -> Database.open(address(file)))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage("database " + file + " cannot be opened: " + reason);
    }

    private static void execute(Path file, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Test
    void open_inAFolderThatIsNotThere_saysSo() {
        Path missing = folder.resolve("missing");
        assertRefused(missing.resolve("t.db"), "there is no folder " + missing + "; make it first");
    }

    @Test
    void open_ofAFolder_saysSo() {
        assertRefused(folder, "it is a folder; give a file in it");
    }

    @Test
    void open_ofAFileThatIsNoDatabase_saysSoAndLeavesIt() throws IOException {
        Path file = folder.resolve("notes.txt");
        Files.writeString(file, "This is no database. ".repeat(100));
        assertRefused(file, "the file is no SQLite database; give another path, or move the file away");
        assertThat(file).hasContent("This is no database. ".repeat(100));
    }

    @Test
    void open_ofAnotherProgramsDatabase_saysSoAndLeavesIt() throws SQLException {
        Path file = folder.resolve("other.db");
        execute(file, "CREATE TABLE photo (name TEXT)");
        assertRefused(file, "it holds tables of another program; give another database");
        execute(file, "INSERT INTO photo VALUES ('sunset')");
    }

    @Test
    void open_ofAnEmptyFile_makesTheTables() throws IOException {
        Path file = Files.createFile(folder.resolve("empty.db"));
        try (FederationStore store = new JdbcFederationStore(Database.open(address(file)))) {
            assertThat(store.federations()).isEmpty();
        }
    }

    @Test
    void open_ofADatabaseOfANewerVersion_saysSo() throws SQLException {
        Path file = folder.resolve("newer.db");
        Database.open(address(file)).close();
        execute(
                file,
                "INSERT INTO flyway_schema_history VALUES"
                        + " (99, '99', 'later', 'SQL', 'V99__later.sql', 1, 'x', '2030-01-01 00:00:00.000', 1, 1)");
        assertRefused(
                file,
                "a newer version of Tributary wrote it; start that version, or restore a backup made by this one");
    }

    @Test
    void open_ofATruncatedDatabase_saysSo() throws IOException {
        Path file = folder.resolve("cut.db");
        Database.open(address(file)).close();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 2);
        }
        assertRefused(file, "the file is damaged; restore a backup");
    }

    @Test
    void openExisting_ofNothing_saysSoAndMakesNoFile() {
        Path file = folder.resolve("absent.db");
        assertThatThrownBy(() -> Database.openExisting(address(file)))
                .hasMessage("database " + file + " cannot be opened: there is no such file");
        assertThat(file).doesNotExist();
    }

    @Test
    void commit_onAFullDisk_leavesNothingAndGoesOnWhenThereIsRoom() {
        try (Database database = Database.open(address(folder.resolve("full.db")));
                FederationStore store = new JdbcFederationStore(database)) {
            store.commit(created(PUMPS));
            store.commit(List.of(open(PUMPS, opened(FIRST, Step.TRAIN))));
            limit(database, 1);
            List<Change> many = IntStream.range(0, 1000)
                    .mapToObj(i -> contribution(PUMPS, FIRST, "device-" + i))
                    .toList();
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> store.commit(many))
                        .isInstanceOf(StoreUnavailableException.class)
                        .hasMessage("database " + database.name() + " cannot be written: disk full");
            }
            assertThat(store.participation(PUMPS, FIRST, id("device-0"))).isEmpty();
            limit(database, 1_000_000);
            store.commit(many);
            assertThat(store.participation(PUMPS, FIRST, id("device-999"))).contains(contributed("device-999"));
        }
    }

    /** The file may have no more than this many pages, or as many as it has. */
    private static void limit(Database database, int pages) {
        long now = database.write(handle -> handle.createQuery("PRAGMA max_page_count = " + pages)
                .mapTo(Long.class)
                .one());
        assertThat(now).isGreaterThanOrEqualTo(pages);
    }

    @Test
    void commit_whenTheFileWasDeleted_saysSo() throws IOException {
        Path file = folder.resolve("gone.db");
        try (FederationStore store = new JdbcFederationStore(Database.open(address(file)))) {
            store.commit(created(PUMPS));
            Files.move(file, folder.resolve("elsewhere.db"));
            assertThatThrownBy(() -> store.commit(List.of(open(PUMPS, opened(FIRST, Step.TRAIN)))))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessage(
                            "database " + file + " cannot be used: the file was deleted or replaced while it was open;"
                                    + " put it back and start again");
            Files.move(folder.resolve("elsewhere.db"), file);
            store.commit(List.of(open(PUMPS, opened(FIRST, Step.TRAIN))));
        }
    }

    @Test
    void read_ofWhatNoVersionWrote_saysSo() throws SQLException {
        Path file = folder.resolve("odd.db");
        try (FederationStore store = new JdbcFederationStore(Database.open(address(file)))) {
            store.commit(created(PUMPS));
            execute(file, "UPDATE federation SET stage = 'DREAMING'");
            assertThatThrownBy(() -> store.memory(PUMPS))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageStartingWith("database " + file + " holds what this version cannot read: ")
                    .hasMessageContaining("DREAMING");
        }
    }

    @Test
    void detail_withCharactersThatNoDatabaseHolds_isKeptWithoutThem() {
        try (FederationStore store = new JdbcFederationStore(Database.open(address(folder.resolve("text.db"))))) {
            store.commit(created(PUMPS));
            Participation odd = contributed("a").judged(Receipt.Code.MALFORMED, "a\0b\uD800c\uD83C\uDF0A");
            store.commit(List.of(open(PUMPS, opened(FIRST, Step.TRAIN)), answer(PUMPS, FIRST, odd)));
            assertThat(store.participation(PUMPS, FIRST, id("a")).orElseThrow().detail())
                    .isEqualTo("a\uFFFDb\uFFFDc\uD83C\uDF0A");
        }
    }
}

package dev.tributary.coordinator.store.jdbc;

import static dev.tributary.coordinator.store.StoreSamples.FANS;
import static dev.tributary.coordinator.store.StoreSamples.NOON;
import static dev.tributary.coordinator.store.StoreSamples.PUMPS;
import static dev.tributary.coordinator.store.StoreSamples.created;
import static dev.tributary.coordinator.store.StoreSamples.device;
import static dev.tributary.coordinator.store.StoreSamples.evaluation;
import static dev.tributary.coordinator.store.StoreSamples.id;
import static dev.tributary.coordinator.store.StoreSamples.model;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.coordinator.round.FederationState;
import dev.tributary.coordinator.round.Stage;
import dev.tributary.coordinator.store.Change;
import dev.tributary.coordinator.store.FederationStore;
import dev.tributary.coordinator.store.LeaseLostException;
import dev.tributary.coordinator.store.RoundRecord;
import dev.tributary.coordinator.store.StoreUnavailableException;
import dev.tributary.protocol.Presence.Status;
import dev.tributary.update.FederationId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

class StoreBackupTest {
    private static final Instant LATER = NOON.plusSeconds(3600);

    @TempDir
    private Path folder;

    private Path backup;

    @BeforeEach
    void setUp() {
        backup = folder.resolve("t.backup");
    }

    private DatabaseAddress file(String name) {
        return DatabaseAddress.of("jdbc:sqlite:" + folder.resolve(name));
    }

    /** Something to do with an open store. */
    private interface Use {
        void with(Database database, FederationStore store, StoreLease lease);
    }

    private static void use(DatabaseAddress address, Use use) {
        Database database = Database.open(address);
        StoreLease lease = database.lease("test");
        try (FederationStore store = new JdbcFederationStore(database, lease)) {
            assertThat(lease.tryAcquire()).isTrue();
            use.with(database, store, lease);
        }
    }

    private void backUpTheSample(DatabaseAddress address) {
        use(address, (database, store, lease) -> {
            store.commit(V1Sample.changes());
            try (Database reader = Database.openExisting(address)) {
                StoreBackup.write(reader, backup);
            }
            V1Sample.assertKept(store);
        });
    }

    private Map<FederationId, Long> restoreInto(DatabaseAddress address, boolean replace) {
        CompletableFuture<Map<FederationId, Long>> epochs = new CompletableFuture<>();
        use(
                address,
                (database, store, lease) ->
                        epochs.complete(StoreBackup.restore(backup, database, lease, replace, LATER)));
        return epochs.join();
    }

    private static void assertRestored(FederationStore store) {
        V1Sample.assertOthersKept(store);
        FederationState state = store.memory(PUMPS).orElseThrow().state();
        assertThat(state.stage()).isEqualTo(new Stage.Stalled(LATER));
        assertThat(state.roundNumber()).isEqualTo(1_000_000);
        assertThat(state.attempt()).isZero();
        assertThat(store.memory(PUMPS).orElseThrow().epoch()).isEqualTo(1);
        assertThat(store.memory(FANS).orElseThrow().epoch()).isEqualTo(1);
        RoundRecord abandoned = store.round(PUMPS, V1Sample.THIRD.id()).orElseThrow();
        assertThat(abandoned.committed()).isFalse();
        assertThat(abandoned.reason()).isEqualTo("restored from a backup");
        assertThat(abandoned.closedAt()).isEqualTo(LATER);
        assertThat(abandoned.selected()).isEqualTo(3);
        assertThat(abandoned.rejected()).isEqualTo(1);
        assertThat(abandoned.contributors()).containsExactly(id("b"));
        store.contributions(PUMPS, V1Sample.THIRD.id(), (device, payload) -> {
            throw new AssertionError("no payload must be left");
        });
    }

    @Test
    void restore_ofAFilesBackup_intoAFile_isTheSameInANewEpoch() throws IOException {
        backUpTheSample(file("from.db"));
        byte[] before = Files.readAllBytes(backup);
        assertThat(restoreInto(file("to.db"), false)).isEqualTo(Map.of(PUMPS, 1L, FANS, 1L));
        use(file("to.db"), (database, store, lease) -> assertRestored(store));
        assertThat(Files.readAllBytes(backup)).isEqualTo(before);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("t.backup", "from.db", "from.db.lock", "to.db", "to.db.lock");
        }
    }

    @Test
    @Tag("postgres")
    @ExtendWith(PrivatePostgres.class)
    void restore_ofAFilesBackup_intoAServer_isTheSameInANewEpoch(PrivatePostgres.Server server) {
        DatabaseAddress target = DatabaseAddress.of(server.newDatabase());
        backUpTheSample(file("from.db"));
        restoreInto(target, false);
        use(target, (database, store, lease) -> assertRestored(store));
    }

    @Test
    @Tag("postgres")
    @ExtendWith(PrivatePostgres.class)
    void restore_ofAServersBackup_intoAFile_isTheSameInANewEpoch(PrivatePostgres.Server server) {
        backUpTheSample(DatabaseAddress.of(server.newDatabase()));
        restoreInto(file("to.db"), false);
        use(file("to.db"), (database, store, lease) -> assertRestored(store));
    }

    @Test
    void restore_intoADatabaseThatKeepsSomething_needsReplace() {
        backUpTheSample(file("from.db"));
        FederationId pipes = new FederationId("pipes");
        use(file("to.db"), (database, store, lease) -> store.commit(created(pipes)));
        assertThatThrownBy(() -> restoreInto(file("to.db"), false))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage(
                        "database " + folder.resolve("to.db") + " cannot be restored: it keeps 1 federation(s), among"
                                + " them pipes; ask for their replacement (--replace), or give an empty database");
        use(
                file("to.db"),
                (database, store, lease) -> assertThat(store.federations()).containsExactly(pipes));
        restoreInto(file("to.db"), true);
        use(file("to.db"), (database, store, lease) -> {
            assertThat(store.federations()).containsExactly(FANS, PUMPS);
            assertRestored(store);
        });
    }

    @Test
    void restore_overALaterEpoch_beginsOneAboveIt() {
        backUpTheSample(file("from.db"));
        restoreInto(file("from.db"), true);
        assertThat(restoreInto(file("from.db"), true)).isEqualTo(Map.of(PUMPS, 2L, FANS, 2L));
        use(
                file("from.db"),
                (database, store, lease) -> assertThat(
                                store.memory(PUMPS).orElseThrow().state().roundNumber())
                        .isEqualTo(2_000_000));
    }

    @Test
    void restore_withoutTheLease_isRefused() {
        backUpTheSample(file("from.db"));
        try (Database database = Database.open(file("to.db"))) {
            assertThatThrownBy(() -> StoreBackup.restore(backup, database, database.lease("test"), false, LATER))
                    .isInstanceOf(LeaseLostException.class);
        }
    }

    @Test
    void write_whileACoordinatorWrites_isOneStateOfTheDatabase() {
        CountDownLatch begun = new CountDownLatch(1);
        use(file("from.db"), (database, store, lease) -> {
            store.commit(created(PUMPS));
            CompletableFuture<Long> writer = CompletableFuture.supplyAsync(() -> {
                long version = 0;
                while (version < 20 || !Files.exists(backup)) {
                    store.commit(List.of(
                            model(PUMPS, version),
                            new Change.SaveEvaluation(evaluation(PUMPS, version, new long[][] {{version, 2}, {3, 4}})),
                            new Change.SaveDevice(PUMPS, device("d" + version, Status.ONLINE))));
                    version++;
                    begun.countDown();
                }
                return version;
            });
            try {
                begun.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            StoreBackup.write(database, backup);
            assertThat(writer.join()).isGreaterThanOrEqualTo(20);
        });
        try (FederationStore copy = new JdbcFederationStore(Database.open(file("t.backup")))) {
            long newest = copy.latestModel(PUMPS).orElseThrow().model().version();
            assertThat(copy.models(PUMPS, 99_999)).hasSize((int) newest + 1);
            assertThat(copy.devices(PUMPS)).hasSize((int) newest + 1);
            assertThat(copy.memory(PUMPS).orElseThrow().evaluation()).contains(evaluation(PUMPS, newest, new long[][] {
                {newest, 2}, {3, 4}
            }));
        }
    }

    @Test
    void write_overAFile_isRefused() throws IOException {
        Files.writeString(backup, "precious");
        use(
                file("from.db"),
                (database, store, lease) -> assertThatThrownBy(() -> StoreBackup.write(database, backup))
                        .hasMessage("backup " + backup
                                + " cannot be written: it exists already; give another name, or delete it" + " first"));
        assertThat(backup).hasContent("precious");
    }

    @Test
    void write_intoAFolderThatIsNotThere_saysSo() {
        Path missing = folder.resolve("missing");
        use(
                file("from.db"),
                (database, store, lease) -> assertThatThrownBy(() -> StoreBackup.write(database, missing.resolve("b")))
                        .isInstanceOf(StoreUnavailableException.class)
                        .hasMessageEndingWith("cannot be opened: there is no folder " + missing + "; make it first"));
    }

    private void assertRefused(String reason) {
        use(file("to.db"), (database, store, lease) -> store.commit(created(FANS)));
        for (boolean replace : new boolean[] {false, true}) {
            assertThatThrownBy(() -> restoreInto(file("to.db"), replace))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageStartingWith("backup " + backup + " cannot be restored: " + reason);
        }
        use(file("to.db"), (database, store, lease) -> {
            assertThat(store.federations()).containsExactly(FANS);
            assertThat(store.memory(FANS).orElseThrow().epoch()).isZero();
        });
    }

    @Test
    void restore_ofNothing_changesNothing() {
        assertRefused("there is no such file");
    }

    @Test
    void restore_ofACutFile_changesNothing() throws IOException {
        backUpTheSample(file("from.db"));
        try (FileChannel channel = FileChannel.open(backup, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 2);
        }
        assertRefused("the file is damaged (");
    }

    @Test
    void restore_ofAnEmptyFile_changesNothing() throws IOException {
        Files.createFile(backup);
        assertRefused("it is no backup of a coordinator");
    }

    @Test
    void restore_ofAnotherFile_changesNothing() throws IOException {
        Files.writeString(backup, "no database at all, ".repeat(1000));
        assertRefused("it is no backup of a coordinator");
    }

    @Test
    void restore_ofAnotherProgramsDatabase_changesNothing() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + backup);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE federation (planet TEXT)");
        }
        assertRefused("it is no backup of a coordinator");
    }

    @Test
    void restore_ofABackupOfANewerVersion_saysSo() throws SQLException {
        backUpTheSample(file("from.db"));
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + backup);
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO flyway_schema_history VALUES (99, '99', 'later', 'SQL', 'V99__later.sql', 1,"
                    + " 'x', '2030-01-01 00:00:00.000', 1, 1)");
        }
        assertThatThrownBy(() -> restoreInto(file("to.db"), false))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage(
                        "database " + backup + " cannot be opened: a newer version of Tributary wrote it; start that"
                                + " version, or restore a backup made by this one");
    }

    @Test
    void restore_ofADatabaseInUse_changesNothing() {
        use(file("t.backup"), (database, store, lease) -> {
            store.commit(created(PUMPS));
            assertRefused("it is a database in use, or was not closed (t.backup-wal lies beside it)");
        });
    }
}

package dev.tributary.coordinator.store.jdbc;

import static dev.tributary.coordinator.store.StoreSamples.FANS;
import static dev.tributary.coordinator.store.StoreSamples.PUMPS;
import static dev.tributary.coordinator.store.StoreSamples.created;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tributary.coordinator.store.FederationStore;
import dev.tributary.coordinator.store.StoreUnavailableException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("postgres")
@ExtendWith(PrivatePostgres.class)
class PostgresFailureTest {
    @Test
    void open_ofADatabaseThatIsNotThere_saysSo(PrivatePostgres.Server server) {
        assertThatThrownBy(() -> Database.open(DatabaseAddress.of(server.url("nowhere"))))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageStartingWith("database jdbc:postgresql://127.0.0.1:")
                .hasMessageEndingWith("/nowhere cannot be opened: FATAL: database \"nowhere\" does not exist");
    }

    @Test
    void open_ofAServerThatIsNotThere_saysSo() {
        assertThatThrownBy(() -> Database.open(DatabaseAddress.of("jdbc:postgresql://127.0.0.1:1/t?user=a&password=b")))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageStartingWith(
                        "database jdbc:postgresql://127.0.0.1:1/t cannot be opened: no connection to the"
                                + " server (Connection to 127.0.0.1:1 refused");
    }

    @Test
    void open_ofAnotherProgramsDatabase_saysSo(PrivatePostgres.Server server) {
        String url = server.newDatabase();
        PrivatePostgres.Server.execute(url, "CREATE TABLE photo (name TEXT)");
        assertThatThrownBy(() -> Database.open(DatabaseAddress.of(url)))
                .hasMessageEndingWith("cannot be opened: it holds tables of another program; give another database");
    }

    @Test
    void open_ofADatabaseOfANewerVersion_saysSo(PrivatePostgres.Server server) {
        String url = server.newDatabase();
        Database.open(DatabaseAddress.of(url)).close();
        PrivatePostgres.Server.execute(
                url,
                "INSERT INTO flyway_schema_history VALUES"
                        + " (99, '99', 'later', 'SQL', 'V99__later.sql', 1, 'x', '2030-01-01 00:00:00.000', 1, true)");
        assertThatThrownBy(() -> Database.open(DatabaseAddress.of(url)))
                .hasMessageEndingWith("a newer version of Tributary wrote it; start that version, or restore a backup"
                        + " made by this one");
    }

    @Test
    void store_whoseServerStops_saysSoAndGoesOnWhenItIsBack(PrivatePostgres.Server server) {
        try (FederationStore store = new JdbcFederationStore(Database.open(DatabaseAddress.of(server.newDatabase())))) {
            store.commit(created(PUMPS));
            server.stop();
            try {
                assertThatThrownBy(() -> store.commit(created(FANS)))
                        .isInstanceOf(StoreUnavailableException.class)
                        .hasMessageContaining(" cannot be written: no connection to the server (");
                assertThatThrownBy(store::federations)
                        .isInstanceOf(StoreUnavailableException.class)
                        .hasMessageContaining(" cannot be read: no connection to the server (");
            } finally {
                server.start();
            }
            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptionsInstanceOf(StoreUnavailableException.class)
                    .until(() -> {
                        store.commit(created(FANS));
                        return true;
                    });
            assertThat(store.federations()).containsExactly(FANS, PUMPS);
        }
    }
}

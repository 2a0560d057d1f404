package dev.tributary.coordinator.store.jdbc;

import dev.tributary.coordinator.store.FederationStore;
import dev.tributary.coordinator.store.FederationStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteFederationStoreTest extends FederationStoreContract {
    @TempDir
    private Path folder;

    private FederationStore store;

    @BeforeEach
    void open() {
        store = new JdbcFederationStore(Database.open(DatabaseAddress.of("jdbc:sqlite:" + folder.resolve("t.db"))));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    protected FederationStore store() {
        return store;
    }

    @Override
    protected FederationStore reopened() {
        store.close();
        open();
        return store;
    }
}

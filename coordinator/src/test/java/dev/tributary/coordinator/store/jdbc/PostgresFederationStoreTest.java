package dev.tributary.coordinator.store.jdbc;

import dev.tributary.coordinator.store.FederationStore;
import dev.tributary.coordinator.store.FederationStoreContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("postgres")
@ExtendWith(PrivatePostgres.class)
class PostgresFederationStoreTest extends FederationStoreContract {
    private String url;
    private FederationStore store;

    @BeforeEach
    void begin(PrivatePostgres.Server server) {
        url = server.newDatabase();
        open();
    }

    private void open() {
        store = new JdbcFederationStore(Database.open(DatabaseAddress.of(url)));
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

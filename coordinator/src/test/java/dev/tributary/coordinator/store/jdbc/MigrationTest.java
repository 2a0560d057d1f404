package dev.tributary.coordinator.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.coordinator.store.FederationStore;
import dev.tributary.coordinator.store.StoreSamples;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A database of each earlier version keeps what it holds when this version opens it. */
class MigrationTest {
    @Test
    void sqlite_ofVersion1_keepsEverything(@TempDir Path folder) throws SQLException {
        DatabaseAddress address = DatabaseAddress.of("jdbc:sqlite:" + folder.resolve("v1.db"));
        fill(address, v1());
        assertKept(address);
    }

    @Test
    @Tag("postgres")
    @ExtendWith(PrivatePostgres.class)
    void postgres_ofVersion1_keepsEverything(PrivatePostgres.Server server) throws SQLException {
        DatabaseAddress address = DatabaseAddress.of(server.newDatabase());
        fill(address, v1().replaceAll("x'([0-9a-f]*)'", "'\\\\x$1'"));
        assertKept(address);
    }

    private static void assertKept(DatabaseAddress address) {
        try (FederationStore store = new JdbcFederationStore(Database.open(address))) {
            V1Sample.assertKept(store);
            assertThat(store.memory(StoreSamples.PUMPS)
                            .orElseThrow()
                            .state()
                            .measured()
                            .bytesUp())
                    .as("the sum over the rounds of version 1")
                    .isEqualTo(1L << 41);
        }
    }

    /** Makes the tables of version 1 and puts these rows into them. */
    private static void fill(DatabaseAddress address, String inserts) throws SQLException {
        Flyway.configure()
                .dataSource(address.plain())
                .locations("classpath:dev/tributary/coordinator/store/jdbc/migration")
                .placeholders(address.typeNames())
                .target("1")
                .load()
                .migrate();
        try (Connection connection = address.plain().getConnection();
                Statement statement = connection.createStatement()) {
            for (String insert : inserts.split(";\n", -1)) {
                if (insert.contains("INSERT")) {
                    statement.execute(insert);
                }
            }
        }
    }

    private static String v1() {
        try (InputStream file = MigrationTest.class.getResourceAsStream("v1.sql")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

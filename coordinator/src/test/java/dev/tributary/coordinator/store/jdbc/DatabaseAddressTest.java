package dev.tributary.coordinator.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseAddressTest {
    @Test
    void of_aSqlitePath_isTheFile() {
        assertThat(DatabaseAddress.of("jdbc:sqlite:/var/lib/t.db").name()).isEqualTo("/var/lib/t.db");
        assertThat(DatabaseAddress.of("jdbc:sqlite:t.db").name())
                .isEqualTo(Path.of("t.db").toAbsolutePath().toString());
    }

    @Test
    void of_aServer_hidesItsPassword() {
        DatabaseAddress address = DatabaseAddress.of("jdbc:postgresql://db:5432/tributary?user=me&password=secret");
        assertThat(address.name()).isEqualTo("jdbc:postgresql://db:5432/tributary");
        assertThat(address).hasToString("jdbc:postgresql://db:5432/tributary");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "t.db",
                "jdbc:sqlite:",
                "jdbc:sqlite::memory:",
                "jdbc:sqlite:file:t.db",
                "jdbc:mysql://db/t",
                "jdbc:sqlite:t.db?cache=shared",
                "jdbc:postgresql://db:port/t?password=secret"
            })
    void of_anythingElse_isRefused(String url) {
        assertThatThrownBy(() -> DatabaseAddress.of(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("must be ")
                .hasMessageContaining("jdbc:postgresql://HOST:PORT/NAME")
                .message()
                .doesNotContain("secret");
    }
}

package dev.tributary.coordinator.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tributary.config.ConfigurationException;
import dev.tributary.update.FederationId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a federation's file may say of the model to begin with. */
class InitialModelKeyTest {
    @TempDir
    private Path folder;

    @Test
    void read_initialModel_isAVersionOrAFile() throws IOException {
        String yaml = "{federation: air, task: regression, features: [{name: X0}], outputs: [A], initialModel: %s}";
        assertThat(read(yaml.formatted("pumps.2@12")).initialModel())
                .hasValue(new InitialModel.Earlier(new FederationId("pumps.2"), 12));
        Path file = Files.writeString(folder.resolve("a@b.json"), "{}");
        assertThat(read(yaml.formatted("a@b.json")).initialModel()).hasValue(new InitialModel.InFile(file));
        assertThat(problems(yaml.formatted("presence@1")))
                .singleElement()
                .asString()
                .contains("initialModel: federation must not be presence");
        assertThat(problems(yaml.formatted("pumps@-1")))
                .singleElement()
                .asString()
                .contains("initialModel: must be a readable file, or a version in the same database such as pumps@12");
    }

    private List<String> problems(String yaml) {
        return catchThrowableOfType(ConfigurationException.class, () -> read(yaml))
                .problems();
    }

    private FederationDefinition read(String yaml) {
        try {
            Path file = folder.resolve("federation.yaml");
            Files.writeString(file, yaml);
            return FederationFile.read(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

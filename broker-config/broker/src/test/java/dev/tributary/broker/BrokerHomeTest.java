package dev.tributary.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BrokerHomeTest {
    @TempDir
    private Path folder;

    private Path extension;

    @BeforeEach
    void buildExtension() throws IOException {
        extension = Files.createDirectory(folder.resolve("tributary-extension"));
        Files.writeString(extension.resolve("hivemq-extension.xml"), "<hivemq-extension/>");
    }

    @Test
    void prepare_chosenFolder_keepsDataAndRenewsTheRest() throws Exception {
        Path chosen = folder.resolve("a/b");
        BrokerHome.prepare(chosen, extension);
        Files.writeString(chosen.resolve("data/sessions"), "kept");
        Files.writeString(chosen.resolve("conf/config.xml"), "edited");

        BrokerHome again = BrokerHome.prepare(chosen, extension);
        again.close();

        assertThat(chosen.resolve("data/sessions")).hasContent("kept");
        assertThat(chosen.resolve("conf/config.xml")).content().contains("<topic-alias>");
        assertThat(chosen.resolve("conf/logback.xml")).exists();
        assertThat(chosen.resolve("extensions/tributary-extension/hivemq-extension.xml"))
                .exists();
    }

    @Test
    void close_temporaryFolder_isGone() throws BrokerFailure {
        BrokerHome home = BrokerHome.prepare(null, extension);
        assertThat(home.folder()).isDirectory();

        home.close();

        assertThat(home.folder()).doesNotExist();
    }

    @Test
    void prepare_fileInTheWay_isOneLine() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> BrokerHome.prepare(file, extension))
                .isInstanceOf(BrokerFailure.class)
                .hasMessageStartingWith("cannot write the broker's folder below " + file)
                .hasMessageNotContaining("\n");
    }

    @Test
    void prepare_extensionMissing_saysHowToBuild() {
        assertThatThrownBy(() -> BrokerHome.prepare(folder.resolve("home"), folder.resolve("nowhere")))
                .hasMessageContaining("run `tributary build`");
    }
}

package dev.tributary.coordinator.store.jdbc;

import static dev.tributary.coordinator.store.StoreSamples.PUMPS;
import static dev.tributary.coordinator.store.StoreSamples.created;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.coordinator.store.FederationStore;
import dev.tributary.coordinator.store.LeaseLostException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLeaseTest {
    @TempDir
    private Path folder;

    private DatabaseAddress address;

    /** Another process: takes the lease on the database, says so, and waits to be killed. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws IOException {
            FileLease lease = new FileLease((SqliteFile) DatabaseAddress.of(arguments[0]), "the other process");
            System.out.println(lease.tryAcquire());
            System.in.read();
        }
    }

    @BeforeEach
    void setUp() {
        address = DatabaseAddress.of("jdbc:sqlite:" + folder.resolve("t.db"));
    }

    private FileLease lease(String holder) {
        return new FileLease((SqliteFile) address, holder);
    }

    @Test
    void tryAcquire_whileAnotherHasIt_isRefusedUntilItIsGivenUp() {
        FileLease first = lease("first");
        FileLease second = lease("second");
        assertThat(first.holder()).isEqualTo("nobody");
        assertThat(first.tryAcquire()).isTrue();
        assertThat(first.tryAcquire()).isTrue();
        assertThat(second.tryAcquire()).isFalse();
        assertThat(second.holder()).isEqualTo("first");
        assertThat(first.renew()).isTrue();
        first.close();
        assertThat(first.isHeld()).isFalse();
        assertThat(first.holder()).isEqualTo("nobody");
        assertThat(second.tryAcquire()).isTrue();
        assertThat(second.isHeld()).isTrue();
        assertThat(first.renew()).isFalse();
        second.close();
    }

    @Test
    void tryAcquire_whenTheProcessThatHadItWasKilled_succeeds() throws IOException, InterruptedException {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        "jdbc:sqlite:" + folder.resolve("t.db"))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(said.readLine()).isEqualTo("true");
            FileLease lease = lease("this process");
            assertThat(lease.tryAcquire()).isFalse();
            assertThat(lease.holder()).isEqualTo("the other process");
            other.destroyForcibly();
            assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(lease.tryAcquire()).isTrue();
            assertThat(lease.holder()).isEqualTo("this process");
            lease.close();
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void commit_withoutTheLease_isRefused() {
        Database database = Database.open(address);
        StoreLease lease = database.lease("first");
        assertThat(lease.interval()).isPositive();
        try (FederationStore store = new JdbcFederationStore(database, lease)) {
            assertThatThrownBy(() -> store.commit(created(PUMPS))).isInstanceOf(LeaseLostException.class);
            assertThat(lease.tryAcquire()).isTrue();
            store.commit(created(PUMPS));
        }
        assertThat(lease.isHeld()).isFalse();
    }
}

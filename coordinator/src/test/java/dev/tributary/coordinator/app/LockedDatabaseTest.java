package dev.tributary.coordinator.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.coordinator.engine.FederationListener;
import dev.tributary.coordinator.engine.History;
import dev.tributary.coordinator.federation.FederationDefinition;
import dev.tributary.coordinator.federation.LearningRate;
import dev.tributary.coordinator.federation.RoundPlan;
import dev.tributary.coordinator.federation.StoppingCriterion.FixedTrainRounds;
import dev.tributary.coordinator.store.jdbc.Database;
import dev.tributary.coordinator.store.jdbc.DatabaseAddress;
import dev.tributary.coordinator.store.jdbc.JdbcFederationStore;
import dev.tributary.model.Feature;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Task;
import dev.tributary.model.TrainingPlan;
import dev.tributary.protocol.Presence.Role;
import dev.tributary.transport.InMemoryBroker;
import dev.tributary.update.FederationId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A coordinator whose database refuses to be written for a while: another process holds its lock. */
class LockedDatabaseTest {
    private static final FederationId PUMPS = new FederationId("pumps");

    @TempDir
    private Path folder;

    @Test
    void database_cannotBeWritten_saysSoUntilItCan_andGoesOnByItself() throws Exception {
        InMemoryBroker broker = new InMemoryBroker();
        String url = "jdbc:sqlite:" + folder.resolve("coordinator.db");
        FederationListener nobody = event -> {};
        try (JdbcFederationStore store = new JdbcFederationStore(Database.open(DatabaseAddress.of(url)));
                Coordinator coordinator = new Coordinator(
                        List.of(definition()),
                        Map.of(),
                        store,
                        History.DEFAULT,
                        broker.transport("coordinator-main-0", Optional.empty()),
                        new SimpleMeterRegistry(),
                        nobody,
                        InstantSource.system());
                FakeDevice device = new FakeDevice(broker, "a", PUMPS, Role.TRAINER, 1, UnaryOperator.identity())) {
            coordinator.start();
            await().until(() -> coordinator.trouble().isEmpty()
                    && coordinator.status(PUMPS).orElseThrow().stage().equals("waiting"));
            try (Connection other = DriverManager.getConnection(url)) {
                lock(other);
                device.start();
                await().atMost(Duration.ofSeconds(40))
                        .until(() -> coordinator.trouble().isPresent());
                assertThat(coordinator.trouble().orElseThrow()).contains("cannot be written");
                // What is in the store could be read all the time; that does not count as the end of the trouble.
                await().during(Duration.ofSeconds(2))
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> coordinator.trouble().isPresent());
                assertThat(device.receipts()).isEmpty();
            }
            coordinator.finished().get(60, TimeUnit.SECONDS);
            assertThat(coordinator.trouble()).isEmpty();
            assertThat(store.latestModel(PUMPS).orElseThrow().model().version()).isEqualTo(2);
        }
    }

    private static void lock(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
        }
    }

    private static FederationDefinition definition() {
        ModelSchema schema = new ModelSchema(
                0,
                Task.CLASSIFICATION,
                List.of(Feature.unbounded("temperature"), Feature.unbounded("current")),
                List.of("good", "bad"),
                Optional.empty(),
                3);
        return new FederationDefinition(
                PUMPS,
                schema,
                new TrainingPlan(1, 32, TrainingPlan.LocalOptimizer.SGD, 0, TrainingPlan.Objective.LOG, 5, 1),
                new LearningRate(0.5, 0),
                2,
                new RoundPlan(OptionalInt.empty(), 1, Duration.ofMinutes(2), 1, new FixedTrainRounds(2)),
                Optional.empty(),
                OptionalLong.of(7));
    }
}

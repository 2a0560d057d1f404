package dev.tributary.coordinator.store.jdbc;

import dev.tributary.coordinator.registry.Device;
import dev.tributary.coordinator.registry.Fleet;
import dev.tributary.coordinator.round.OpenRound;
import dev.tributary.coordinator.store.AnswerTally;
import dev.tributary.coordinator.store.BufferedUpdate;
import dev.tributary.coordinator.store.Change;
import dev.tributary.coordinator.store.DeviceRound;
import dev.tributary.coordinator.store.EvaluationRecord;
import dev.tributary.coordinator.store.FederationMemory;
import dev.tributary.coordinator.store.FederationStore;
import dev.tributary.coordinator.store.KnownRound;
import dev.tributary.coordinator.store.ModelVersion;
import dev.tributary.coordinator.store.Participation;
import dev.tributary.coordinator.store.RoundRecord;
import dev.tributary.coordinator.store.VersionRecord;
import dev.tributary.coordinator.store.Workflow;
import dev.tributary.model.Bytes;
import dev.tributary.protocol.FederationSpec;
import dev.tributary.protocol.RoundAnnouncement;
import dev.tributary.update.DeviceId;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** The coordinator's memory in a database. */
public final class JdbcFederationStore implements FederationStore {
    private final Database database;
    private final Optional<StoreLease> lease;

    /** A store in this database, for whoever writes to it alone; it closes the database when it is closed. */
    public JdbcFederationStore(Database database) {
        this(database, Optional.empty());
    }

    /** A store in this database that writes while it has this lease on it; it closes both when it is closed. */
    public JdbcFederationStore(Database database, StoreLease lease) {
        this(database, Optional.of(lease));
    }

    private JdbcFederationStore(Database database, Optional<StoreLease> lease) {
        this.database = database;
        this.lease = lease;
    }

    @Override
    public void commit(List<Change> changes) {
        database.write(handle -> {
            lease.ifPresent(held -> held.require(handle));
            new Commit(handle).write(changes);
            return true;
        });
    }

    @Override
    public Optional<FederationMemory> memory(FederationId federation) {
        return database.read(
                handle -> new FederationTable(handle).find(federation).map(row -> memory(handle, federation, row)));
    }

    private static FederationMemory memory(Handle handle, FederationId federation, FederationTable.Row row) {
        Workflow workflow = row.workflow().orElseThrow(() -> neverSaved(federation, "workflow"));
        Optional<RoundTable.Newest> newest = new RoundTable(handle).newest(federation);
        Optional<OpenRound> openRound = workflow.phase() == Workflow.Phase.OPEN
                ? newest.map(round -> new ParticipationTable(handle).restored(federation, round.asOpened()))
                : Optional.empty();
        Optional<ModelVersion> model =
                new ModelTable(handle).newestFirst(federation, 1).stream().findFirst();
        ParticipationTable.Traffic traffic = newest.map(round -> new ParticipationTable(handle)
                        .traffic(federation, round.asOpened().id()))
                .orElse(ParticipationTable.Traffic.NONE);
        return new FederationMemory(
                row.fingerprint(),
                row.epoch(),
                new SpecTable(handle).newest(federation).orElseThrow(() -> neverSaved(federation, "specification")),
                workflow.toState(Fleet.of(new DeviceTable(handle).all(federation)), openRound),
                newest.map(RoundTable.Newest::announcement),
                model,
                new OptimizerTable(handle).find(federation),
                row.beganAt(),
                model.flatMap(version -> new EvaluationTable(handle)
                        .find(federation, version.model().version())),
                traffic.bytes(),
                traffic.float32Bytes());
    }

    private static IllegalStateException neverSaved(FederationId federation, String what) {
        return new IllegalStateException(
                what + " of federation " + federation + " must be saved together with its creation, was not");
    }

    @Override
    public void contributions(FederationId federation, RoundId round, BiConsumer<DeviceId, Bytes> taker) {
        database.reading(handle -> new ParticipationTable(handle).contributions(federation, round, taker));
    }

    @Override
    public void buffered(FederationId federation, Consumer<BufferedUpdate> taker) {
        database.reading(handle -> new ParticipationTable(handle).buffered(federation, taker));
    }

    @Override
    public Optional<RoundAnnouncement> announcement(FederationId federation, RoundId round) {
        return database.read(handle -> new RoundTable(handle).announcement(federation, round));
    }

    @Override
    public Optional<Participation> participation(FederationId federation, RoundId round, DeviceId device) {
        return database.read(handle -> new ParticipationTable(handle).find(federation, round, device));
    }

    @Override
    public List<FederationId> federations() {
        return database.read(handle -> new FederationTable(handle).ids());
    }

    @Override
    public Optional<FederationSpec> spec(FederationId federation) {
        return database.read(handle -> new SpecTable(handle).newest(federation));
    }

    @Override
    public List<Device> devices(FederationId federation) {
        return database.read(handle -> new DeviceTable(handle).all(federation));
    }

    @Override
    public List<DeviceRound> roundsOf(FederationId federation, DeviceId device, Optional<RoundId> before, int limit) {
        return database.read(handle -> new RoundTable(handle).ofDevice(federation, device, before, limit));
    }

    @Override
    public List<KnownRound> rounds(FederationId federation, Optional<RoundId> before, int limit) {
        return database.read(handle -> new RoundTable(handle).known(federation, before, limit));
    }

    @Override
    public Optional<KnownRound> knownRound(FederationId federation, RoundId round) {
        return database.read(handle -> new RoundTable(handle).known(federation, round));
    }

    @Override
    public AnswerTally answers(FederationId federation, RoundId round) {
        return database.read(handle -> new AnswerQueries(handle).tally(federation, round));
    }

    @Override
    public List<Participation> participations(
            FederationId federation, RoundId round, Optional<DeviceId> after, int limit) {
        return database.read(handle -> new AnswerQueries(handle).page(federation, round, after, limit));
    }

    @Override
    public Optional<Device> device(FederationId federation, DeviceId device) {
        return database.read(handle -> new DeviceTable(handle).find(federation, device));
    }

    @Override
    public List<Device> devices(FederationId federation, Optional<DeviceId> after, int limit) {
        return database.read(handle -> new DeviceTable(handle).page(federation, after, limit));
    }

    @Override
    public AnswerTally answers(FederationId federation, DeviceId device) {
        return database.read(handle -> new AnswerQueries(handle).tally(federation, device));
    }

    @Override
    public List<VersionRecord> versions(FederationId federation, OptionalLong before, int limit) {
        return database.read(handle -> new ModelTable(handle).records(federation, before, limit));
    }

    @Override
    public SortedSet<Long> versionsCounting(FederationId federation, DeviceId device) {
        return database.read(handle -> new AnswerQueries(handle).versionsCounting(federation, device));
    }

    @Override
    public Optional<ModelVersion> model(FederationId federation, long version) {
        return database.read(handle -> new ModelTable(handle).find(federation, version));
    }

    @Override
    public Optional<ModelVersion> latestModel(FederationId federation) {
        return models(federation, 1).stream().findFirst();
    }

    @Override
    public List<ModelVersion> models(FederationId federation, int limit) {
        return database.read(handle -> new ModelTable(handle).newestFirst(federation, limit));
    }

    @Override
    public Optional<RoundRecord> round(FederationId federation, RoundId round) {
        return database.read(handle -> new RoundTable(handle).closed(federation, round));
    }

    @Override
    public List<RoundRecord> rounds(FederationId federation, int limit) {
        return database.read(handle -> new RoundTable(handle).closed(federation, limit));
    }

    @Override
    public Optional<EvaluationRecord> evaluation(FederationId federation, long version) {
        return database.read(handle -> new EvaluationTable(handle).find(federation, version));
    }

    @Override
    public void close() {
        lease.ifPresent(StoreLease::close);
        database.close();
    }
}

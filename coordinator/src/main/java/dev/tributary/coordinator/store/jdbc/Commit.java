package dev.tributary.coordinator.store.jdbc;

import dev.tributary.coordinator.store.Change;
import dev.tributary.coordinator.store.ModelVersion;
import dev.tributary.coordinator.store.Workflow;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * One transaction's changes, written in order. What devices did and what became of them, the many, wait until a change of
 * another kind comes or the end, and are then written kind by kind in batches: among themselves their order says nothing,
 * but for the order within one kind, which a batch keeps.
 */
final class Commit {
    /** A round of a federation. */
    private record Place(FederationId federation, RoundId round) {}

    private final Handle handle;
    private final FederationTable federations;
    private final RoundTable rounds;
    private final ParticipationTable participations;
    private final ModelTable models;

    private final Set<FederationId> known = new HashSet<>();
    private final Map<Place, Boolean> isOpen = new HashMap<>();
    private final Map<FederationId, Workflow> workflows = new LinkedHashMap<>();
    private final List<Change.SaveDevice> devices = new ArrayList<>();
    private final List<Change.JoinRound> joins = new ArrayList<>();
    private final List<Change.SaveParticipation> answers = new ArrayList<>();

    Commit(Handle handle) {
        this.handle = handle;
        this.federations = new FederationTable(handle);
        this.rounds = new RoundTable(handle);
        this.participations = new ParticipationTable(handle);
        this.models = new ModelTable(handle);
    }

    void write(List<Change> changes) {
        for (Change change : changes) {
            requireFederation(change);
            if (!isPutOff(change)) {
                flush();
                make(change);
            }
        }
        flush();
    }

    private void requireFederation(Change change) {
        FederationId federation = change.federation();
        boolean exists = known.contains(federation) || federations.exists(federation);
        boolean isNew = change instanceof Change.CreateFederation;
        if (isNew == exists) {
            throw new IllegalArgumentException(
                    "federation " + federation + (exists ? " exists already" : " must be created first"));
        }
        known.add(federation);
    }

    private boolean isPutOff(Change change) {
        if (change instanceof Change.SaveWorkflow save) {
            workflows.put(save.federation(), save.workflow());
        } else if (change instanceof Change.SaveDevice save) {
            devices.add(save);
        } else if (change instanceof Change.JoinRound join) {
            requireOpen(join.federation(), join.round());
            joins.add(join);
        } else if (change instanceof Change.SaveParticipation save) {
            if (save.payload().isPresent() && !save.participation().buffered()) {
                requireOpen(save.federation(), save.round());
            } else {
                isOpen(save.federation(), save.round());
            }
            answers.add(save);
        } else {
            return false;
        }
        return true;
    }

    private void flush() {
        workflows.forEach(federations::save);
        if (!devices.isEmpty()) {
            new DeviceTable(handle).save(devices);
        }
        for (Change.JoinRound join : joins) {
            participations.select(join.federation(), join.round(), List.of(join.device()));
        }
        if (!answers.isEmpty()) {
            participations.save(answers);
        }
        workflows.clear();
        devices.clear();
        joins.clear();
        answers.clear();
    }

    private void make(Change change) {
        if (change instanceof Change.CreateFederation create) {
            federations.create(create);
        } else if (change instanceof Change.SaveSpec save) {
            new SpecTable(handle).save(save.spec());
        } else if (change instanceof Change.OpenARound open) {
            open(open);
        } else if (change instanceof Change.CloseRound close) {
            close(close);
        } else if (change instanceof Change.CountBuffer count) {
            participations.countBuffer(count.federation(), count.version());
        } else if (change instanceof Change.DropBuffer drop) {
            participations.dropBuffer(drop.federation(), drop.reason());
        } else if (change instanceof Change.Withdraw withdraw) {
            participations.withdraw(withdraw.federation(), withdraw.device(), withdraw.reason());
        } else if (change instanceof Change.SaveModel save) {
            save(save.federation(), save.version());
        } else if (change instanceof Change.SaveOptimizerState save) {
            new OptimizerTable(handle).save(save.federation(), save.state());
        } else if (change instanceof Change.SaveEvaluation save) {
            new EvaluationTable(handle).save(save.evaluation());
        } else if (change instanceof Change.TrimHistory trim) {
            trim(trim);
        } else {
            throw new IllegalStateException("change must be of a known kind, was " + change);
        }
    }

    private void open(Change.OpenARound open) {
        FederationId federation = open.federation();
        RoundId id = open.round().id();
        rounds.newestId(federation).filter(newest -> newest.compareTo(id) >= 0).ifPresent(newest -> {
            throw new IllegalArgumentException("round must be > " + newest + ", was " + id);
        });
        rounds.open(open.announcement(), open.round());
        participations.select(federation, id, open.round().selected());
        federations.began(federation, open.round().openedAt());
        isOpen.put(new Place(federation, id), true);
    }

    private void close(Change.CloseRound close) {
        RoundId id = close.round().id();
        requireOpen(close.federation(), id);
        rounds.close(close.round());
        participations.dropPayloads(close.federation(), id);
        isOpen.put(new Place(close.federation(), id), false);
    }

    private void save(FederationId federation, ModelVersion version) {
        long number = version.model().version();
        OptionalLong newest = models.newestNumber(federation);
        if (newest.isPresent() && number <= newest.getAsLong()) {
            throw new IllegalArgumentException("version must be > " + newest.getAsLong() + ", was " + number);
        }
        models.save(federation, version);
    }

    private void trim(Change.TrimHistory trim) {
        FederationId federation = trim.federation();
        OptionalLong oldest =
                models.oldestToKeep(federation, trim.versions(), trim.now().minus(trim.age()));
        if (oldest.isEmpty()) {
            return;
        }
        models.deleteBefore(federation, oldest.getAsLong());
        new EvaluationTable(handle).deleteBefore(federation, oldest.getAsLong());
        models.find(federation, oldest.getAsLong())
                .flatMap(ModelVersion::round)
                .ifPresent(round -> rounds.deleteBefore(federation, round));
        isOpen.clear();
    }

    private boolean isOpen(FederationId federation, RoundId round) {
        return isOpen.computeIfAbsent(
                new Place(federation, round),
                place -> rounds.isOpen(federation, round)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "round " + round + " of federation " + federation + " must be kept, was not")));
    }

    private void requireOpen(FederationId federation, RoundId round) {
        if (!isOpen(federation, round)) {
            throw new IllegalArgumentException(
                    "round " + round + " of federation " + federation + " must be open, was closed");
        }
    }
}

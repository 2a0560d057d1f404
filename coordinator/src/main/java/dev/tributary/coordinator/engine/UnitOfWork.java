package dev.tributary.coordinator.engine;

import dev.tributary.coordinator.store.Change;
import dev.tributary.coordinator.store.FederationStore;
import dev.tributary.coordinator.store.Participation;
import dev.tributary.update.DeviceId;
import dev.tributary.update.RoundId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a group of messages changes and, once that is durable, lets out: publications, events, acknowledgements. Nothing
 * leaves before the changes are kept. Owned by the federation's thread.
 */
final class UnitOfWork {
    private final List<Change> changes = new ArrayList<>();
    private final List<Runnable> effects = new ArrayList<>();
    private final Map<Key, Participation> participations = new HashMap<>();

    private record Key(RoundId round, DeviceId device) {}

    /** A place to go back to. */
    record Mark(int changes, int effects) {}

    /** Adds a change. */
    void change(Change change) {
        changes.add(change);
        if (change instanceof Change.SaveParticipation save) {
            participations.put(new Key(save.round(), save.participation().device()), save.participation());
        }
    }

    /** Adds something to do when the changes are durable. */
    void then(Runnable effect) {
        effects.add(effect);
    }

    /** What this unit says of the device's part in the round; empty when it says nothing. */
    Optional<Participation> participation(RoundId round, DeviceId device) {
        return Optional.ofNullable(participations.get(new Key(round, device)));
    }

    /** Whether there is anything to make durable. */
    boolean hasChanges() {
        return !changes.isEmpty();
    }

    Mark mark() {
        return new Mark(changes.size(), effects.size());
    }

    /** Forgets what was added since {@code mark}. */
    void backTo(Mark mark) {
        List<Change> left = List.copyOf(changes.subList(0, mark.changes()));
        effects.subList(mark.effects(), effects.size()).clear();
        changes.clear();
        participations.clear();
        left.forEach(this::change);
    }

    /** Forgets everything. */
    void clear() {
        changes.clear();
        effects.clear();
        participations.clear();
    }

    /** Makes the changes durable; what is to be done then is the answer, and the unit is empty. */
    List<Runnable> commit(FederationStore store) {
        if (!changes.isEmpty()) {
            store.commit(List.copyOf(changes));
        }
        List<Runnable> due = List.copyOf(effects);
        clear();
        return due;
    }
}

package dev.tributary.coordinator.store;

import static dev.tributary.coordinator.store.StoreSamples.created;

import dev.tributary.model.Bytes;
import dev.tributary.update.DeviceId;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A {@link FederationStore} under test, and what the contracts do with it. */
public abstract class StoreContract {
    static final RoundId FIRST = new RoundId(1, 1);

    /** The store under test. */
    protected abstract FederationStore store();

    /** The store as it is after it was closed and opened again. */
    protected abstract FederationStore reopened();

    final FederationStore holding(FederationId federation, Change... changes) {
        store().commit(StoreSamples.all(created(federation), List.of(changes)));
        return store();
    }

    static Map<DeviceId, Bytes> contributions(FederationStore store, FederationId federation, RoundId round) {
        Map<DeviceId, Bytes> contributions = new LinkedHashMap<>();
        store.contributions(federation, round, contributions::put);
        return contributions;
    }
}

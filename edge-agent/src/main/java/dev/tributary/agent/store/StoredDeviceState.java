package dev.tributary.agent.store;

import dev.tributary.agent.participation.DeviceState;
import dev.tributary.model.Bytes;
import dev.tributary.update.FederationId;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.StringDataType;

/**
 * A device's memory in the store's file, written through a copy in memory, so that reading works when the disk does not.
 * The sequence is written with the answer that uses it: a number that was lost had not been sent.
 */
public final class StoredDeviceState implements DeviceState {
    private static final String SEQUENCE = "sequence";

    private final StoreFile file;
    private final Map<String, Bytes> values = new HashMap<>();
    private long sequence;

    /** The memory in {@code file}, which its maker closes. */
    public StoredDeviceState(StoreFile file) {
        this.file = file;
        file.use(store -> {
            map(store).forEach((key, value) -> values.put(key, Bytes.of(value)));
            return values;
        });
        this.sequence = Optional.ofNullable(values.get(SEQUENCE))
                .map(stored -> ByteBuffer.wrap(stored.toArray()).getLong())
                .orElse(0L);
    }

    private static MVMap<String, byte[]> map(MVStore store) {
        return store.openMap(
                "state",
                new MVMap.Builder<String, byte[]>()
                        .keyType(StringDataType.INSTANCE)
                        .valueType(ByteArrayDataType.INSTANCE));
    }

    private static String key(FederationId federation, Slot slot) {
        return federation + "/" + slot;
    }

    @Override
    public synchronized Optional<Bytes> get(FederationId federation, Slot slot) {
        return Optional.ofNullable(values.get(key(federation, slot)));
    }

    @Override
    public synchronized void put(FederationId federation, Slot slot, Bytes value) {
        String key = key(federation, slot);
        byte[] sequenceBytes = ByteBuffer.allocate(Long.BYTES).putLong(sequence).array();
        file.use(store -> {
            map(store).put(SEQUENCE, sequenceBytes);
            return map(store).put(key, value.toArray());
        });
        file.commit(true);
        values.put(key, value);
    }

    @Override
    public synchronized void remove(FederationId federation, Slot slot) {
        String key = key(federation, slot);
        if (values.containsKey(key)) {
            file.use(store -> map(store).remove(key));
            file.commit(true);
            values.remove(key);
        }
    }

    @Override
    public synchronized long nextSequence() {
        return ++sequence;
    }

    @Override
    public void close() {}
}

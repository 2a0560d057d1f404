package dev.tributary.coordinator.admission;

import dev.tributary.protocol.Receipt;
import dev.tributary.update.DeviceId;
import dev.tributary.update.RoundId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The verdicts of the newest rounds, so that a message that comes again gets the verdict that it got. Not thread-safe.
 */
public final class VerdictLog {
    private static final int ROUNDS = 8;

    private final Map<RoundId, Map<DeviceId, Receipt>> rounds = new LinkedHashMap<>(16, 0.75f, false) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<RoundId, Map<DeviceId, Receipt>> eldest) {
            return size() > ROUNDS;
        }
    };

    /** Opens a round, which is then one of those remembered. */
    public void open(RoundId round) {
        rounds.put(round, new HashMap<>());
    }

    /** Remembers a verdict on a message to a remembered round; forgets that on any other. */
    public void note(DeviceId device, Receipt receipt) {
        Map<DeviceId, Receipt> devices = rounds.get(receipt.round());
        if (devices != null) {
            devices.put(device, receipt);
        }
    }

    /** The verdict that the device got in this round, marked as a repeat. */
    public Optional<Receipt> repeat(DeviceId device, RoundId round) {
        return Optional.ofNullable(rounds.getOrDefault(round, Map.of()).get(device))
                .map(receipt ->
                        new Receipt(receipt.federation(), receipt.round(), receipt.code(), receipt.detail(), true));
    }
}

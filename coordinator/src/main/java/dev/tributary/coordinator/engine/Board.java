package dev.tributary.coordinator.engine;

import dev.tributary.model.Bytes;
import dev.tributary.model.GlobalModel;
import dev.tributary.protocol.FederationSpec;
import dev.tributary.protocol.Receipt;
import dev.tributary.protocol.RoundAnnouncement;
import dev.tributary.transport.Publication;
import dev.tributary.update.DeviceId;
import dev.tributary.update.FederationId;
import dev.tributary.wire.Topics;
import dev.tributary.wire.WireMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a federation's devices find retained: specification, model, open round; it remembers them, to put them up again
 * when a broker lost them. Owned by the federation's thread.
 */
final class Board {
    private static final Duration MIN_EXPIRY = Duration.ofSeconds(1);

    private final FederationId federation;
    private final Outbox outbox;
    private Optional<Publication> spec = Optional.empty();
    private Optional<Publication> model = Optional.empty();
    private Optional<Publication> round = Optional.empty();
    private Instant roundEnds = Instant.MAX;

    Board(FederationId federation, Outbox outbox) {
        this.federation = federation;
        this.outbox = outbox;
    }

    void put(FederationSpec next) {
        spec = Optional.of(
                Publication.of(Topics.spec(federation), WireMapper.encode(next)).retain());
        spec.ifPresent(outbox::publish);
    }

    void put(GlobalModel next) {
        model = Optional.of(Publication.of(Topics.model(federation), WireMapper.encode(next))
                .retain());
        model.ifPresent(outbox::publish);
    }

    void put(RoundAnnouncement next, Instant now) {
        round = Optional.of(Publication.of(Topics.round(federation), WireMapper.encode(next))
                .retain());
        roundEnds = now.plus(next.deadline());
        publishRound(now);
    }

    /** Takes the announcement down, if one is up. */
    void clearRound() {
        if (round.isPresent()) {
            round = Optional.empty();
            clearForeignRound();
        }
    }

    /** Takes down what is retained on the round's topic, whoever put it up. */
    void clearForeignRound() {
        outbox.publish(Publication.of(Topics.round(federation), Bytes.empty()).retain());
    }

    void putUpAgain(Instant now) {
        spec.ifPresent(outbox::publish);
        model.ifPresent(outbox::publish);
        publishRound(now);
    }

    void answer(DeviceId device, Receipt receipt) {
        outbox.publish(Publication.of(Topics.receipt(federation, device), WireMapper.encode(receipt)));
    }

    private void publishRound(Instant now) {
        Duration left = Duration.between(now, roundEnds);
        Duration expiry = left.compareTo(MIN_EXPIRY) < 0 ? MIN_EXPIRY : left;
        round.ifPresent(publication -> outbox.publish(publication.expiringAfter(expiry)));
    }
}

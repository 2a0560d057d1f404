package dev.tributary.coordinator.engine;

import dev.tributary.model.Bytes;
import dev.tributary.model.GlobalModel;
import dev.tributary.protocol.FederationSpec;
import dev.tributary.protocol.ModelDelta;
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
 * What a federation's devices find retained: specification, model, the step to it, open round; it remembers them, to put them up again
 * when a broker lost them. Owned by the federation's thread.
 */
final class Board {
    private static final Duration MIN_EXPIRY = Duration.ofSeconds(1);

    private final FederationId federation;
    private final Outbox outbox;
    private Optional<Publication> spec = Optional.empty();
    private Optional<Publication> model = Optional.empty();
    private Optional<Publication> word = Optional.empty();
    private Optional<Publication> round = Optional.empty();
    private Instant roundEnds = Instant.MAX;

    Board(FederationId federation, Outbox outbox) {
        this.federation = federation;
        this.outbox = outbox;
    }

    /** Knows what is up without putting it up. */
    void know(FederationSpec knownSpec, Optional<GlobalModel> knownModel, Optional<ModelDelta> knownWord) {
        spec = Optional.of(publication(knownSpec));
        model = knownModel.map(this::publication);
        word = knownWord.map(this::publication);
    }

    /** Knows the announcement that is up until {@code ends} without putting it up. */
    void know(RoundAnnouncement known, Instant ends) {
        round = Optional.of(publication(known));
        roundEnds = ends;
    }

    void put(FederationSpec next) {
        spec = Optional.of(publication(next));
        spec.ifPresent(outbox::publish);
    }

    /** The model first: who finds no step to the next version looks for it there. */
    void put(GlobalModel next, Optional<ModelDelta> nextWord) {
        model = Optional.of(publication(next));
        model.ifPresent(outbox::publish);
        word = nextWord.map(this::publication);
        word.ifPresent(outbox::publish);
    }

    void put(RoundAnnouncement next, Instant now) {
        know(next, now.plus(next.deadline()));
        publishRound(now);
    }

    /** Takes the announcement down, if one is up. */
    void clearRound() {
        if (round.isPresent()) {
            round = Optional.empty();
            takeRoundDown();
        }
    }

    /** Puts everything up, and takes down an announcement that nobody should find. */
    void putUp(Instant now) {
        spec.ifPresent(outbox::publish);
        model.ifPresent(outbox::publish);
        word.ifPresent(outbox::publish);
        if (round.isPresent()) {
            publishRound(now);
        } else {
            takeRoundDown();
        }
    }

    /** Takes down what is retained on the round's topic, whoever put it up. */
    void takeRoundDown() {
        outbox.publish(Publication.of(Topics.round(federation), Bytes.empty()).retain());
    }

    private Publication publication(FederationSpec of) {
        return Publication.of(Topics.spec(federation), WireMapper.encode(of)).retain();
    }

    private Publication publication(GlobalModel of) {
        return Publication.of(Topics.model(federation), WireMapper.encode(of)).retain();
    }

    private Publication publication(ModelDelta of) {
        return Publication.of(Topics.modelDelta(federation), WireMapper.encode(of))
                .retain();
    }

    private Publication publication(RoundAnnouncement of) {
        return Publication.of(Topics.round(federation), WireMapper.encode(of)).retain();
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

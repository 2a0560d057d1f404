package dev.tributary.agent.app;

import dev.tributary.agent.participation.SessionListener;
import dev.tributary.agent.participation.Traffic;
import dev.tributary.agent.prediction.CurrentModel;
import dev.tributary.model.GlobalModel;
import dev.tributary.protocol.FederationSpec;
import dev.tributary.protocol.Receipt;
import dev.tributary.update.Decline;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundKind;
import java.time.Duration;
import java.util.List;

/** Counts everything, and hands models and schemas to where readings are checked and predicted. */
record AgentListener(AgentMeters meters, List<CurrentModel> models, ReadingPipeline pipeline)
        implements SessionListener {
    private static final System.Logger LOG = System.getLogger(AgentListener.class.getName());

    AgentListener {
        models = List.copyOf(models);
    }

    @Override
    public void onSpec(FederationSpec spec) {
        pipeline.schema(spec.federation(), spec.schema());
    }

    @Override
    public void onPredictor(FederationId federation, GlobalModel model, boolean isPersonal) {
        if (isPersonal) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "{0}: predicts with a model of its own, made from version {1}",
                    federation,
                    model.version());
        }
        models.stream()
                .filter(current -> current.federation().equals(federation))
                .forEach(current -> current.use(model));
    }

    @Override
    public void onConnected() {
        LOG.log(System.Logger.Level.INFO, "connected");
        meters.onConnected();
    }

    @Override
    public void onDisconnected(String reason) {
        meters.onDisconnected(reason);
    }

    @Override
    public void onAsleep(Duration sleep) {
        LOG.log(
                System.Logger.Level.INFO,
                "asleep for {0} s: the connection is closed, readings go on",
                sleep.toSeconds());
        meters.onAsleep(sleep);
    }

    @Override
    public void onAwake() {
        LOG.log(System.Logger.Level.INFO, "awake: connecting");
    }

    @Override
    public void onReceipt(Receipt receipt) {
        if (receipt.code() != Receipt.Code.ACCEPTED) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0}: the update of round {1} was rejected, {2}: {3}",
                    receipt.federation(),
                    receipt.round(),
                    receipt.code(),
                    receipt.detail());
        }
        meters.onReceipt(receipt);
    }

    @Override
    public void onContributed(FederationId federation, RoundKind kind, Duration took) {
        LOG.log(System.Logger.Level.DEBUG, "{0}: {1} took {2} ms", federation, kind, took.toMillis());
        meters.onContributed(federation, kind, took);
    }

    @Override
    public void onDeclined(FederationId federation, Decline.Reason reason) {
        LOG.log(System.Logger.Level.INFO, "{0}: a round is declined, {1}", federation, reason);
        meters.onDeclined(federation, reason);
    }

    @Override
    public void onMalformed(Traffic traffic) {
        meters.onMalformed(traffic);
    }

    @Override
    public void onSent(Traffic traffic, int packetBytes, int float32PacketBytes) {
        meters.onSent(traffic, packetBytes, float32PacketBytes);
    }

    @Override
    public void onReceived(Traffic traffic, int packetBytes) {
        meters.onReceived(traffic, packetBytes);
    }
}

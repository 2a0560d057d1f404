package dev.tributary.agent.simulate;

import dev.tributary.agent.participation.SessionListener;
import dev.tributary.agent.participation.Traffic;
import dev.tributary.model.Bytes;
import dev.tributary.model.GlobalModel;
import dev.tributary.protocol.FederationSpec;
import dev.tributary.protocol.Receipt;
import dev.tributary.update.Decline;
import dev.tributary.update.DeviceMessage;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundKind;
import java.time.Duration;

/** Tells everything to two listeners, in this order. */
public record BothListeners(SessionListener first, SessionListener second) implements SessionListener {
    @Override
    public void onConnected() {
        first.onConnected();
        second.onConnected();
    }

    @Override
    public void onDisconnected(String reason) {
        first.onDisconnected(reason);
        second.onDisconnected(reason);
    }

    @Override
    public void onAsleep(Duration sleep) {
        first.onAsleep(sleep);
        second.onAsleep(sleep);
    }

    @Override
    public void onAwake() {
        first.onAwake();
        second.onAwake();
    }

    @Override
    public void onSpec(FederationSpec spec) {
        first.onSpec(spec);
        second.onSpec(spec);
    }

    @Override
    public void onModel(FederationId federation, GlobalModel model) {
        first.onModel(federation, model);
        second.onModel(federation, model);
    }

    @Override
    public void onPredictor(FederationId federation, GlobalModel model, boolean isPersonal) {
        first.onPredictor(federation, model, isPersonal);
        second.onPredictor(federation, model, isPersonal);
    }

    @Override
    public void onAnswer(FederationId federation, DeviceMessage answer, Bytes payload) {
        first.onAnswer(federation, answer, payload);
        second.onAnswer(federation, answer, payload);
    }

    @Override
    public void onReceipt(Receipt receipt) {
        first.onReceipt(receipt);
        second.onReceipt(receipt);
    }

    @Override
    public void onContributed(FederationId federation, RoundKind kind, Duration took) {
        first.onContributed(federation, kind, took);
        second.onContributed(federation, kind, took);
    }

    @Override
    public void onDeclined(FederationId federation, Decline.Reason reason) {
        first.onDeclined(federation, reason);
        second.onDeclined(federation, reason);
    }

    @Override
    public void onMalformed(Traffic traffic) {
        first.onMalformed(traffic);
        second.onMalformed(traffic);
    }

    @Override
    public void onSent(Traffic traffic, int packetBytes, int float32PacketBytes) {
        first.onSent(traffic, packetBytes, float32PacketBytes);
        second.onSent(traffic, packetBytes, float32PacketBytes);
    }

    @Override
    public void onReceived(Traffic traffic, int packetBytes) {
        first.onReceived(traffic, packetBytes);
        second.onReceived(traffic, packetBytes);
    }
}

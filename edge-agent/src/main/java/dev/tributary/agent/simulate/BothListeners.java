package dev.tributary.agent.simulate;

import dev.tributary.agent.participation.SessionListener;
import dev.tributary.agent.participation.Traffic;
import dev.tributary.model.GlobalModel;
import dev.tributary.protocol.FederationSpec;
import dev.tributary.protocol.Receipt;
import dev.tributary.update.Decline;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundKind;
import java.time.Duration;

/** Tells everything to a listener of the whole fleet, and models also to the device's own. */
record BothListeners(SessionListener fleet, SessionListener device) implements SessionListener {
    @Override
    public void onConnected() {
        fleet.onConnected();
    }

    @Override
    public void onDisconnected(String reason) {
        fleet.onDisconnected(reason);
    }

    @Override
    public void onSpec(FederationSpec spec) {
        fleet.onSpec(spec);
    }

    @Override
    public void onModel(FederationId federation, GlobalModel model) {
        fleet.onModel(federation, model);
        device.onModel(federation, model);
    }

    @Override
    public void onReceipt(Receipt receipt) {
        fleet.onReceipt(receipt);
    }

    @Override
    public void onContributed(FederationId federation, RoundKind kind, Duration took) {
        fleet.onContributed(federation, kind, took);
    }

    @Override
    public void onDeclined(FederationId federation, Decline.Reason reason) {
        fleet.onDeclined(federation, reason);
    }

    @Override
    public void onMalformed(Traffic traffic) {
        fleet.onMalformed(traffic);
    }

    @Override
    public void onSent(Traffic traffic, int packetBytes, int float32PacketBytes) {
        fleet.onSent(traffic, packetBytes, float32PacketBytes);
    }

    @Override
    public void onReceived(Traffic traffic, int packetBytes) {
        fleet.onReceived(traffic, packetBytes);
    }
}

package dev.tributary.broker.extension;

import com.hivemq.extension.sdk.api.interceptor.publish.PublishInboundInterceptor;
import com.hivemq.extension.sdk.api.interceptor.publish.PublishOutboundInterceptor;
import com.hivemq.extension.sdk.api.interceptor.publish.parameter.PublishInboundInput;
import com.hivemq.extension.sdk.api.interceptor.publish.parameter.PublishInboundOutput;
import com.hivemq.extension.sdk.api.interceptor.publish.parameter.PublishOutboundInput;
import com.hivemq.extension.sdk.api.interceptor.publish.parameter.PublishOutboundOutput;
import com.hivemq.extension.sdk.api.packets.publish.AckReasonCode;
import com.hivemq.extension.sdk.api.packets.publish.PublishPacket;

/** Counts one client's PUBLISH packets in both directions, refused ones too, and refuses what is too large for a device. */
final class PublishMeter implements PublishInboundInterceptor, PublishOutboundInterceptor {
    private final Role role;
    private final Traffic traffic;
    private final int maxDevicePublishBytes;

    PublishMeter(Role role, Traffic traffic, int maxDevicePublishBytes) {
        this.role = role;
        this.traffic = traffic;
        this.maxDevicePublishBytes = maxDevicePublishBytes;
    }

    @Override
    public void onInboundPublish(PublishInboundInput input, PublishInboundOutput output) {
        PublishPacket packet = input.getPublishPacket();
        long bytes = PublishSize.of(packet, input.getConnectionInformation().getMqttVersion());
        traffic.add(role, Traffic.Direction.RECEIVED, Kind.of(packet.getTopic()), bytes);
        int payloadBytes =
                packet.getPayload().map(payload -> payload.remaining()).orElse(0);
        if (role == Role.DEVICE && payloadBytes > maxDevicePublishBytes) {
            traffic.refuse(Traffic.Refusal.PUBLISH_SIZE);
            output.preventPublishDelivery(
                    AckReasonCode.QUOTA_EXCEEDED,
                    "payload must be at most " + maxDevicePublishBytes + " bytes, was " + payloadBytes);
        }
    }

    @Override
    public void onOutboundPublish(PublishOutboundInput input, PublishOutboundOutput output) {
        PublishPacket packet = input.getPublishPacket();
        long bytes = PublishSize.of(packet, input.getConnectionInformation().getMqttVersion());
        traffic.add(role, Traffic.Direction.SENT, Kind.of(packet.getTopic()), bytes);
    }
}

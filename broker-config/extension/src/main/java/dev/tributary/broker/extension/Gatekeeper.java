package dev.tributary.broker.extension;

import com.hivemq.extension.sdk.api.auth.SimpleAuthenticator;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthInput;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthOutput;
import com.hivemq.extension.sdk.api.auth.parameter.TopicPermission;
import com.hivemq.extension.sdk.api.packets.auth.DefaultAuthorizationBehaviour;
import com.hivemq.extension.sdk.api.packets.auth.ModifiableDefaultPermissions;
import com.hivemq.extension.sdk.api.packets.connect.ConnackReasonCode;
import com.hivemq.extension.sdk.api.services.builder.Builders;
import java.net.InetAddress;
import java.util.Optional;

/** Lets a client in by its id and address, with the permissions of its role; never blocks. */
final class Gatekeeper implements SimpleAuthenticator {
    private static final System.Logger LOG = System.getLogger(Gatekeeper.class.getName());

    private final ExtensionSettings settings;
    private final Traffic traffic;

    Gatekeeper(ExtensionSettings settings, Traffic traffic) {
        this.settings = settings;
        this.traffic = traffic;
    }

    @Override
    public void onConnect(SimpleAuthInput input, SimpleAuthOutput output) {
        String clientId = input.getClientInformation().getClientId();
        Optional<InetAddress> address = input.getConnectionInformation().getInetAddress();
        Optional<Role> role = Role.of(clientId);
        if (role.isEmpty()) {
            traffic.refuse(Traffic.Refusal.CLIENT_ID);
            output.failAuthentication(
                    ConnackReasonCode.CLIENT_IDENTIFIER_NOT_VALID,
                    "a client id is 1 to 64 of A-Z a-z 0-9 . _ - (coordinator-, monitor-: 1 to 100 more)");
            return;
        }
        Networks allowed = settings.networks(role.get());
        if (!allowed.contain(address)) {
            traffic.refuse(Traffic.Refusal.ADDRESS);
            LOG.log(
                    System.Logger.Level.WARNING,
                    "refused {0} at {1}: its role may connect from {2} only",
                    clientId,
                    address,
                    allowed.text());
            output.failAuthentication(ConnackReasonCode.NOT_AUTHORIZED, "this address may not connect");
            return;
        }
        grant(output.getDefaultPermissions(), role.get(), clientId);
        output.authenticateSuccessfully();
    }

    private static void grant(ModifiableDefaultPermissions permissions, Role role, String clientId) {
        permissions.setDefaultBehaviour(DefaultAuthorizationBehaviour.DENY);
        for (Grant grant : Grant.of(role, clientId)) {
            permissions.add(permission(grant));
        }
    }

    private static TopicPermission permission(Grant grant) {
        boolean subscribe = grant.activity() == Grant.Activity.SUBSCRIBE;
        return Builders.topicPermission()
                .topicFilter(grant.filter())
                .type(TopicPermission.PermissionType.ALLOW)
                .qos(TopicPermission.Qos.ALL)
                .activity(subscribe ? TopicPermission.MqttActivity.SUBSCRIBE : TopicPermission.MqttActivity.PUBLISH)
                .retain(
                        grant.activity() == Grant.Activity.PUBLISH
                                ? TopicPermission.Retain.NOT_RETAINED
                                : TopicPermission.Retain.ALL)
                .sharedSubscription(TopicPermission.SharedSubscription.NOT_SHARED)
                .build();
    }
}

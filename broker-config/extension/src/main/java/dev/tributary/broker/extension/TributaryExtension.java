package dev.tributary.broker.extension;

import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;
import com.hivemq.extension.sdk.api.services.Services;
import java.io.IOException;

/** What HiveMQ starts: puts the gatekeeper, the meters and the metrics endpoint in place. */
public final class TributaryExtension implements ExtensionMain {
    /** The launcher reads here why the extension did not start; empty when it did. */
    private static final String STATE = "tributary.broker.extension";

    private MetricsEndpoint metrics;

    @Override
    public void extensionStart(ExtensionStartInput input, ExtensionStartOutput output) {
        try {
            ExtensionSettings settings = ExtensionSettings.read(TributaryExtension::setting);
            Traffic traffic = new Traffic();
            if (settings.metricsPort() != 0) {
                metrics = MetricsEndpoint.open(
                        settings.metricsHost(), settings.metricsPort(), traffic, Services.metricRegistry());
            }
            Services.initializerRegistry()
                    .setClientInitializer((client, context) -> Role.of(
                                    client.getClientInformation().getClientId())
                            .map(role -> new PublishMeter(role, traffic, settings.maxDevicePublishBytes()))
                            .ifPresent(meter -> {
                                context.addPublishInboundInterceptor(meter);
                                context.addPublishOutboundInterceptor(meter);
                            }));
            Gatekeeper gatekeeper = new Gatekeeper(settings, traffic);
            Services.securityRegistry().setAuthenticatorProvider(provider -> gatekeeper);
            System.setProperty(STATE, "");
        } catch (IllegalArgumentException | IOException wrong) {
            // HiveMQ lets nobody in without an extension that does.
            System.setProperty(STATE, String.valueOf(wrong.getMessage()));
            output.preventExtensionStartup(wrong.getMessage());
        }
    }

    @Override
    public void extensionStop(ExtensionStopInput input, ExtensionStopOutput output) {
        if (metrics != null) {
            metrics.close();
        }
    }

    private static String setting(String name) {
        String property = System.getProperty(name);
        return property == null ? System.getenv(name) : property;
    }
}

package dev.tributary.broker;

import com.hivemq.HiveMQServer;
import com.hivemq.configuration.service.InternalConfigurations;
import com.hivemq.exceptions.UnrecoverableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** The real HiveMQ CE server, running in this process; one per process, because it configures itself by system properties. */
final class HiveMqServer {
    private static final int CONNECT_MILLIS = 2_000;
    /** HiveMQ waits 2 s for late writers before it closes its stores; they come from its connections, which are closed by then. */
    private static final int LATE_WRITER_MILLIS = 100;
    /** The extension, in a class loader of its own, says here why it did not start; empty when it did. */
    private static final String EXTENSION_STATE = "tributary.broker.extension";

    private final HiveMQServer server = new HiveMQServer();
    private final BrokerSettings settings;
    private final BrokerHome home;

    /** Prepares the process; nothing runs before {@link #start}. */
    HiveMqServer(BrokerSettings settings, BrokerHome home) {
        this.settings = settings;
        this.home = home;
    }

    /**
     * Starts the server and returns once it takes connections.
     *
     * @throws BrokerFailure if HiveMQ refuses to start
     */
    void start() throws BrokerFailure {
        settings.properties().forEach(System::setProperty);
        System.setProperty("hivemq.home", home.folder().toString());
        System.setProperty("hivemq.log.folder", home.folder().resolve("log").toString());
        InternalConfigurations.PERSISTENCE_SHUTDOWN_GRACE_PERIOD_MSEC.set(LATE_WRITER_MILLIS);
        try {
            server.bootstrap();
            server.startInstance(null);
            server.afterStart();
            requireListening(settings.mqtt());
            requireExtension();
        } catch (BrokerFailure known) {
            throw known;
        } catch (Exception failed) {
            throw new BrokerFailure(explain(failed, home), failed);
        }
    }

    /** Ends the server in order, also in mid-start, and removes a temporary home. */
    void stop() {
        try {
            server.stop();
        } finally {
            home.close();
        }
    }

    private static void requireExtension() throws BrokerFailure {
        String problem = System.getProperty(EXTENSION_STATE, "it was not loaded");
        if (!problem.isEmpty()) {
            throw new BrokerFailure("nobody could connect, because the extension did not start: " + problem);
        }
    }

    private static void requireListening(Endpoint mqtt) throws IOException {
        InetAddress address = InetAddress.getByName(mqtt.host());
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(
                            address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address, mqtt.port()),
                    CONNECT_MILLIS);
        }
    }

    private static String explain(Throwable failed, BrokerHome home) {
        StringBuilder reasons = new StringBuilder();
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            if (message != null && reasons.indexOf(message) < 0) {
                reasons.append(reasons.isEmpty() ? "" : ": ")
                        .append(message.lines().findFirst().orElse(""));
            }
        }
        String all = reasons.toString();
        if (all.contains("another HiveMQ instance")) {
            return "another broker uses the folder " + home.folder() + "; choose another with --home";
        }
        if (all.contains("No space left")) {
            return "the disk of " + home.folder() + " is full";
        }
        String log =
                home.temporary() ? "" : "; see " + home.folder().resolve("log").resolve("broker.log");
        if (failed instanceof UnrecoverableException && all.isEmpty()) {
            return "HiveMQ refused to start" + log;
        }
        return "HiveMQ did not start: " + (all.isEmpty() ? failed.getClass().getSimpleName() : all) + log;
    }
}

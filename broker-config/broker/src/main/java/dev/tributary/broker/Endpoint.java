package dev.tributary.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/** An address and port to listen on; port 0 stands for any free one. */
record Endpoint(String host, int port) {
    Endpoint {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be 0 to 65535, was " + port);
        }
    }

    /**
     * Listens for a moment, to find out before the slow start whether that is possible.
     *
     * @param option the command line option that chooses another port
     * @return this endpoint, with the port that was free where port 0 was asked for
     * @throws BrokerFailure if the port is taken or the address is not this machine's
     */
    Endpoint requireFree(String option) throws BrokerFailure {
        InetAddress address = resolve();
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(address, port));
            return new Endpoint(host, probe.getLocalPort());
        } catch (IOException refused) {
            String reason = String.valueOf(refused.getMessage());
            if (reason.contains("in use")) {
                throw new BrokerFailure(
                        "port " + port + " on " + host + " is in use; choose another with " + option, refused);
            }
            throw new BrokerFailure("cannot listen on " + this + ": " + reason, refused);
        }
    }

    private InetAddress resolve() throws BrokerFailure {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException unknown) {
            throw new BrokerFailure(
                    "host " + host + " is unknown; give an address of this machine with --host", unknown);
        }
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}

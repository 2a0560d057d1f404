package dev.tributary.transport.mqtt;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.paho.mqttv5.client.internal.NetworkModule;
import org.eclipse.paho.mqttv5.common.MqttException;

/**
 * A connection whose bytes are counted. Paho reads byte by byte and writes whole packets; a buffer makes reads of what the
 * socket has, which comes near to segments.
 */
final class CountedNetwork implements NetworkModule {
    private static final int BUFFER_BYTES = 4_096;

    private final NetworkModule network;
    private final LinkCounter counter;
    private final AtomicBoolean stands = new AtomicBoolean();

    CountedNetwork(NetworkModule network, LinkCounter counter) {
        this.network = network;
        this.counter = counter;
    }

    @Override
    public void start() throws IOException, MqttException {
        counter.connecting();
        network.start();
        stands.set(true);
        counter.connected();
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new BufferedInputStream(new CountedInput(network.getInputStream()), BUFFER_BYTES);
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new CountedOutput(network.getOutputStream());
    }

    @Override
    public void stop() throws IOException {
        if (stands.getAndSet(false)) {
            counter.disconnected();
        }
        network.stop();
    }

    @Override
    public String getServerURI() {
        return network.getServerURI();
    }

    private final class CountedInput extends FilterInputStream {
        CountedInput(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            if (value >= 0) {
                counter.received(1);
            }
            return value;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            if (count > 0) {
                counter.received(count);
            }
            return count;
        }
    }

    private final class CountedOutput extends FilterOutputStream {
        CountedOutput(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int value) throws IOException {
            counter.sent(1);
            out.write(value);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (length > 0) {
                counter.sent(length);
            }
            out.write(bytes, offset, length);
        }
    }
}

package dev.tributary.transport.mqtt;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.internal.NetworkModule;
import org.eclipse.paho.mqttv5.common.MqttException;

/**
 * A connection whose end Paho does not see before it has begun to speak. Paho starts its three threads one after the
 * other, looking every 100 ms whether the last one runs; if the connection ends meanwhile, that one has ended too, and
 * Paho looks for ever, in a thread that nobody can stop. Its first write comes after the last start.
 */
final class HeldNetwork implements NetworkModule {
    private static final long LONGEST_START_SECONDS = 10;

    private final NetworkModule network;
    private final CountDownLatch speaking = new CountDownLatch(1);

    HeldNetwork(NetworkModule network) {
        this.network = network;
    }

    @Override
    public void start() throws IOException, MqttException {
        network.start();
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new HeldInput(network.getInputStream());
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new TellingOutput(network.getOutputStream());
    }

    @Override
    public void stop() throws IOException {
        network.stop();
    }

    @Override
    public String getServerURI() {
        return network.getServerURI();
    }

    private void awaitSpeaking() {
        try {
            if (!speaking.await(LONGEST_START_SECONDS, TimeUnit.SECONDS)) {
                System.getLogger(HeldNetwork.class.getName())
                        .log(System.Logger.Level.DEBUG, "a connection that has ended did not begin to speak");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class HeldInput extends FilterInputStream {
        HeldInput(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            try {
                return held(super.read());
            } catch (IOException e) {
                awaitSpeaking();
                throw e;
            }
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                return held(super.read(bytes, offset, length));
            } catch (IOException e) {
                awaitSpeaking();
                throw e;
            }
        }

        private int held(int result) {
            if (result < 0) {
                awaitSpeaking();
            }
            return result;
        }

        /** Whoever asks reads next, and hears of the end there. */
        @Override
        public int available() {
            try {
                return super.available();
            } catch (IOException e) {
                return 0;
            }
        }
    }

    private final class TellingOutput extends FilterOutputStream {
        TellingOutput(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int value) throws IOException {
            speaking.countDown();
            out.write(value);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            speaking.countDown();
            out.write(bytes, offset, length);
        }
    }
}

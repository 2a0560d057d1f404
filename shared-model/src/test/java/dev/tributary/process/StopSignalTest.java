package dev.tributary.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class StopSignalTest {
    @Test
    void stop_opensIt() throws InterruptedException {
        try (StopSignal signal = StopSignal.install()) {
            assertThat(signal.isStopped()).isFalse();
            assertThat(signal.await(Duration.ofMillis(1))).isFalse();
            signal.stop();
            signal.stop();
            signal.await();
            assertThat(signal.isStopped()).isTrue();
        }
    }

    @Test
    void orEndOf_inputEnds_opensItAndNotBefore() throws InterruptedException {
        CountDownLatch ends = new CountDownLatch(1);
        InputStream input = new InputStream() {
            @Override
            public int read() throws IOException {
                return read(new byte[1], 0, 1);
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                try {
                    ends.await();
                    return -1;
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
        };
        try (StopSignal signal = StopSignal.install()) {
            signal.orEndOf(input);
            assertThat(signal.await(Duration.ofMillis(50))).isFalse();
            ends.countDown();
            assertThat(signal.await(Duration.ofSeconds(10))).isTrue();
        }
    }

    @Test
    void close_isAStopToo() {
        StopSignal signal = StopSignal.install();
        signal.close();
        signal.close();
        assertThat(signal.isStopped()).isTrue();
    }
}

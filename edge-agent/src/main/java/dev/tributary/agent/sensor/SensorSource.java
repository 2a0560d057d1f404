package dev.tributary.agent.sensor;

import java.io.IOException;

/** Where readings come from; read by one thread, closed by any. */
public interface SensorSource extends AutoCloseable {
    /** Takes readings, in the order of their source. */
    interface Sink {
        /** A reading, checked for nothing yet. */
        void reading(Reading reading);

        /** Something that is no reading; {@code why} is for the log. */
        void unreadable(String why);
    }

    /**
     * Reads until the source ends or is closed, or the thread is interrupted.
     *
     * @throws IOException with a message for the user when the source cannot be read
     */
    void run(Sink sink) throws IOException, InterruptedException;

    @Override
    void close();
}

package dev.tributary.system;

import dev.tributary.agent.examples.ExampleSource;
import dev.tributary.learning.Examples;
import dev.tributary.model.ModelSchema;
import java.util.List;
import java.util.concurrent.Semaphore;

/** Examples that a device cannot learn from before the test lets it: so long does its training take. */
final class HeldExamples implements ExampleSource {
    private final ExampleSource examples = RealDevice.tenRows();
    private final Semaphore permits;

    /** The first {@code trainings} are let through. */
    HeldExamples(int trainings) {
        this.permits = new Semaphore(trainings);
    }

    /** Lets the training that waits, or else the next one, through. */
    void release() {
        permits.release();
    }

    /** Whether a training waits. */
    boolean isHeld() {
        return permits.hasQueuedThreads();
    }

    @Override
    public List<Examples.RawExample> trainPart(ModelSchema schema) {
        try {
            permits.acquire();
        } catch (InterruptedException e) {
            // The device is closed.
            Thread.currentThread().interrupt();
        }
        return examples.trainPart(schema);
    }

    @Override
    public List<Examples.RawExample> testPart(ModelSchema schema) {
        return examples.testPart(schema);
    }

    @Override
    public List<Examples.RawExample> all(ModelSchema schema) {
        return examples.all(schema);
    }

    @Override
    public long count() {
        return examples.count();
    }
}

package dev.tributary.transport;

import java.util.Optional;

/** The twin keeps to what a real transport keeps to. */
final class InMemoryTransportTest extends TransportContract {
    private final InMemoryBroker broker = new InMemoryBroker();

    @Override
    protected Transport connect(String clientId, Optional<Publication> will) {
        return broker.transport(clientId, will);
    }

    @Override
    protected void cut(String clientId) {
        broker.cut(clientId);
    }

    @Override
    protected void mend(String clientId) {
        broker.mend(clientId);
    }

    @Override
    protected void dropSession(String clientId) {
        broker.dropSession(clientId);
    }
}

package dev.tributary.coordinator.store;

class InMemoryFederationStoreTest extends FederationStoreContract {
    private final FederationStore store = new InMemoryFederationStore();

    @Override
    protected FederationStore store() {
        return store;
    }

    @Override
    protected FederationStore reopened() {
        return store;
    }
}

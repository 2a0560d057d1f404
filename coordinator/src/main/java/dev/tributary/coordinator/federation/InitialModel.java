package dev.tributary.coordinator.federation;

import dev.tributary.update.FederationId;
import java.nio.file.Path;

/** Which model a federation begins with. */
public sealed interface InitialModel {
    /** A Tribuo model of standardised features, or a model that was exported as JSON. */
    record InFile(Path file) implements InitialModel {}

    /** A version of a federation in the same database. */
    record Earlier(FederationId federation, long version) implements InitialModel {
        @Override
        public String toString() {
            return federation + "@" + version;
        }
    }
}

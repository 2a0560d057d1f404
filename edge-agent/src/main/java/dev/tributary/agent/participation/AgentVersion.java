package dev.tributary.agent.participation;

import java.util.Optional;

/** The version of this agent, from its jar. */
final class AgentVersion {
    private AgentVersion() {}

    /** The version, or {@code dev} outside a jar. */
    static String current() {
        return Optional.ofNullable(AgentVersion.class.getPackage().getImplementationVersion())
                .orElse("dev");
    }
}

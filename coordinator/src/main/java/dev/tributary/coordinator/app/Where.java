package dev.tributary.coordinator.app;

import dev.tributary.update.FederationId;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which coordinator a command asks, about which of its federations, and how it tells the answer. */
final class Where {
    @Option(
            names = {"--url", "--coordinator"},
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8080",
            description = "The coordinator's HTTP address; ${DEFAULT-VALUE} unless given.")
    URI coordinator;

    @Option(
            names = "--federation",
            paramLabel = "NAME",
            description = "One federation; without it all, or the one that there is.")
    Optional<String> federation = Optional.empty();

    @Option(names = "--json", description = "Tell it as one JSON object.")
    boolean json;

    /** The federation that is named, or all. */
    List<String> federations(CoordinatorClient client) throws IOException, InterruptedException {
        if (federation.isPresent()) {
            return List.of(new FederationId(federation.get()).value());
        }
        List<String> names = new ArrayList<>();
        for (Map<String, Object> one : client.list("", "federations")) {
            names.add(String.valueOf(one.get("federation")));
        }
        return names;
    }

    /** The federation that is named, or the only one. */
    String one(CoordinatorClient client) throws IOException, InterruptedException {
        List<String> names = federations(client);
        if (names.size() != 1) {
            throw new IllegalArgumentException("say which with --federation NAME; there are " + names);
        }
        return names.get(0);
    }
}

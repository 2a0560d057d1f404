package dev.tributary.coordinator.app;

import dev.tributary.process.ProcessLog;
import dev.tributary.update.DeviceId;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells where a running coordinator's federations stand, and acts on them. */
@Command(
        name = "tributary",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        description = "Tells where a running coordinator's federations stand, and acts on them.",
        footer = {"", "Exit status: 0 done, 1 failed, 2 wrong options."})
public final class ActMain implements Runnable {
    @Spec
    private CommandSpec command;

    /** Runs the command that is the first argument. */
    public static void main(String[] arguments) {
        ProcessLog.install();
        System.exit(new CommandLine(new ActMain()).execute(arguments));
    }

    @Override
    public void run() {
        throw new ParameterException(command.commandLine(), "say which command");
    }

    private CommandSpec named(String name) {
        return command.subcommands().get(name).getCommandSpec();
    }

    @Command(
            name = "status",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Tells where each federation stands.")
    Integer status(@Mixin Where where) throws InterruptedException {
        return Asking.run(named("status"), where, (client, out) -> {
            Listing federations = new Listing("federations");
            for (String name : where.federations(client)) {
                federations.add(name, client.getJson("/" + name));
            }
            federations.tell(
                    out,
                    where.json,
                    "federation",
                    "state.stage",
                    "state.paused",
                    "state.step",
                    "state.round",
                    "modelVersion",
                    "state.devicesOnline",
                    "state.devicesKnown",
                    "metrics.own.accuracy",
                    "metrics.own.rmse");
        });
    }

    @Command(
            name = "rounds",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Lists the newest rounds, and what became of the answers to them.")
    Integer rounds(
            @Mixin Where where,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "20",
                            description = "How many of each federation, newest first; ${DEFAULT-VALUE} unless given.")
                    int limit)
            throws InterruptedException {
        return Asking.run(named("rounds"), where, (client, out) -> {
            Listing rounds = new Listing("rounds");
            for (String name : where.federations(client)) {
                client.list("/" + name + "/rounds", "rounds", limit).forEach(one -> rounds.add(name, one));
            }
            rounds.tell(
                    out,
                    where.json,
                    "federation",
                    "id",
                    "kind",
                    "outcome",
                    "selected",
                    "reported",
                    "contributed",
                    "rejected",
                    "declined",
                    "bytesUp",
                    "reason");
        });
    }

    @Command(
            name = "pause",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = {
                "Opens no round from now on; an open one goes on to its end.",
                "The federation stays paused, also when the coordinator is started again, until resume."
            })
    Integer pause(@Mixin Where where) throws InterruptedException {
        return pause("pause", where);
    }

    @Command(name = "resume", mixinStandardHelpOptions = true, sortOptions = false, description = "Opens rounds again.")
    Integer resume(@Mixin Where where) throws InterruptedException {
        return pause("resume", where);
    }

    private Integer pause(String action, Where where) throws InterruptedException {
        return Asking.run(named(action), where, (client, out) -> {
            String name = where.one(client);
            Map<String, Object> answer = client.post("/" + name + "/" + action, Map.of());
            boolean isNews = Boolean.TRUE.equals(answer.get("changed"));
            tell(where, out, answer, name + ": " + action + "d" + (isNews ? "" : ", as it was"));
        });
    }

    private static void tell(Where where, PrintWriter out, Map<String, Object> answer, String line) throws IOException {
        if (where.json) {
            Listing.json(out, answer);
        } else {
            out.println(line);
        }
    }

    @Command(
            name = "rollback",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = {
                "Publishes the weights of an earlier version as a new version, from which training goes on.",
                "An open round is abandoned; the optimiser forgets where it was going."
            })
    Integer rollBack(
            @Mixin Where where,
            @Parameters(arity = "0..1", paramLabel = "VERSION", description = "The version to go back to.")
                    Optional<Long> version,
            @Option(
                            names = "--before-device",
                            paramLabel = "DEVICE",
                            description = "Go back to the last version before the first update of this device.")
                    Optional<String> device,
            @Option(
                            names = "--expected-version",
                            paramLabel = "V",
                            description = "Do nothing if another version than this is the newest by now.")
                    Optional<Long> expected)
            throws InterruptedException {
        return Asking.run(named("rollback"), where, (client, out) -> {
            if (version.isPresent() == device.isPresent()) {
                throw new IllegalArgumentException("say VERSION or --before-device DEVICE, one of them");
            } else if (version.isPresent()) {
                rollBack(where, client, out, version, expected);
            } else {
                String name = where.one(client);
                String id = new DeviceId(device.orElseThrow()).value();
                rolledBack(where, out, name, client.post("/" + name + "/devices/" + id + "/roll-back", body(expected)));
            }
        });
    }

    /** Rolls back to a version. */
    static void rollBack(
            Where where, CoordinatorClient client, PrintWriter out, Optional<Long> version, Optional<Long> expected)
            throws IOException, InterruptedException {
        String name = where.one(client);
        String path = "/" + name + "/models/" + version.orElseThrow() + "/roll-back";
        rolledBack(where, out, name, client.post(path, body(expected)));
    }

    private static Map<String, Object> body(Optional<Long> expected) {
        Map<String, Object> body = new LinkedHashMap<>();
        expected.ifPresent(version -> body.put("expectedVersion", version));
        return body;
    }

    private static void rolledBack(Where where, PrintWriter out, String name, Map<String, Object> answer)
            throws IOException {
        tell(
                where,
                out,
                answer,
                name + ": version " + answer.get("version") + " has the weights of version "
                        + answer.get("restoredFrom"));
    }

    @Command(
            name = "quarantine",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = {
                "Lets a device take no part from now on, nor what of it is not yet in a version; --release ends that.",
                "What it contributed to versions stays: rollback --before-device goes back to where it was not."
            })
    Integer quarantine(
            @Mixin Where where,
            @Parameters(paramLabel = "DEVICE", description = "The device's id.") String device,
            @Option(names = "--reason", paramLabel = "TEXT", description = "Why; the device is told.")
                    Optional<String> reason,
            @Option(names = "--release", description = "Let it take part again.") boolean release)
            throws InterruptedException {
        return Asking.run(named("quarantine"), where, (client, out) -> {
            String name = where.one(client);
            String id = new DeviceId(device).value();
            Map<String, Object> body = new LinkedHashMap<>();
            reason.ifPresent(why -> body.put("reason", why));
            if (release && reason.isPresent()) {
                throw new IllegalArgumentException("--release needs no --reason");
            }
            Map<String, Object> answer =
                    client.post("/" + name + "/devices/" + id + (release ? "/release" : "/quarantine"), body);
            tell(where, out, answer, name + ": " + id + (release ? " may take part again" : " is in quarantine"));
        });
    }
}

package dev.tributary.coordinator.app;

import dev.tributary.process.ProcessLog;
import dev.tributary.update.DeviceId;
import dev.tributary.update.FederationId;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells what a running coordinator knows of its devices. */
@Command(
        name = "devices",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = ProgramVersion.class,
        description = "Tells what a running coordinator knows of its devices.",
        footer = {"", "Exit status: 0 told, 1 failed, 2 wrong options."})
public final class DevicesMain {
    /** Which coordinator, and which of its federations. */
    static final class Where {
        @Option(
                names = "--coordinator",
                paramLabel = "URL",
                defaultValue = "http://127.0.0.1:8080",
                description = "The coordinator's HTTP address; ${DEFAULT-VALUE} unless given.")
        URI coordinator;

        @Option(
                names = "--federation",
                paramLabel = "NAME",
                description = "One federation; all that the coordinator runs without it.")
        Optional<String> federation = Optional.empty();

        List<String> federations(CoordinatorClient client) throws IOException, InterruptedException {
            if (federation.isPresent()) {
                return List.of(new FederationId(federation.get()).value());
            }
            List<String> names = new ArrayList<>();
            for (Map<?, ?> one : Lists.of(client.getJson(""), "federations")) {
                names.add(String.valueOf(one.get("federation")));
            }
            return names;
        }
    }

    /** Tells the devices, or explains one of them. */
    public static void main(String[] arguments) {
        ProcessLog.install();
        System.exit(new CommandLine(new DevicesMain()).execute(arguments));
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Lists the devices, with role, status and examples.")
    Integer list(@Mixin Where where) throws InterruptedException {
        return Asking.run("devices", where.coordinator, client -> {
            TextTable table = new TextTable("FEDERATION", "DEVICE", "STATUS", "SINCE", "ROLE", "EXAMPLES");
            for (String name : where.federations(client)) {
                for (Map<?, ?> one : Lists.of(client.getJson("/" + name + "/devices"), "devices")) {
                    table.add(
                            name,
                            one.get("device"),
                            one.get("status"),
                            one.get("since"),
                            one.get("role"),
                            one.get("examples"));
                }
            }
            System.out.print(table);
        });
    }

    @Command(
            name = "explain",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Explains why a device did or did not take part in the last rounds.")
    Integer explain(
            @Mixin Where where,
            @Parameters(paramLabel = "DEVICE", description = "The device's id.") String device,
            @Option(
                            names = "--rounds",
                            paramLabel = "N",
                            defaultValue = "10",
                            description = "How many rounds, newest first; ${DEFAULT-VALUE} unless given.")
                    int rounds)
            throws InterruptedException {
        return Asking.run("devices", where.coordinator, client -> {
            String id = new DeviceId(device).value();
            boolean isKnown = false;
            for (String name : where.federations(client)) {
                boolean isMember = where.federation.isPresent()
                        || Lists.of(client.getJson("/" + name + "/devices"), "devices").stream()
                                .anyMatch(one -> id.equals(one.get("device")));
                if (isMember) {
                    isKnown = true;
                    explain(name, client.getJson("/" + name + "/devices/" + id), rounds);
                }
            }
            if (!isKnown) {
                throw new IOException("no federation knows a device " + id);
            }
        });
    }

    private static void explain(String federation, Map<String, Object> device, int limit) throws IOException {
        System.out.printf(
                "%s in %s: %s since %s, %s, %s examples%n",
                device.get("device"),
                federation,
                device.get("status"),
                device.get("since"),
                device.get("role"),
                device.get("examples"));
        TextTable table = new TextTable("ROUND", "KIND", "OPENED", "OUTCOME", "THE DEVICE");
        Lists.of(device, "rounds").stream()
                .limit(limit)
                .forEach(round -> table.add(
                        round.get("round") + "." + round.get("attempt"),
                        round.get("kind"),
                        round.get("openedAt"),
                        round.get("outcome"),
                        round.get("explanation")));
        System.out.print(table);
    }
}

package dev.tributary.coordinator.app;

import dev.tributary.process.ProcessLog;
import dev.tributary.update.DeviceId;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells what a running coordinator knows of its devices. */
@Command(
        name = "devices",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = ProgramVersion.class,
        description = "Tells what a running coordinator knows of its devices.",
        footer = {"", "Exit status: 0 told, 1 failed, 2 wrong options."})
public final class DevicesMain implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Mixin
    private Where where;

    /** Tells the devices, or explains one of them. */
    public static void main(String[] arguments) {
        ProcessLog.install();
        System.exit(new CommandLine(new DevicesMain()).execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        return list(where);
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Lists the devices, with presence, role, and what became of their answers.")
    Integer list(@Mixin Where about) throws InterruptedException {
        return Asking.run(command, about, (client, out) -> {
            Listing devices = new Listing("devices");
            for (String name : about.federations(client)) {
                client.list("/" + name + "/devices", "devices").forEach(one -> devices.add(name, one));
            }
            devices.tell(
                    out,
                    about.json,
                    "federation",
                    "device",
                    "status",
                    "lastSeen",
                    "role",
                    "examples",
                    "selected",
                    "contributed",
                    "rejected",
                    "declined",
                    "quarantine.reason");
        });
    }

    @Command(
            name = "explain",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Explains why a device did or did not take part in the last rounds.")
    Integer explain(
            @Mixin Where about,
            @Parameters(paramLabel = "DEVICE", description = "The device's id.") String device,
            @Option(
                            names = "--rounds",
                            paramLabel = "N",
                            defaultValue = "10",
                            description = "How many rounds, newest first; ${DEFAULT-VALUE} unless given.")
                    int rounds)
            throws InterruptedException {
        return Asking.run(command, about, (client, out) -> {
            String id = new DeviceId(device).value();
            boolean isKnown = false;
            for (String name : about.federations(client)) {
                boolean isMember = about.federation.isPresent()
                        || client.list("/" + name + "/devices", "devices").stream()
                                .anyMatch(one -> id.equals(one.get("device")));
                if (isMember) {
                    isKnown = true;
                    Map<String, Object> known = client.getJson("/" + name + "/devices/" + id);
                    explain(
                            about,
                            out,
                            name,
                            known,
                            client.list("/" + name + "/devices/" + id + "/rounds", "rounds", rounds));
                }
            }
            if (!isKnown) {
                throw new IOException("no federation knows a device " + id);
            }
        });
    }

    private static void explain(
            Where about,
            PrintWriter out,
            String federation,
            Map<String, Object> device,
            List<Map<String, Object>> rounds)
            throws IOException {
        if (!about.json) {
            out.printf(
                    "%s in %s: %s since %s, %s, %s examples%n",
                    device.get("device"),
                    federation,
                    device.get("status"),
                    device.get("since"),
                    device.get("role"),
                    device.get("examples"));
        }
        Listing listing = new Listing("rounds");
        rounds.forEach(round -> listing.add(federation, round));
        listing.tell(out, about.json, "id", "kind", "openedAt", "outcome", "explanation");
    }
}

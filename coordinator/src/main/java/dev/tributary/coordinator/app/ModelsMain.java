package dev.tributary.coordinator.app;

import dev.tributary.process.ProcessLog;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lists a running coordinator's model versions, and rolls back to one of them. */
@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = ProgramVersion.class,
        description = "Lists a running coordinator's model versions, and rolls back to one of them.",
        footer = {"", "Exit status: 0 done, 1 failed, 2 wrong options."})
public final class ModelsMain {
    /** Lists, or rolls back. */
    public static void main(String[] arguments) {
        ProcessLog.install();
        System.exit(new CommandLine(new ModelsMain()).execute(arguments));
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Lists the newest model versions with their lineage.")
    Integer list(@Mixin DevicesMain.Where where) throws InterruptedException {
        return Asking.run("models", where.coordinator, client -> {
            TextTable table = new TextTable("FEDERATION", "VERSION", "BASE", "RESTORED FROM", "ROUND", "COMMITTED");
            for (String name : where.federations(client)) {
                for (Map<?, ?> one : Lists.of(client.getJson("/" + name + "/models"), "models")) {
                    table.add(
                            name,
                            one.get("version"),
                            one.get("baseVersion"),
                            one.get("restoredFrom"),
                            one.get("round"),
                            one.get("committedAt"));
                }
            }
            System.out.print(table);
        });
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
            @Mixin DevicesMain.Where where,
            @Parameters(paramLabel = "VERSION", description = "The version to go back to.") long version)
            throws InterruptedException {
        return Asking.run("models", where.coordinator, client -> {
            if (where.federation.isEmpty()) {
                throw new IllegalArgumentException("rollback needs --federation NAME");
            }
            String name = where.federations(client).get(0);
            Object next = client.post("/" + name + "/models/" + version + "/roll-back")
                    .get("version");
            System.out.println(name + ": version " + next + " has the weights of version " + version);
        });
    }
}

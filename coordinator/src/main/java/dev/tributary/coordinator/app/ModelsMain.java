package dev.tributary.coordinator.app;

import dev.tributary.process.ProcessLog;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists a running coordinator's model versions, and rolls back to one of them. */
@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = ProgramVersion.class,
        description = "Lists a running coordinator's model versions, and rolls back to one of them.",
        footer = {"", "Exit status: 0 done, 1 failed, 2 wrong options."})
public final class ModelsMain implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Mixin
    private Where where;

    /** Lists, or rolls back. */
    public static void main(String[] arguments) {
        ProcessLog.install();
        System.exit(new CommandLine(new ModelsMain()).execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        return list(where);
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Lists the newest 100 model versions with their lineage.")
    Integer list(@Mixin Where about) throws InterruptedException {
        return Asking.run(command, about, (client, out) -> {
            Listing models = new Listing("models");
            for (String name : about.federations(client)) {
                client.list("/" + name + "/models", "models", 100).forEach(one -> models.add(name, one));
            }
            models.tell(
                    out,
                    about.json,
                    "federation",
                    "version",
                    "baseVersion",
                    "restoredFrom",
                    "round",
                    "contributors",
                    "metrics.own.accuracy",
                    "metrics.own.rmse",
                    "committedAt");
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
            @Mixin Where about,
            @Parameters(paramLabel = "VERSION", description = "The version to go back to.") long version,
            @Option(
                            names = "--expected-version",
                            paramLabel = "V",
                            description = "Do nothing if another version than this is the newest by now.")
                    Optional<Long> expected)
            throws InterruptedException {
        return Asking.run(
                command, about, (client, out) -> ActMain.rollBack(about, client, out, Optional.of(version), expected));
    }
}

package dev.tributary.coordinator.app;

import dev.tributary.config.ConfigurationException;
import dev.tributary.coordinator.store.StoreUnavailableException;
import dev.tributary.coordinator.store.jdbc.Database;
import dev.tributary.coordinator.store.jdbc.StoreBackup;
import dev.tributary.coordinator.store.jdbc.StoreLease;
import dev.tributary.process.ProcessLog;
import dev.tributary.update.FederationId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes a coordinator's state into a file, and restores it. */
@Command(
        name = "coordinator",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = ProgramVersion.class,
        description = "Writes a coordinator's state into a file, and restores it.",
        footer = {"", "Exit status: 0 done, 1 failed, 2 wrong options or configuration."})
public final class StateMain {
    /** One piece of work on a coordinator's database. */
    private interface Work {
        void on(Database database);
    }

    /** Backs up or restores. */
    public static void main(String[] arguments) {
        ProcessLog.install();
        System.exit(new CommandLine(new StateMain()).execute(arguments));
    }

    @Command(
            name = "backup",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Writes all that the coordinator keeps into one file, also while it runs.")
    Integer backup(
            @Option(
                            names = "--config",
                            required = true,
                            paramLabel = "FILE",
                            description = "The coordinator's YAML file, which says where its database is.")
                    Path config,
            @Option(names = "--out", required = true, paramLabel = "FILE", description = "The new file.") Path out) {
        return run(
                () -> {
                    CoordinatorConfig settings = CoordinatorConfig.load(config, System.getenv());
                    return Database.openExisting(settings.database());
                },
                database -> {
                    StoreBackup.write(database, out.toAbsolutePath());
                    System.out.println("wrote what " + database.name() + " keeps to " + out);
                });
    }

    @Command(
            name = "restore",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = {
                "Puts what a backup holds into the coordinator's database; the coordinator must not run.",
                "Each federation goes on above all numbers that its devices may have seen since the backup."
            })
    Integer restore(
            @Option(
                            names = "--config",
                            required = true,
                            paramLabel = "FILE",
                            description = "The coordinator's YAML file, which says where its database is.")
                    Path config,
            @Option(names = "--from", required = true, paramLabel = "FILE", description = "The backup.") Path from,
            @Option(names = "--replace", description = "Forget what the database keeps; without it, it must be empty.")
                    boolean replace) {
        return run(
                () -> {
                    CoordinatorConfig settings = CoordinatorConfig.load(config, System.getenv());
                    return Database.open(settings.database());
                },
                database -> restore(database, from, replace));
    }

    private static void restore(Database database, Path from, boolean replace) {
        try (StoreLease lease =
                database.lease("restore, process " + ProcessHandle.current().pid())) {
            if (!lease.tryAcquire()) {
                throw new StoreUnavailableException(
                        database.name() + " is in use by " + lease.holder() + "; stop it before you restore");
            }
            Map<FederationId, Long> epochs = StoreBackup.restore(from, database, lease, replace, Instant.now());
            epochs.forEach((federation, epoch) ->
                    System.out.println("restored " + federation + "; its numbers go on from " + epoch + ",000,000"));
        }
    }

    /** Opens a database. */
    private interface Opening {
        Database open();
    }

    private static int run(Opening opening, Work work) {
        try (Database database = opening.open()) {
            work.on(database);
            return CommandLine.ExitCode.OK;
        } catch (ConfigurationException e) {
            e.problems().forEach(problem -> System.err.println("coordinator: " + problem));
            return CommandLine.ExitCode.USAGE;
        } catch (StoreUnavailableException e) {
            System.err.println("coordinator: " + e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
    }
}

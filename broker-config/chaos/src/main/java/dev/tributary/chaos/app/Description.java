package dev.tributary.chaos.app;

import dev.tributary.chaos.stage.Cast;
import dev.tributary.demo.child.ChildProcesses;
import dev.tributary.demo.child.Happening;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks {@code simulate --describe} who the devices are. */
final class Description {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private Description() {}

    static Cast ask(ChildProcesses children, List<String> dataArguments)
            throws ChaosFailure, IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("simulate", "--describe"));
        arguments.addAll(dataArguments);
        children.start("description", arguments);
        StringBuilder told = new StringBuilder();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            Optional<Happening> happening = children.next(Duration.ofSeconds(1));
            if (children.isClosing()) {
                throw new ChaosFailure(ChaosFailure.FAILED, "stopped");
            }
            if (happening.isPresent() && happening.get() instanceof Happening.Line line) {
                told.append(line.text());
            } else if (happening.isPresent() && happening.get() instanceof Happening.Ended ended) {
                return cast(ended, told.toString());
            }
        }
        throw new ChaosFailure(
                ChaosFailure.FAILED, "the devices' data could not be read within " + PATIENCE.toSeconds() + " s");
    }

    private static Cast cast(Happening.Ended ended, String told) throws ChaosFailure {
        if (ended.exitCode() != 0) {
            String reason = ended.child()
                    .errorOutput()
                    .lines()
                    .filter(line -> !line.isBlank())
                    .findFirst()
                    .orElse("simulate --describe ended with exit code " + ended.exitCode())
                    .replaceFirst("^tributary simulate: ", "");
            boolean isUsage = ended.exitCode() == ChaosFailure.BAD_USAGE;
            throw new ChaosFailure(isUsage ? ChaosFailure.BAD_USAGE : ChaosFailure.FAILED, reason);
        }
        Cast cast = Cast.of(told)
                .orElseThrow(() -> new ChaosFailure(ChaosFailure.FAILED, "the devices did not describe themselves"));
        if (cast.devices().size() < ChaosOptions.MIN_DEVICES) {
            throw new ChaosFailure(
                    ChaosFailure.BAD_USAGE,
                    "at least " + ChaosOptions.MIN_DEVICES + " devices are needed, there are "
                            + cast.devices().size());
        }
        return cast;
    }
}

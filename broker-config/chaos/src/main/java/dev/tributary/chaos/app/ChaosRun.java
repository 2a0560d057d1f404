package dev.tributary.chaos.app;

import dev.tributary.chaos.fault.Schedule;
import dev.tributary.chaos.report.Outcome;
import dev.tributary.chaos.report.OutcomeJson;
import dev.tributary.chaos.report.OutcomeText;
import dev.tributary.chaos.stage.Cast;
import dev.tributary.chaos.stage.StageFailure;
import dev.tributary.chaos.stage.Workplace;
import dev.tributary.demo.child.ChildProcesses;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;

/** From the first process to the verdict. {@link #close} is safe from any thread, the rest belongs to one. */
final class ChaosRun implements Callable<Integer>, AutoCloseable {
    private final ChaosOptions options;
    private final Narrator narrator;
    private final InstantSource clock;
    private volatile Optional<ChildProcesses> children = Optional.empty();
    private volatile Optional<EvidenceFolder> folder = Optional.empty();
    private volatile boolean closed;

    ChaosRun(ChaosOptions options, Narrator narrator, InstantSource clock) {
        this.options = options;
        this.narrator = narrator;
        this.clock = clock;
    }

    @Override
    public Integer call() throws ChaosFailure, InterruptedException {
        try {
            if (options.checked().isPresent()) {
                EvidenceFolder kept = new EvidenceFolder(
                        options.checked().get().toAbsolutePath().normalize(), false);
                return judge(kept, kept.devices());
            }
            EvidenceFolder fresh = EvidenceFolder.prepare(options.evidence());
            folder = Optional.of(fresh);
            Cast cast = Description.ask(newChildren(), options.dataArguments());
            fresh.keepDevices(cast.devices().size());
            breakAndMend(cast, fresh);
            return judge(fresh, cast.devices().size());
        } catch (StageFailure e) {
            throw new ChaosFailure(ChaosFailure.FAILED, e.getMessage());
        } catch (IOException e) {
            throw new ChaosFailure(ChaosFailure.FAILED, e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    /** The run with faults, then one without that makes as many versions. */
    private void breakAndMend(Cast cast, EvidenceFolder evidence)
            throws IOException, StageFailure, ChaosFailure, InterruptedException {
        Schedule schedule = Schedule.draw(options.seed(), options.length(), cast.agents(), cast.devices());
        narrator.say((cast.fleet().simulated() ? "A built-in plant, which is a simulator and no real machine: " : "")
                + cast.devices().size() + " devices, " + cast.agents().size()
                + " of them processes of their own; " + schedule.faults().size() + " faults in "
                + options.length().toSeconds() + " s, seed " + options.seed() + ".");
        Workplace faulty = evidence.faulty();
        try (Production production = production(cast, OptionalLong.empty(), faulty)) {
            production.run(schedule);
        }
        long versions = new Verdict(faulty, evidence.reference(), Optional.empty())
                .reached(cast.devices().size())
                .version();
        narrator.say("Version " + versions + " was reached; now " + versions + " versions without faults.");
        try (Production production = production(cast, OptionalLong.of(versions), evidence.reference())) {
            production.runToTheEnd();
        }
    }

    private Production production(Cast cast, OptionalLong versions, Workplace place) throws IOException, StageFailure {
        return new Production(
                new Production.ChosenRun(cast, options.dataArguments(), options.seed(), versions),
                newChildren(),
                place,
                narrator,
                clock);
    }

    /** What earlier children told is nobody's business any more, so each run has its own. */
    private ChildProcesses newChildren() throws StageFailure {
        children.ifPresent(ChildProcesses::close);
        ChildProcesses fresh =
                new ChildProcesses(options.launcher(), (child, line) -> narrator.detail("[" + child + "] " + line));
        children = Optional.of(fresh);
        if (closed) {
            throw new StageFailure("stopped");
        }
        return fresh;
    }

    private int judge(EvidenceFolder evidence, long devices) throws IOException, ChaosFailure {
        Outcome outcome = new Verdict(evidence.faulty(), evidence.reference(), options.plant()).outcome(devices);
        narrator.say("");
        List<String> lines = OutcomeText.lines(outcome);
        narrator.say(lines);
        if (options.json()) {
            narrator.result(OutcomeJson.of(outcome));
        }
        return outcome.isGood() ? 0 : ChaosFailure.FAILED;
    }

    /** Ends all processes and removes what is temporary. */
    @Override
    public void close() {
        closed = true;
        children.ifPresent(ChildProcesses::close);
        folder.ifPresent(EvidenceFolder::close);
    }
}

package dev.tributary.chaos.app;

import dev.tributary.chaos.evidence.CaptureFile;
import dev.tributary.chaos.evidence.FaultFile;
import dev.tributary.chaos.evidence.InjectedFault;
import dev.tributary.chaos.fault.Fault;
import dev.tributary.chaos.fault.Schedule;
import dev.tributary.chaos.proxy.MqttProxy;
import dev.tributary.chaos.stage.Cast;
import dev.tributary.chaos.stage.Stage;
import dev.tributary.chaos.stage.StageFailure;
import dev.tributary.chaos.stage.Workplace;
import dev.tributary.demo.child.ChildProcesses;
import dev.tributary.demo.setup.FederationYaml;
import dev.tributary.demo.setup.LocalPort;
import dev.tributary.update.FederationId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/** One run of all processes behind the proxy, from their start to their end. Used once, by one thread. */
final class Production implements AutoCloseable {
    /** With a server that remembers nothing, a version follows from the one before and its updates alone. */
    private static final Map<String, String> REFOLDABLE = Map.of("serverOptimizer", "fedavg", "exampleCap", "none");

    private static final int DEADLINE_SECONDS = 5;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration NEWS = Duration.ofSeconds(15);
    /** Versions that everybody takes part in after the last fault, before the metric is read. */
    private static final int CALM_VERSIONS = 5;

    private final Cast cast;
    private final Workplace place;
    private final Narrator narrator;
    private final InstantSource clock;
    private final CaptureFile capture;
    private final MqttProxy proxy;
    private final Stage stage;
    private final Progress progress;

    private record Turn(Duration at, Fault fault, boolean begins) {}

    Production(ChosenRun run, ChildProcesses children, Workplace place, Narrator narrator, InstantSource clock)
            throws IOException, StageFailure {
        this.cast = run.cast();
        this.place = place;
        this.narrator = narrator;
        this.clock = clock;
        this.progress = new Progress(cast.devices().size());
        int brokerPort = LocalPort.free(0).orElseThrow(() -> new IOException("no free port on 127.0.0.1"));
        this.capture = CaptureFile.create(place.capture(), new FederationId(Workplace.FEDERATION), clock);
        this.proxy = MqttProxy.open(
                0,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), brokerPort),
                capture,
                new SplittableRandom(run.seed()));
        this.stage = new Stage(children, cast, place, run.dataArguments(), brokerPort, proxy.port());
        stage.configure(federation(run));
    }

    /** What is the same in both runs, and how many versions to make; empty: until it is stopped. */
    record ChosenRun(Cast cast, List<String> dataArguments, long seed, OptionalLong versions) {}

    private static String federation(ChosenRun run) {
        int devices = run.cast().devices().size();
        return new FederationYaml(
                        Workplace.FEDERATION,
                        run.cast().fleet(),
                        REFOLDABLE,
                        Map.of(
                                "goal", Integer.toString(Math.max(1, devices * 9 / 10)),
                                "minimum", Integer.toString(Math.max(1, devices / 3)),
                                "deadline", DEADLINE_SECONDS + "s"),
                        "{trainRounds: " + run.versions().orElse(1_000_000) + "}",
                        OptionalLong.of(run.seed()))
                .text();
    }

    /** Runs until the federation has come to its end by itself. */
    void runToTheEnd() throws StageFailure, InterruptedException {
        stage.startAll();
        while (!progress.isFinished()) {
            long newest = progress.newest();
            await("one more version", () -> progress.newest() > newest || progress.isFinished());
        }
        stage.stopAll();
    }

    /** Runs through the schedule, then until all have recovered; returns the faults as they happened. */
    List<InjectedFault> run(Schedule schedule) throws StageFailure, InterruptedException, IOException {
        stage.startAll();
        await("the first version", () -> progress.newest() > 0);
        List<InjectedFault> faults = inject(schedule);
        proxy.calm();
        narrator.say(
                "The last fault is mended; waiting until all " + cast.devices().size() + " devices take part again.");
        long calm = progress.newest() + CALM_VERSIONS;
        await("all devices to take part again", () -> progress.fullyEvaluated() >= calm);
        stage.stopAll();
        FaultFile.write(place.faults(), faults);
        return faults;
    }

    private List<InjectedFault> inject(Schedule schedule) throws StageFailure, InterruptedException {
        Injector injector = new Injector(stage, proxy);
        Map<Fault, Long> began = new HashMap<>();
        List<InjectedFault> faults = new ArrayList<>();
        long start = System.nanoTime();
        long news = start;
        for (Turn turn : turns(schedule)) {
            long due = start + turn.at().toNanos();
            while (System.nanoTime() < due) {
                hear(Duration.ofNanos(Math.max(0, Math.min(TICK.toNanos(), due - System.nanoTime()))));
                if (System.nanoTime() - news > NEWS.toNanos()) {
                    news = System.nanoTime();
                    narrator.say(Duration.ofNanos(news - start).toSeconds() + " s of "
                            + schedule.length().toSeconds() + ": " + began.size() + " faults, "
                            + progress.newest() + " versions");
                }
            }
            if (turn.begins()) {
                narrator.detail("fault " + turn.fault().number() + ": "
                        + turn.fault().kind().words() + ", " + turn.fault().target() + ", for "
                        + turn.fault().lasts().toMillis() + " ms");
                began.put(turn.fault(), clock.millis());
                injector.begin(turn.fault());
            } else {
                injector.mend(turn.fault());
                faults.add(new InjectedFault(
                        turn.fault().number(),
                        turn.fault().kind(),
                        turn.fault().target(),
                        began.get(turn.fault()),
                        clock.millis()));
            }
        }
        faults.sort(Comparator.comparingInt(InjectedFault::number));
        return faults;
    }

    private static List<Turn> turns(Schedule schedule) {
        List<Turn> turns = new ArrayList<>();
        for (Fault fault : schedule.faults()) {
            turns.add(new Turn(fault.at(), fault, true));
            turns.add(new Turn(fault.until(), fault, false));
        }
        turns.sort(Comparator.comparing(Turn::at));
        return turns;
    }

    private void await(String what, BooleanSupplier done) throws StageFailure, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!done.getAsBoolean()) {
            hear(TICK);
            if (System.nanoTime() > end) {
                throw new StageFailure("waited " + PATIENCE.toSeconds() + " s in vain for " + what
                        + "; the newest version is " + progress.newest() + ", the newest that all devices evaluated "
                        + progress.fullyEvaluated());
            }
        }
    }

    private void hear(Duration patience) throws StageFailure, InterruptedException {
        stage.hear(patience).ifPresent(progress::take);
    }

    /** Closes the proxy and ends the capture; processes are their owner's. */
    @Override
    public void close() throws IOException {
        proxy.close();
        capture.close();
    }
}

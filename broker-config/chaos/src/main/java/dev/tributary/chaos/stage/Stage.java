package dev.tributary.chaos.stage;

import dev.tributary.chaos.fault.Fault;
import dev.tributary.demo.child.ChildProcess;
import dev.tributary.demo.child.ChildProcesses;
import dev.tributary.demo.child.Happening;
import dev.tributary.demo.event.Event;
import dev.tributary.demo.event.EventReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The running processes by name: broker, coordinator, one for each agent and group. Belongs to one thread. */
public final class Stage {
    private static final Duration CLEAN_END = Duration.ofSeconds(20);
    private static final Duration AFTER_KILL = Duration.ofSeconds(10);
    private static final String GROUP = "group-";
    /** A device's process is started often and lives briefly. */
    private static final Map<String, String> SMALL_JVM =
            Map.of("TRIBUTARY_JAVA_OPTS", "-Xmx96m -XX:+UseSerialGC -XX:TieredStopAtLevel=1");

    private static final Map<String, String> GROUP_JVM = Map.of("TRIBUTARY_JAVA_OPTS", "-Xmx256m -XX:+UseSerialGC");

    private final ChildProcesses children;
    private final Cast cast;
    private final Workplace place;
    private final List<String> dataArguments;
    private final int brokerPort;
    private final int proxyPort;
    private final Map<String, ChildProcess> running = new HashMap<>();
    private final Set<ChildProcess> dismissed = new HashSet<>();
    private Duration clockOffset = Duration.ZERO;

    /**
     * A stage with nobody on it.
     *
     * @param dataArguments what {@code simulate} is told about the devices' data
     */
    public Stage(
            ChildProcesses children,
            Cast cast,
            Workplace place,
            List<String> dataArguments,
            int brokerPort,
            int proxyPort) {
        this.children = children;
        this.cast = cast;
        this.place = place;
        this.dataArguments = List.copyOf(dataArguments);
        this.brokerPort = brokerPort;
        this.proxyPort = proxyPort;
    }

    /** Writes the coordinator's files. */
    public void configure(String federationYaml) throws IOException {
        place.configure(federationYaml, proxyPort);
        place.setClockOffset(Duration.ZERO);
    }

    /** Starts everybody; they find each other. */
    public void startAll() throws StageFailure {
        start(Fault.BROKER);
        start(Fault.COORDINATOR);
        for (int i = 0; i < cast.groups().size(); i++) {
            start(GROUP + (i + 1));
        }
        for (String agent : cast.agents()) {
            start(agent);
        }
    }

    /** Starts the process of this name. */
    public void start(String name) throws StageFailure {
        try {
            running.put(name, children.start(name, arguments(name), environment(name)));
        } catch (IOException e) {
            throw new StageFailure("cannot start " + name + ": " + e.getMessage());
        }
    }

    private static Map<String, String> environment(String name) {
        if (name.equals(Fault.BROKER) || name.equals(Fault.COORDINATOR)) {
            return Map.of();
        }
        return name.startsWith(GROUP) ? GROUP_JVM : SMALL_JVM;
    }

    private List<String> arguments(String name) {
        if (name.equals(Fault.BROKER)) {
            return List.of("broker", "--port=" + brokerPort, "--home=" + place.brokerHome(), "--stop-with-stdin");
        }
        if (name.equals(Fault.COORDINATOR)) {
            return List.of(
                    "coordinator",
                    "--config=" + place.coordinatorFile(),
                    "--clock-offset=" + place.clockOffset(),
                    "--events",
                    "--stop-with-stdin");
        }
        List<String> devices = cast.agents().contains(name)
                ? List.of(name)
                : cast.groups().get(Integer.parseInt(name.substring(GROUP.length())) - 1);
        List<String> arguments = new ArrayList<>(List.of(
                "simulate",
                "--broker=tcp://127.0.0.1:" + proxyPort,
                "--federation=" + Workplace.FEDERATION,
                "--only=" + String.join(",", devices),
                "--journal=" + place.journals().resolve(name + ".jsonl"),
                "--events",
                "--stop-with-stdin"));
        if (cast.agents().contains(name)) {
            arguments.add("--state=" + place.state());
        }
        arguments.addAll(dataArguments);
        return arguments;
    }

    /** Kills with SIGKILL. */
    public void kill(String name) throws StageFailure {
        ChildProcess child = running.get(name);
        dismissed.add(child);
        child.kill();
        if (!child.awaitEnd(AFTER_KILL)) {
            throw new StageFailure(name + " lives on after SIGKILL");
        }
    }

    /** Stops where it stands. */
    public void pause(String name) throws StageFailure {
        signal(name, "STOP");
    }

    /** Lets go on what was paused. */
    public void resume(String name) throws StageFailure {
        signal(name, "CONT");
    }

    private void signal(String name, String signal) throws StageFailure {
        try {
            Process kill = new ProcessBuilder(
                            "kill",
                            "-" + signal,
                            Long.toString(running.get(name).pid()))
                    .redirectErrorStream(true)
                    .start();
            int code = kill.waitFor();
            if (code != 0) {
                throw new StageFailure("cannot send SIG" + signal + " to " + name + ": kill ended with " + code);
            }
        } catch (IOException e) {
            throw new StageFailure("cannot send SIG" + signal + " to " + name + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StageFailure("stopped");
        }
    }

    /** Sets the coordinator's clock forward, or back. */
    public void jumpClock(Duration by) {
        clockOffset = clockOffset.plus(by);
        place.setClockOffset(clockOffset);
    }

    /**
     * What the coordinator or a fleet told next, if they do within {@code patience}.
     *
     * @throws StageFailure when a process ended that nobody ended, or everything is being stopped
     */
    public Optional<Event> hear(Duration patience) throws StageFailure, InterruptedException {
        Optional<Happening> happening = children.next(patience);
        if (children.isClosing()) {
            throw new StageFailure("stopped");
        }
        if (happening.isEmpty()) {
            return Optional.empty();
        }
        if (happening.get() instanceof Happening.Ended ended && !dismissed.remove(ended.child())) {
            String words = ended.child().lastWords();
            throw new StageFailure(ended.child().name() + " ended by itself with exit code " + ended.exitCode()
                    + (words.isEmpty() ? "" : ": " + words));
        }
        return happening.get() instanceof Happening.Line line
                        && line.child().name().equals(Fault.COORDINATOR)
                ? Optional.of(EventReader.read(line.text()))
                : Optional.empty();
    }

    /** Ends all processes with SIGTERM, the coordinator first and the broker last, each before the next kind. */
    public void stopAll() throws StageFailure {
        stop(List.of(Fault.COORDINATOR));
        List<String> devices = new ArrayList<>(running.keySet());
        devices.removeAll(List.of(Fault.COORDINATOR, Fault.BROKER));
        stop(devices);
        stop(List.of(Fault.BROKER));
    }

    private void stop(List<String> names) throws StageFailure {
        for (String name : names) {
            dismissed.add(running.get(name));
            running.get(name).askToEnd();
        }
        for (String name : names) {
            if (!running.get(name).awaitEnd(CLEAN_END)) {
                throw new StageFailure(name + " did not end within " + CLEAN_END.toSeconds() + " s of SIGTERM");
            }
            running.remove(name);
        }
    }
}

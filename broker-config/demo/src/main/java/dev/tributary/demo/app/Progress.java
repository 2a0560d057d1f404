package dev.tributary.demo.app;

import dev.tributary.demo.event.Event;
import dev.tributary.demo.event.Outcome;
import dev.tributary.demo.report.LeftOut;
import dev.tributary.demo.report.RoundTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Where the run stands, by what coordinator and fleet told, and the lines about it; not thread-safe. */
final class Progress {
    private final RoundTable table;
    private final List<String> known;
    private final LeftOut leftOut;
    private final List<String> failedDevices = new ArrayList<>();
    private final List<Double> trainLosses = new ArrayList<>();
    private final Set<String> rejectedDevices = new TreeSet<>();
    private Optional<Event.Ready> coordinator = Optional.empty();
    private Optional<Event.Ready> fleet = Optional.empty();
    private Optional<Event.RoundOpened> openRound = Optional.empty();
    private Optional<Event.Waiting> waiting = Optional.empty();
    private Optional<String> problem = Optional.empty();
    private Optional<Outcome> outcome = Optional.empty();

    /** {@code known} are the problems that the user has read already, each beginning with its file. */
    Progress(RoundTable table, LeftOut leftOut, List<String> known) {
        this.table = table;
        this.leftOut = leftOut;
        this.known = List.copyOf(known);
    }

    /** Takes the coordinator's news; returns the lines to show. */
    List<String> coordinatorTold(Event event) {
        if (event instanceof Event.Ready ready) {
            coordinator = Optional.of(ready);
        } else if (event instanceof Event.RoundOpened opened) {
            openRound = Optional.of(opened);
            waiting = Optional.empty();
            return opened.attempt() > 1
                    ? List.of("round " + opened.round() + " (" + opened.kind() + "), attempt " + opened.attempt())
                    : List.of();
        } else if (event instanceof Event.RoundClosed closed) {
            openRound = Optional.empty();
            leftOut.closed(closed);
            if (closed.committed() && closed.kind().equals("TRAIN")) {
                closed.loss().ifPresent(trainLosses::add);
            }
            return table.closed(closed);
        } else if (event instanceof Event.UpdatesLeftOut some) {
            leftOut.add(some);
        } else if (event instanceof Event.Evaluated evaluated) {
            return table.evaluated(evaluated);
        } else if (event instanceof Event.DeviceRejected rejected) {
            rejectedDevices.add(rejected.device());
            return List.of("rejected " + rejected.device() + " (" + rejected.code() + "): " + rejected.detail());
        } else if (event instanceof Event.Waiting now) {
            waiting = Optional.of(now);
        } else if (event instanceof Event.Problem told) {
            problem = Optional.of(told.message());
            return List.of("problem: " + told.message());
        } else if (event instanceof Event.Finished finished) {
            outcome = Optional.of(finished.outcome());
            return table.flush();
        }
        return List.of();
    }

    /** Takes the fleet's news; returns the lines to show. */
    List<String> fleetTold(Event event) {
        if (event instanceof Event.Ready ready) {
            fleet = Optional.of(ready);
        } else if (event instanceof Event.DeviceFailed failed) {
            failedDevices.add(failed.device() + ": " + failed.reason());
            return known.stream().anyMatch(problem -> problem.startsWith(failed.device() + ":"))
                    ? List.of()
                    : List.of("device " + failed.device() + " failed: " + failed.reason());
        }
        return List.of();
    }

    Optional<Event.Ready> coordinator() {
        return coordinator;
    }

    Optional<Event.Ready> fleet() {
        return fleet;
    }

    Optional<Outcome> outcome() {
        return outcome;
    }

    boolean hasOpenRound() {
        return openRound.isPresent();
    }

    /** How many devices are online while the coordinator waits for more; -1 when it does not wait. */
    long online() {
        return waiting.map(Event.Waiting::online).orElse(-1L);
    }

    /** Of each TRAIN round the mean loss on what was trained on, before training, in order. */
    List<Double> trainLosses() {
        return List.copyOf(trainLosses);
    }

    /** The devices of which something was refused, in order. */
    List<String> rejectedDevices() {
        return List.copyOf(rejectedDevices);
    }

    LeftOut leftOut() {
        return leftOut;
    }

    List<String> failedDevices() {
        return failedDevices;
    }

    /** What has to come next, for whoever waits. */
    String waitsFor() {
        if (problem.isPresent()) {
            return "the federation to go on after: " + problem.get();
        }
        if (openRound.isPresent()) {
            Event.RoundOpened round = openRound.get();
            return "round " + round.round() + " (" + round.kind() + ") of " + round.selected() + " devices";
        }
        if (waiting.isPresent()) {
            return "devices: " + waiting.get().online() + " of " + waiting.get().startWhen() + " are online";
        }
        return fleet.isEmpty() ? "the fleet to load its data and connect" : "the coordinator's next step";
    }
}

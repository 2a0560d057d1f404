package dev.tributary.chaos.app;

import dev.tributary.chaos.fault.Fault;
import dev.tributary.chaos.proxy.Disturbance;
import dev.tributary.chaos.proxy.MqttProxy;
import dev.tributary.chaos.stage.Stage;
import dev.tributary.chaos.stage.StageFailure;
import java.util.Optional;

/** Makes faults happen, and mends them. */
record Injector(Stage stage, MqttProxy proxy) {
    /** The coordinator's MQTT client id under the name that its configuration gives it. */
    private static final String COORDINATORS_CLIENT = "coordinator-chaos-0";

    private static final double SHARE = 0.3;

    void begin(Fault fault) throws StageFailure {
        switch (fault.kind()) {
            case KILL_COORDINATOR, KILL_BROKER, KILL_AGENT -> stage.kill(fault.target());
            case PAUSE_COORDINATOR, PAUSE_BROKER, PAUSE_AGENT -> stage.pause(fault.target());
            case CLOCK_JUMP -> stage.jumpClock(fault.amount());
            default -> disturbance(fault).ifPresent(one -> proxy.begin(client(fault), one));
        }
    }

    void mend(Fault fault) throws StageFailure {
        switch (fault.kind()) {
            case KILL_COORDINATOR, KILL_BROKER, KILL_AGENT -> stage.start(fault.target());
            case PAUSE_COORDINATOR, PAUSE_BROKER, PAUSE_AGENT -> stage.resume(fault.target());
            case CLOCK_JUMP -> stage.jumpClock(fault.amount().negated());
            default -> disturbance(fault).ifPresent(one -> proxy.end(client(fault), one));
        }
    }

    private static String client(Fault fault) {
        return fault.target().equals(Fault.COORDINATOR) ? COORDINATORS_CLIENT : fault.target();
    }

    private static Optional<Disturbance> disturbance(Fault fault) {
        return switch (fault.kind()) {
            case SILENCE -> Optional.of(new Disturbance.Silence());
            case RESET -> Optional.of(new Disturbance.Reset());
            case STALL -> Optional.of(new Disturbance.Stall());
            case DELAY -> Optional.of(new Disturbance.Delay(fault.amount()));
            case DUPLICATES -> Optional.of(new Disturbance.Duplicates(SHARE));
            case REORDERING -> Optional.of(new Disturbance.Reordering(SHARE));
            default -> Optional.empty();
        };
    }
}

package dev.tributary.coordinator.app;

import dev.tributary.coordinator.engine.FederationEvent;
import dev.tributary.coordinator.engine.FederationListener;
import dev.tributary.coordinator.store.RoundRecord;
import dev.tributary.coordinator.web.EvaluationJson;
import dev.tributary.update.EncodedVector.Role;
import java.util.Locale;

/** Tells a person what federations do, in the process's log. */
final class EventLog implements FederationListener {
    private static final System.Logger LOG = System.getLogger(EventLog.class.getName());

    @Override
    public void on(FederationEvent event) {
        String federation = event.federation().value();
        if (event instanceof FederationEvent.RoundClosed closed) {
            LOG.log(
                    closed.round().committed() ? System.Logger.Level.INFO : System.Logger.Level.WARNING,
                    federation + ": " + round(closed.round()));
        } else if (event instanceof FederationEvent.Evaluated evaluated) {
            evaluated
                    .evaluation()
                    .of(Role.OWN)
                    .ifPresent(own -> LOG.log(
                            System.Logger.Level.INFO,
                            federation + ": version " + evaluated.evaluation().version() + ": "
                                    + EvaluationJson.metrics(evaluated.schema(), own)));
        } else if (event instanceof FederationEvent.DeviceRejected rejected) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    federation + ": " + rejected.device() + " is left out, " + rejected.detail());
        } else if (event instanceof FederationEvent.UpdatesLeftOut leftOut) {
            leftOut.devices()
                    .forEach((device, why) -> LOG.log(
                            System.Logger.Level.INFO,
                            federation + ": round " + leftOut.round() + ": the update of " + device + " was " + why));
        } else if (event instanceof FederationEvent.Paused paused) {
            LOG.log(System.Logger.Level.INFO, federation + (paused.paused() ? ": paused" : ": resumed"));
        } else if (event instanceof FederationEvent.Quarantined device) {
            LOG.log(
                    System.Logger.Level.INFO,
                    federation + ": " + device.device()
                            + (device.quarantined() ? " is in quarantine: " + device.reason() : " is released"));
        } else if (event instanceof FederationEvent.Problem problem) {
            LOG.log(System.Logger.Level.WARNING, federation + ": " + problem.message());
        } else if (event instanceof FederationEvent.Finished finished) {
            LOG.log(
                    System.Logger.Level.INFO,
                    federation + ": finished with version " + finished.modelVersion() + ", " + finished.reason());
        } else if (event instanceof FederationEvent.Waiting waiting) {
            LOG.log(
                    System.Logger.Level.DEBUG,
                    federation + ": waiting, " + waiting.online() + " of " + waiting.needed() + " devices are online");
        }
    }

    private static String round(RoundRecord round) {
        return String.format(
                Locale.ROOT,
                "round %s %s %s with %d of %d (%s)%s, %.1f s",
                round.id(),
                round.kind().name(),
                round.committed() ? "committed" : "abandoned",
                round.contributors().size(),
                round.selected(),
                round.reason(),
                round.loss().isPresent()
                        ? String.format(Locale.ROOT, ", loss %.4f", round.loss().getAsDouble())
                        : "",
                round.duration().toMillis() / 1000.0);
    }
}

package dev.tributary.demo.event;

import java.util.List;

/** Reads the lines of {@code --events}. */
public final class EventReader {
    private EventReader() {}

    /** The event of one line; never throws, because a stray line must not end a run. */
    public static Event read(String line) {
        return Fields.parse(line).map(fields -> event(fields, line)).orElseGet(() -> new Event.Unknown(line));
    }

    private static Event event(Fields fields, String line) {
        return switch (fields.text("event")) {
            case "ready" -> new Event.Ready(fields.text("http"), fields.whole("devices"), fields.whole("trainers"));
            case "deviceFailed" -> new Event.DeviceFailed(fields.text("device"), fields.text("reason"));
            case "roundOpened" ->
                new Event.RoundOpened(
                        fields.whole("round"), fields.whole("attempt"), fields.text("kind"), fields.whole("selected"));
            case "roundClosed" ->
                new Event.RoundClosed(
                        fields.whole("round"),
                        fields.text("kind"),
                        fields.text("outcome").equals("COMMITTED"),
                        fields.text("reason"),
                        fields.whole("contributors"),
                        fields.whole("selected"),
                        fields.whole("declined"),
                        fields.whole("rejected"),
                        fields.number("loss"),
                        fields.whole("bytesUp"),
                        fields.whole("bytesUpFloat32"),
                        fields.number("seconds").orElse(0));
            case "evaluated" ->
                new Event.Evaluated(
                        fields.whole("version"),
                        fields.whole("trainRound"),
                        fields.scores("own"),
                        fields.scores("new"));
            case "deviceRejected" ->
                new Event.DeviceRejected(fields.text("device"), fields.text("code"), fields.text("detail"));
            case "updatesLeftOut" ->
                new Event.UpdatesLeftOut(
                        fields.whole("round"),
                        fields.objects("devices").stream()
                                .map(device -> device.text("device"))
                                .toList());
            case "waiting" -> new Event.Waiting(fields.whole("online"), fields.whole("startWhen"));
            case "finished" -> new Event.Finished(outcome(fields));
            case "problem" -> new Event.Problem(fields.text("message"));
            default -> new Event.Unknown(line);
        };
    }

    private static Outcome outcome(Fields fields) {
        List<String> outputs = fields.texts("outputs");
        return new Outcome(
                fields.text("federation"),
                fields.text("task"),
                fields.flag("converged"),
                fields.text("reason"),
                fields.whole("trainRounds"),
                fields.whole("modelVersion"),
                fields.whole("devices"),
                fields.whole("features"),
                outputs,
                fields.scores("own"),
                fields.scores("new"),
                fields.scores("personal"),
                fields.scores("localOnly"),
                fields.scores("baseline"),
                fields.number("seconds").orElse(0),
                fields.text("weightsSha256"));
    }
}

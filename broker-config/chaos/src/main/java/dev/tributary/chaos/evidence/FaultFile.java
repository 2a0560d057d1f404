package dev.tributary.chaos.evidence;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.tributary.chaos.fault.FaultKind;
import dev.tributary.demo.event.Fields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The faults of a run on disk, one JSON object a line. */
public final class FaultFile {
    private FaultFile() {}

    /** Writes all faults. */
    public static void write(Path file, List<InjectedFault> faults) throws IOException {
        List<String> lines = new ArrayList<>();
        for (InjectedFault fault : faults) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("number", fault.number());
            line.put("kind", fault.kind().name());
            line.put("target", fault.target());
            line.put("began", fault.beganAt());
            line.put("mended", fault.mendedAt());
            lines.add(JSON.std.asString(line));
        }
        Files.write(file, lines);
    }

    /** Reads them. */
    public static List<InjectedFault> read(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(Fields::parse)
                    .flatMap(Optional::stream)
                    .map(line -> new InjectedFault(
                            (int) line.whole("number"),
                            FaultKind.valueOf(line.text("kind")),
                            line.text("target"),
                            line.whole("began"),
                            line.whole("mended")))
                    .toList();
        }
    }
}

package dev.tributary.chaos.evidence;

import dev.tributary.demo.event.Fields;
import dev.tributary.model.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** Reads the journals of {@code simulate --journal} and {@code agent --journal}. Used once. */
public final class JournalFiles {
    private final List<Journals.Answer> answers = new ArrayList<>();
    private final List<Journals.Receipt> receipts = new ArrayList<>();
    private final List<Journals.Version> versions = new ArrayList<>();

    private JournalFiles() {}

    /** All journals in this folder; a line that a kill cut short is passed over. */
    public static Journals read(Path folder) throws IOException {
        JournalFiles reader = new JournalFiles();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.sorted().toList()) {
                try (Stream<String> lines = Files.lines(file)) {
                    lines.forEach(line -> Fields.parse(line).ifPresent(reader::take));
                }
            }
        }
        return new Journals(reader.answers, reader.receipts, reader.versions);
    }

    private void take(Fields line) {
        long at = line.whole("at");
        switch (line.text("event")) {
            case "answer" ->
                answers.add(new Journals.Answer(
                        at,
                        key(line),
                        line.text("kind").intern(),
                        line.text("sha256"),
                        Bytes.of(Base64.getDecoder().decode(line.text("payload")))));
            case "receipt" ->
                receipts.add(
                        new Journals.Receipt(at, key(line), line.text("code").intern(), line.flag("repeat")));
            case "model" ->
                versions.add(new Journals.Version(
                        at, line.text("device").intern(), line.whole("version"), line.text("sha256")));
            default -> {
                // Starts of processes are for people.
            }
        }
    }

    static AnswerKey key(Fields line) {
        return new AnswerKey(line.text("device").intern(), line.whole("round"), (int) line.whole("attempt"));
    }
}

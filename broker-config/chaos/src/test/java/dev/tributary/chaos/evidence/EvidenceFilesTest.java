package dev.tributary.chaos.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.chaos.fault.FaultKind;
import dev.tributary.chaos.proxy.Capture;
import dev.tributary.chaos.verdict.Story;
import dev.tributary.chaos.verdict.Story.Part;
import dev.tributary.model.Bytes;
import dev.tributary.protocol.Receipt;
import dev.tributary.update.DeviceId;
import dev.tributary.update.RoundId;
import dev.tributary.wire.Topics;
import dev.tributary.wire.WireMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceFilesTest {
    private static final DeviceId PUMP = new DeviceId("pump");

    @TempDir
    private Path folder;

    private final Story story = Story.begun().trained(2, 1, 2, new Part("pump", 1, 1, 2));

    @Test
    void journals_readBack_withoutALineThatAKillCutShort() throws IOException {
        Path file = folder.resolve("pump.jsonl");
        StoryFolder.writeJournal(story, file);
        Files.writeString(file, "{\"event\":\"receipt\",\"at\":99,\"dev", StandardOpenOption.APPEND);
        Files.writeString(folder.resolve("other.jsonl"), "{\"event\":\"start\",\"at\":1,\"pid\":7}\n");
        assertThat(JournalFiles.read(folder)).isEqualTo(story.journals());
    }

    @Test
    void capture_updatesReadBack_receiptsAreForPeople_otherTopicsAreNotThere() throws IOException {
        Path file = folder.resolve("capture.jsonl");
        Bytes payload = story.answers.get(0).payload();
        try (CaptureFile capture = CaptureFile.create(file, Story.FEDERATION, () -> Instant.ofEpochMilli(5))) {
            capture.passes(new Capture.Passage(true, "pump", Topics.update(Story.FEDERATION, 1, PUMP), false, payload));
            capture.passes(new Capture.Passage(
                    false, "coordinator-chaos-0", Topics.update(Story.FEDERATION, 1, PUMP), true, payload));
            Receipt receipt = new Receipt(Story.FEDERATION, new RoundId(2, 1), Receipt.Code.ACCEPTED, "", false);
            capture.passes(new Capture.Passage(
                    false, "pump", Topics.receipt(Story.FEDERATION, PUMP), false, WireMapper.encode(receipt)));
            capture.passes(new Capture.Passage(false, "pump", Topics.round(Story.FEDERATION), false, payload));
            capture.passes(new Capture.Passage(
                    true, "pump", Topics.update(Story.FEDERATION, 1, PUMP), false, Bytes.of((byte) 9)));
        }
        assertThat(CaptureFile.read(file))
                .hasSize(3)
                .startsWith(
                        new CapturedUpdate(
                                new AnswerKey("pump", 2, 1),
                                true,
                                "pump",
                                story.answers.get(0).sha256()),
                        new CapturedUpdate(
                                new AnswerKey("pump", 2, 1),
                                false,
                                "coordinator-chaos-0",
                                story.answers.get(0).sha256()));
        assertThat(Files.readAllLines(file))
                .hasSize(4)
                .anyMatch(line -> line.contains("\"event\":\"receipt\"") && line.contains("\"code\":\"ACCEPTED\""))
                .anyMatch(line -> line.contains("malformed"));
    }

    @Test
    void faults_readBack() throws IOException {
        List<InjectedFault> faults = List.of(
                new InjectedFault(1, FaultKind.KILL_BROKER, "broker", 10, 20),
                new InjectedFault(2, FaultKind.DELAY, "pump", 12, 90));
        FaultFile.write(folder.resolve("faults.jsonl"), faults);
        assertThat(FaultFile.read(folder.resolve("faults.jsonl"))).isEqualTo(faults);
    }
}

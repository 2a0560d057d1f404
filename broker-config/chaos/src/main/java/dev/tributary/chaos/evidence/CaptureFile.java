package dev.tributary.chaos.evidence;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.tributary.chaos.proxy.Capture;
import dev.tributary.demo.event.Fields;
import dev.tributary.model.Bytes;
import dev.tributary.protocol.MalformedMessageException;
import dev.tributary.protocol.Receipt;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundId;
import dev.tributary.wire.Topics;
import dev.tributary.wire.WireMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The proxy's capture on disk: every update and receipt that passed, as one JSON object a line. Safe for many threads. */
public final class CaptureFile implements Capture, AutoCloseable {
    private final FederationId federation;
    private final String receiptTopics;
    private final Writer out;
    private final InstantSource clock;

    private CaptureFile(FederationId federation, Writer out, InstantSource clock) {
        this.federation = federation;
        this.receiptTopics = "tributary/v1/" + federation + "/receipt/";
        this.out = out;
        this.clock = clock;
    }

    /** A new capture of one federation's traffic in this file. */
    public static CaptureFile create(Path file, FederationId federation, InstantSource clock) throws IOException {
        return new CaptureFile(federation, Files.newBufferedWriter(file), clock);
    }

    @Override
    public void passes(Passage passage) {
        Optional<Topics.UpdateTopic> update = Topics.parseUpdate(passage.topic());
        if (update.isPresent()) {
            write(passage, "update", update.get().device().value());
        } else if (passage.topic().startsWith(receiptTopics)) {
            write(passage, "receipt", passage.topic().substring(receiptTopics.length()));
        }
    }

    private void write(Passage passage, String what, String device) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("at", clock.millis());
        line.put("event", what);
        line.put("toBroker", passage.toBroker());
        line.put("client", passage.client());
        line.put("device", device);
        line.put("repeated", passage.repeated());
        Bytes payload = passage.payload();
        line.put("sha256", Sha256.hex(payload.toArray()));
        try {
            if (what.equals("update")) {
                round(line, WireMapper.decodeDeviceMessage(payload).round());
            } else {
                Receipt receipt = WireMapper.decodeReceipt(federation, payload);
                round(line, receipt.round());
                line.put("code", receipt.code().name());
            }
        } catch (MalformedMessageException e) {
            line.put("malformed", e.getMessage());
        }
        append(line);
    }

    private static void round(Map<String, Object> line, RoundId round) {
        line.put("round", round.number());
        line.put("attempt", round.attempt());
    }

    private void append(Map<String, Object> line) {
        try {
            String text = JSON.std.asString(line) + "\n";
            synchronized (this) {
                out.write(text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }

    /** Updates that passed, in order; receipts are for people. */
    public static List<CapturedUpdate> read(Path file) throws IOException {
        List<CapturedUpdate> updates = new ArrayList<>();
        try (Stream<String> lines = Files.lines(file)) {
            lines.map(Fields::parse)
                    .flatMap(Optional::stream)
                    .filter(line -> line.text("event").equals("update"))
                    .forEach(line -> updates.add(new CapturedUpdate(
                            JournalFiles.key(line),
                            line.flag("toBroker"),
                            line.text("client").intern(),
                            line.text("sha256"))));
        }
        return updates;
    }
}

package dev.tributary.agent.app;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.tributary.agent.participation.SessionListener;
import dev.tributary.model.Bytes;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.Vector;
import dev.tributary.protocol.Receipt;
import dev.tributary.update.Decline;
import dev.tributary.update.DeviceId;
import dev.tributary.update.DeviceMessage;
import dev.tributary.update.FederationId;
import dev.tributary.update.Update;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What devices answered, were told and took over, appended to a file as one JSON object a line. A line is handed to the
 * operating system before the device goes on, so that a {@code kill -9} takes nothing of it. Safe for many threads.
 */
final class Journal implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Journal.class.getName());

    private final Path file;
    private final FileChannel channel;
    private final InstantSource clock;
    private boolean complained;

    private Journal(Path file, FileChannel channel, InstantSource clock) {
        this.file = file;
        this.channel = channel;
        this.clock = clock;
    }

    /** The journal in this file, which is made when there is none; a line that a kill cut short is ended. */
    static Journal open(Path file, InstantSource clock) throws IOException {
        try {
            boolean cut = isCutShort(file);
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
            if (cut) {
                writeFully(channel, "\n");
            }
            return new Journal(file, channel, clock);
        } catch (FileSystemException e) {
            String reason = e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
            throw new IOException("cannot write the journal " + file + ": " + reason, e);
        }
    }

    private static boolean isCutShort(Path file) throws IOException {
        if (!Files.exists(file) || Files.size(file) == 0) {
            return false;
        }
        try (SeekableByteChannel bytes = Files.newByteChannel(file)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            bytes.position(bytes.size() - 1).read(last);
            return last.get(0) != '\n';
        }
    }

    /** The process began its work with these devices. */
    void started(List<DeviceId> devices) {
        Map<String, Object> line = line("start");
        line.put("pid", ProcessHandle.current().pid());
        line.put("devices", devices.stream().map(DeviceId::value).toList());
        write(line);
    }

    /** Writes down what happens to this device. */
    SessionListener of(DeviceId device) {
        return new SessionListener() {
            @Override
            public void onAnswer(FederationId federation, DeviceMessage answer, Bytes payload) {
                write(answered(device, federation, answer, payload));
            }

            @Override
            public void onReceipt(Receipt receipt) {
                Map<String, Object> line = line("receipt", device, receipt.federation());
                line.put("round", receipt.round().number());
                line.put("attempt", receipt.round().attempt());
                line.put("code", receipt.code().name());
                line.put("repeat", receipt.repeat());
                write(line);
            }

            @Override
            public void onModel(FederationId federation, GlobalModel model) {
                Map<String, Object> line = line("model", device, federation);
                line.put("version", model.version());
                line.put("sha256", sha256(float32(model.weights().values())));
                write(line);
            }
        };
    }

    private Map<String, Object> answered(
            DeviceId device, FederationId federation, DeviceMessage answer, Bytes payload) {
        Map<String, Object> line = line("answer", device, federation);
        line.put("round", answer.round().number());
        line.put("attempt", answer.round().attempt());
        if (answer instanceof Update update) {
            line.put("kind", update.kind().name());
            line.put("baseVersion", update.baseVersion());
            line.put("sequence", update.sequence());
        } else if (answer instanceof Decline decline) {
            line.put("kind", "DECLINE");
            line.put("reason", decline.reason().name());
        }
        line.put("payload", Base64.getEncoder().encodeToString(payload.toArray()));
        line.put("sha256", sha256(payload.toArray()));
        return line;
    }

    private Map<String, Object> line(String event) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("at", clock.millis());
        line.put("event", event);
        return line;
    }

    private Map<String, Object> line(String event, DeviceId device, FederationId federation) {
        Map<String, Object> line = line(event);
        line.put("device", device.value());
        line.put("federation", federation.value());
        return line;
    }

    private static byte[] float32(Vector values) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length(), Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < values.length(); i++) {
            bytes.putFloat((float) values.get(i));
        }
        return bytes.array();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private synchronized void write(Map<String, Object> line) {
        try {
            writeFully(channel, JSON.std.asString(line) + "\n");
            complained = false;
        } catch (IOException e) {
            // The device goes on without; whoever reads the journal misses what the broker saw.
            if (!complained) {
                complained = true;
                LOG.log(System.Logger.Level.ERROR, "the journal {0} has a gap: {1}", file, e.getMessage());
            }
        }
    }

    private static void writeFully(FileChannel channel, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "the journal {0} did not close: {1}", file, e.getMessage());
        }
    }
}

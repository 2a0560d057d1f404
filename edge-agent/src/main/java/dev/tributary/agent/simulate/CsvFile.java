package dev.tributary.agent.simulate;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** One CSV file, plain or gzip, as RFC 4180 says: a header row, commas, quotes where they are needed; UTF-8. */
record CsvFile(Path path, String device) {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final String BYTE_ORDER_MARK = "\ufeff";
    private static final List<String> ENDINGS = List.of(".csv", ".csv.gz");

    /** A file that cannot be read as CSV; the message is for its owner. */
    static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnreadableException(String message) {
            super(message);
        }
    }

    /** The file of the device that its name names. */
    static CsvFile of(Path path) {
        String name = path.getFileName().toString();
        String ending = ENDINGS.stream().filter(name::endsWith).findFirst().orElseThrow();
        return new CsvFile(path, name.substring(0, name.length() - ending.length()));
    }

    /** Whether a file with this name is one of a device. */
    static boolean isNamedSo(Path path) {
        return ENDINGS.stream().anyMatch(path.getFileName().toString()::endsWith);
    }

    String name() {
        return path.getFileName().toString();
    }

    /** The names of the columns, blank ones included. */
    List<String> header() throws UnreadableException {
        return reading(records -> header(records));
    }

    private List<String> header(Iterator<CsvRecord> records) throws UnreadableException {
        if (!records.hasNext()) {
            throw new UnreadableException("is empty");
        }
        List<String> names =
                records.next().getFields().stream().map(CsvFile::columnName).toList();
        if (names.size() == 1 && (names.get(0).contains(";") || names.get(0).contains("\t"))) {
            throw new UnreadableException("line 1: has one column only; columns must be separated by commas");
        }
        if (names.stream().allMatch(name -> name.matches("[-+.eE0-9]+"))) {
            throw new UnreadableException("line 1: has numbers where the names of the columns must be");
        }
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!name.isEmpty() && !seen.add(name)) {
                throw new UnreadableException("line 1: has two columns " + name);
            }
        }
        return names;
    }

    private static String columnName(String field) {
        return (field.startsWith(BYTE_ORDER_MARK) ? field.substring(1) : field).strip();
    }

    /** All rows of the columns that {@code wanted} asks for; {@code labelled} ones keep their texts. */
    CsvTable read(Predicate<String> wanted, Predicate<String> labelled) throws UnreadableException {
        return reading(records -> {
            List<String> names = header(records);
            List<CsvColumn> columns = new ArrayList<>();
            List<Integer> positions = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                if (!names.get(i).isEmpty() && wanted.test(names.get(i))) {
                    columns.add(new CsvColumn(names.get(i), labelled.test(names.get(i))));
                    positions.add(i);
                }
            }
            int oddRowCount = 0;
            String firstOddRow = "";
            while (records.hasNext()) {
                CsvRecord line = records.next();
                if (line.getFieldCount() != names.size()) {
                    if (oddRowCount++ == 0) {
                        firstOddRow = "line " + line.getStartingLineNumber() + ": " + line.getFieldCount()
                                + " instead of " + names.size();
                    }
                    continue;
                }
                for (int i = 0; i < columns.size(); i++) {
                    columns.get(i).add(line.getField(positions.get(i)), line.getStartingLineNumber());
                }
            }
            return new CsvTable(this, columns, oddRowCount, firstOddRow);
        });
    }

    private interface Reading<T> {
        T from(Iterator<CsvRecord> records) throws UnreadableException;
    }

    private <T> T reading(Reading<T> reading) throws UnreadableException {
        if (!Files.isRegularFile(path)) {
            throw new UnreadableException("is not a file");
        }
        // A decoder of its own reports what is no UTF-8; a charset would make it a character, and that a label of all.
        try (InputStream in = open();
                Reader text = new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder());
                CsvReader<CsvRecord> reader = CsvReader.builder()
                        .allowExtraFields(true)
                        .allowMissingFields(true)
                        .ofCsvRecord(text)) {
            return reading.from(reader.iterator());
        } catch (CsvParseException | UncheckedIOException | IOException e) {
            throw new UnreadableException("cannot be read: " + reason(e));
        }
    }

    private InputStream open() throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(path), BUFFER_BYTES);
        try {
            return name().endsWith(".gz") || startsLikeGzip(raw) ? new GZIPInputStream(raw, BUFFER_BYTES) : raw;
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    private static boolean startsLikeGzip(InputStream raw) throws IOException {
        raw.mark(2);
        boolean gzip = raw.read() == 0x1f && raw.read() == 0x8b;
        raw.reset();
        return gzip;
    }

    private static String reason(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof AccessDeniedException) {
                return "permission denied";
            } else if (cause instanceof CharacterCodingException) {
                return "it is not UTF-8 text";
            } else if (cause instanceof EOFException) {
                return "it ends in the middle of its gzip data";
            } else if (cause instanceof ZipException) {
                return "it is no gzip data (" + cause.getMessage() + ")";
            }
        }
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null
                ? root.getClass().getSimpleName()
                : root.getMessage().lines().findFirst().orElse("");
    }
}

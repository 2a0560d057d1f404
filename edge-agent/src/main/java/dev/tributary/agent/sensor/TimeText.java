package dev.tributary.agent.sensor;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The moment that a text names: ISO 8601 from the date down to fractions of seconds, UTC unless it says, or an epoch. */
public final class TimeText {
    private static final Pattern EPOCH = Pattern.compile("-?\\d{9,16}(\\.\\d+)?");
    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH[:mm[:ss[.SSSSSSSSS][.SSSSSS][.SSS]]]", Locale.ROOT);
    private static final double MILLIS_FROM = 1e11;

    private TimeText() {}

    /** The moment; epochs above 1e11 count milliseconds, others seconds. */
    public static Optional<Instant> parse(String text) {
        String trimmed = text.strip().replace(' ', 'T').replace('/', '-');
        try {
            if (EPOCH.matcher(trimmed).matches()) {
                double epoch = Double.parseDouble(trimmed);
                return Optional.of(
                        Instant.ofEpochMilli(Math.round(Math.abs(epoch) >= MILLIS_FROM ? epoch : epoch * 1000)));
            }
            if (trimmed.length() == 10) {
                return Optional.of(LocalDate.parse(trimmed).atStartOfDay().toInstant(ZoneOffset.UTC));
            }
            boolean zoned = trimmed.endsWith("Z") || trimmed.indexOf('+') > 0 || trimmed.lastIndexOf('-') > 10;
            return Optional.of(
                    zoned
                            ? OffsetDateTime.parse(trimmed).toInstant()
                            : LocalDateTime.parse(trimmed, LOCAL).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}

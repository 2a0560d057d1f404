package dev.tributary.agent.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.model.Feature;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Task;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadingCheckTest {
    private static final ModelSchema SCHEMA = new ModelSchema(
            0,
            Task.CLASSIFICATION,
            List.of(new Feature("x", "g", -1, 1, true), Feature.unbounded("y")),
            List.of("ok", "broken"),
            Optional.empty(),
            3);
    private static final List<String> FIELDS = List.of("at", "x", "y", "state");
    private static final ReadingFormat FORMAT = new ReadingFormat("state", Optional.of("at"));

    private static Reading reading(String at, String x, String y, String state) {
        return FORMAT.reading(FORMAT.columns(FIELDS), FIELDS, List.of(at, x, y, state), "");
    }

    @ParameterizedTest
    @CsvSource({
        "0.5, 7, ok, GOOD",
        "0.5, '', ok, GOOD",
        "-1, 7, '', GOOD",
        "'', 7, ok, MISSING_FIELD",
        "NA, 7, ok, MISSING_FIELD",
        "warm, 7, ok, TEXT_IN_NUMBER",
        "0x1p3, 7, ok, TEXT_IN_NUMBER",
        "0.5f, 7, ok, TEXT_IN_NUMBER",
        "NaN, 7, ok, NOT_A_NUMBER",
        "0.5, nan, ok, NOT_A_NUMBER",
        "0.5, -Inf, ok, INFINITE",
        "0.5, 1e999, ok, INFINITE",
        "1.01, 7, ok, OUT_OF_RANGE",
        "0.5, 7, melted, UNKNOWN_LABEL"
    })
    void reading_isJudgedByReason(String x, String y, String state, String expected) {
        Reading reading = reading("2026-01-01", x, y, state);
        Optional<BadReading> found =
                ReadingCheck.features(reading, SCHEMA).or(() -> ReadingCheck.target(reading, SCHEMA));
        assertThat(found.map(BadReading::name).orElse("GOOD")).isEqualTo(expected);
    }

    @Test
    void time_goingBack_isBad_andTheNextOneIsComparedWithTheLastGoodOne() {
        ReadingCheck check = new ReadingCheck(Optional.of("at"));
        assertThat(check.time(reading("2026-01-01T10:00:00", "0", "0", "ok"))).isEmpty();
        assertThat(check.time(reading("2026-01-01T10:00:00Z", "0", "0", "ok"))).isEmpty();
        assertThat(check.time(reading("2026-01-01T09:59:59", "0", "0", "ok"))).contains(BadReading.CLOCK_WENT_BACK);
        assertThat(check.time(reading("1767261600", "0", "0", "ok"))).isEmpty();
        assertThat(check.time(reading("soon", "0", "0", "ok"))).contains(BadReading.UNREADABLE);
        assertThat(check.time(reading("", "0", "0", "ok"))).contains(BadReading.MISSING_FIELD);
    }

    @ParameterizedTest
    @CsvSource({
        "2016-03-01T00, 2016-03-01T00:00:00Z",
        "2016-03-01, 2016-03-01T00:00:00Z",
        "2016-03-01 12:34, 2016-03-01T12:34:00Z",
        "2016/03/01 12:34:56, 2016-03-01T12:34:56Z",
        "2016-03-01T12:34:56.789, 2016-03-01T12:34:56.789Z",
        "2016-03-01T12:34:56+02:00, 2016-03-01T10:34:56Z",
        "1456790400, 2016-03-01T00:00:00Z",
        "1456790400000, 2016-03-01T00:00:00Z"
    })
    void timeText_isRead(String text, String expected) {
        assertThat(TimeText.parse(text)).contains(Instant.parse(expected));
    }
}

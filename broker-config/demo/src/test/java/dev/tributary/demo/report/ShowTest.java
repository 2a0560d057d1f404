package dev.tributary.demo.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShowTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "999, 999 B",
        "1000, 1.0 kB",
        "999949, 999.9 kB",
        "999950, 1.0 MB",
        "3400000, 3.4 MB",
        "5000000000, 5.0 GB"
    })
    void bytes_decimalUnits(long bytes, String shown) {
        assertThat(Show.bytes(bytes)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.0000",
        "0.69014, 0.6901",
        "36.8331, 36.833",
        "117.0067, 117.01",
        "4321.09, 4321.1",
        "-0.0934, -0.0934",
        "123456789, 1.235e+08"
    })
    void metric_fourDigitsOrSo(double value, String shown) {
        assertThat(Show.metric(OptionalDouble.of(value))).isEqualTo(shown);
    }

    @Test
    void metric_missing_isADash() {
        assertThat(Show.metric(OptionalDouble.empty())).isEqualTo("-");
    }

    @Test
    void numbers_areTheSameInEveryLocale() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertThat(Show.seconds(1.25)).isEqualTo("1.3");
            assertThat(Show.bytes(1500)).isEqualTo("1.5 kB");
        } finally {
            Locale.setDefault(before);
        }
    }
}

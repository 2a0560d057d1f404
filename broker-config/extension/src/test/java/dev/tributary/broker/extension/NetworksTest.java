package dev.tributary.broker.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NetworksTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "loopback; 127.0.0.1; true",
                "loopback; 127.8.8.8; true",
                "loopback; ::1; true",
                "loopback; 192.168.1.5; false",
                "loopback,private; 172.18.0.1; true",
                "loopback,private; 10.1.2.3; true",
                "loopback,private; fd00::5; true",
                "loopback,private; 172.32.0.1; false",
                "loopback,private; 8.8.8.8; false",
                "loopback,private; 2001:db8::1; false",
                "any; 8.8.8.8; true",
                "10.1.0.0/16; 10.1.255.1; true",
                "10.1.0.0/16; 10.2.0.1; false",
                "10.1.2.3; 10.1.2.3; true",
                "10.1.2.3; 10.1.2.4; false",
                "0.0.0.0/0; 9.9.9.9; true",
                "0.0.0.0/0; ::1; false",
                "2001:db8::/32; 2001:db8:5::1; true",
                "2001:db8::/32; 2001:db9::1; false",
            })
    void contain_address_asConfigured(String networks, String address, boolean expected) throws UnknownHostException {
        assertThat(Networks.parse(networks).contain(Optional.of(InetAddress.getByName(address))))
                .isEqualTo(expected);
    }

    @Test
    void contain_unknownAddress_onlyAny() {
        assertThat(Networks.parse("loopback,private").contain(Optional.empty())).isFalse();
        assertThat(Networks.parse("any").contain(Optional.empty())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "lan",
                "example.org",
                "face",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/8/8",
                "10.0.0.0/a",
                "loopback,",
                "300.1.1.1"
            })
    void parse_nonsense_isNamed(String networks) {
        assertThatThrownBy(() -> Networks.parse(networks))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("networks must");
    }
}

package dev.tributary.demo.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.demo.event.Event;
import dev.tributary.demo.event.EventReader;
import dev.tributary.demo.report.LeftOut;
import dev.tributary.demo.report.RoundTable;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final Progress progress =
            new Progress(new RoundTable(true, false), new LeftOut(Set.of("evil")), List.of("bad.csv: is empty"));

    private List<String> coordinator(String json) {
        return progress.coordinatorTold(EventReader.read(json));
    }

    @Test
    void waitsFor_saysTheNextThing() {
        assertThat(progress.waitsFor()).isEqualTo("the fleet to load its data and connect");
        assertThat(progress.online()).isEqualTo(-1);
        coordinator("{\"event\":\"waiting\",\"online\":3,\"startWhen\":5}");
        assertThat(progress.waitsFor()).isEqualTo("devices: 3 of 5 are online");
        assertThat(progress.online()).isEqualTo(3);
        coordinator("{\"event\":\"roundOpened\",\"round\":4,\"attempt\":1,\"kind\":\"TRAIN\",\"selected\":5}");
        assertThat(progress.waitsFor()).isEqualTo("round 4 (TRAIN) of 5 devices");
        assertThat(progress.online()).isEqualTo(-1);
        coordinator("{\"event\":\"problem\",\"message\":\"nobody answers\"}");
        assertThat(progress.waitsFor()).contains("nobody answers");
    }

    @Test
    void deviceFailed_thatTheUserKnowsOf_isNotToldAgain() {
        assertThat(progress.fleetTold(new Event.DeviceFailed("bad.csv", "is empty")))
                .isEmpty();
        assertThat(progress.fleetTold(new Event.DeviceFailed("other", "is odd")))
                .containsExactly("device other failed: is odd");
        assertThat(progress.failedDevices()).hasSize(2);
    }

    @Test
    void deviceRejected_isNamedAndKept() {
        String told = "{\"event\":\"deviceRejected\",\"device\":\"%s\",\"code\":\"C\",\"detail\":\"d\"}";
        assertThat(coordinator(told.formatted("zoo"))).containsExactly("rejected zoo (C): d");
        coordinator(told.formatted("ant"));
        coordinator(told.formatted("zoo"));
        assertThat(progress.rejectedDevices()).containsExactly("ant", "zoo");
    }

    @Test
    void updatesLeftOut_areCountedByDevice() {
        coordinator("{\"event\":\"updatesLeftOut\",\"round\":2,\"attempt\":1,\"devices\":["
                + "{\"device\":\"evil\",\"detail\":\"far\"},{\"device\":\"good\",\"detail\":\"far\"}]}");
        assertThat(progress.leftOut().toTree())
                .containsEntry("leftOutByzantine", 1L)
                .containsEntry("leftOutHonest", 1L);
    }

    @Test
    void strayLine_isNoNews() {
        assertThat(coordinator("hello")).isEmpty();
        assertThat(progress.outcome()).isEmpty();
    }
}

package dev.tributary.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.update.DeviceId;
import dev.tributary.update.FederationId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicsTest {
    private static final FederationId FEDERATION = new FederationId("plant");
    private static final DeviceId DEVICE = new DeviceId("pump-7");

    @Test
    void names_areThoseOfTheProtocol() {
        assertThat(Topics.spec(FEDERATION)).isEqualTo("tributary/v1/plant/spec");
        assertThat(Topics.model(FEDERATION)).isEqualTo("tributary/v1/plant/model");
        assertThat(Topics.round(FEDERATION)).isEqualTo("tributary/v1/plant/round");
        assertThat(Topics.receipt(FEDERATION, DEVICE)).isEqualTo("tributary/v1/plant/receipt/pump-7");
        assertThat(Topics.prediction(FEDERATION, DEVICE)).isEqualTo("tributary/v1/plant/prediction/pump-7");
        assertThat(Topics.presence(DEVICE)).isEqualTo("tributary/v1/presence/pump-7");
        assertThat(Topics.probe("pump-7")).isEqualTo("tributary/v1/probe/pump-7");
        assertThat(Topics.update(FEDERATION, 1, DEVICE)).isEqualTo("tributary/v1/plant/update/0/pump-7");
    }

    @Test
    void shard_knownDevice_isThatOfTheSpecification() {
        // printf pump-7 | sha256sum begins with 9a31a61d
        assertThat(DEVICE.shard(1)).isZero();
        assertThat(DEVICE.shard(1000)).isEqualTo((int) (0x9a31a61dL % 1000));
    }

    @Test
    void parse_ownTopics_givesTheirParts() {
        assertThat(Topics.parseUpdate(Topics.update(FEDERATION, 8, DEVICE)))
                .contains(new Topics.UpdateTopic(FEDERATION, DEVICE.shard(8), DEVICE));
        assertThat(Topics.parsePresence(Topics.presence(DEVICE))).contains(DEVICE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "tributary/v1/plant/update/0",
                "tributary/v1/plant/update/x/pump",
                "tributary/v1/plant/update/-1/pump",
                "tributary/v1/plant/update/0/pu mp",
                "tributary/v1/../update/0/pump",
                "tributary/v2/plant/update/0/pump",
                "tributary/v1/plant/update/0/pump/more",
                "tributary/v1/presence/coordinator-a",
                "tributary/v1/presence/"
            })
    void parse_otherTopics_givesNothing(String topic) {
        assertThat(Topics.parseUpdate(topic)).isEmpty();
        assertThat(Topics.parsePresence(topic)).isEmpty();
    }
}

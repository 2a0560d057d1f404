package dev.tributary.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.protocol.MalformedMessageException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CoderTest {
    static Stream<Coder> coders() {
        return Stream.of(new FixedBits(30), new Rice(), new RangeCoder());
    }

    @ParameterizedTest
    @MethodSource("coders")
    void decode_whatWasEncoded_givesTheLevels(Coder coder) {
        Random random = new Random(11);
        for (int run = 0; run < 300; run++) {
            int length = random.nextInt(200);
            double scale = Math.pow(2, random.nextInt(28));
            int[] levels = new int[length];
            byte[] hints = new byte[length];
            for (int i = 0; i < length; i++) {
                double level = random.nextGaussian() * (random.nextInt(10) == 0 ? scale : 1);
                levels[i] = (int) Math.max(-(1 << 28), Math.min(1 << 28, level));
                hints[i] = (byte) (random.nextInt(5) - 2);
            }
            ByteBuffer bytes = ByteBuffer.wrap(coder.encode(levels, hints));
            assertThat(coder.decode(bytes, hints))
                    .as("run %d of %d levels", run, length)
                    .isEqualTo(levels);
            assertThat(bytes.hasRemaining()).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("coders")
    void decode_bytesLeftOver_isRefused(Coder coder) {
        byte[] coded = coder.encode(new int[] {1, 2, 3, -4, 5}, new byte[5]);
        byte[] longer = Arrays.copyOf(coded, coded.length + 5);
        Arrays.fill(longer, coded.length, longer.length, (byte) 1);
        assertThatThrownBy(() -> coder.decode(ByteBuffer.wrap(longer), new byte[5]))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("payload");
    }

    @ParameterizedTest
    @MethodSource("coders")
    void decode_randomBytes_endsInLevelsOrOneException(Coder coder) {
        Random random = new Random(5);
        for (int run = 0; run < 3000; run++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            if (run % 3 == 0) {
                Arrays.fill(bytes, (byte) (run % 2 == 0 ? 0 : 0xff));
            }
            byte[] hints = new byte[random.nextInt(60)];
            try {
                assertThat(coder.decode(ByteBuffer.wrap(bytes), hints)).hasSameSizeAs(hints);
            } catch (MalformedMessageException e) {
                assertThat(e).hasMessageContaining("must");
            }
        }
    }

    @Test
    void rice_golden() {
        assertThat(HexFormat.of().formatHex(new Rice().encode(new int[] {0, 1, -1, 2, -2, 9}, new byte[6])))
                .isEqualTo("02101d2f");
    }

    @Test
    void fixedBits_residuesAddUp() {
        FixedBits coder = new FixedBits(5);
        assertThat(coder.centred(15 + 15)).isEqualTo(-2);
        assertThat(coder.decode(ByteBuffer.wrap(coder.encode(new int[] {15, -16, 31}, new byte[3])), new byte[3]))
                .containsExactly(15, -16, -1);
    }
}

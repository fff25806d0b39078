package io.tributary.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShapeTest {
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 7, -3})
    void twoHundredRoundsMeetEachShape(long seed) {
        int epochs = 200 / ChaosMain.ROUNDS_OF_AN_EPOCH;

        assertThat(IntStream.range(0, epochs).mapToObj(epoch -> Shape.ofEpoch(seed, epoch)))
                .extracting(shape -> shape.brokers() + "/" + shape.consumers())
                .contains("1/1", "1/2", "1/3", "3/1", "3/2", "3/3");
        assertThat(IntStream.range(0, epochs).mapToObj(epoch -> Shape.ofEpoch(seed, epoch)))
                .extracting(Shape::faults)
                .contains(true, false);
    }
}

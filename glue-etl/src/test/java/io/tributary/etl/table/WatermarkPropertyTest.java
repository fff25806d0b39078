package io.tributary.etl.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.etl.read.ChainPosition;
import io.tributary.staging.ChainId;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** How a watermark moves. */
class WatermarkPropertyTest {
    @Property
    void furtherNeverGoesBackAndTakesWhatIsAhead(@ForAll long seed) {
        Random random = new Random(seed);
        Watermark before = Watermark.NONE.with(positions(random));
        Map<ChainId, ChainPosition> moved = positions(random);

        Watermark after = before.withFurther(moved);

        assertThat(after.chains().keySet()).containsAll(before.chains().keySet());
        assertThat(after.chains())
                .allSatisfy((chain, position) -> assertThat(position.next())
                        .isEqualTo(Math.max(
                                before.at(chain).next(),
                                moved.getOrDefault(chain, ChainPosition.START).next())));
        assertThat(after.withFurther(moved)).isEqualTo(after);
    }

    @Property
    void aWatermarkReadsBackAsItWasWritten(@ForAll long seed) {
        Watermark watermark = Watermark.NONE.with(positions(new Random(seed)));

        assertThat(Watermark.parse(watermark.toJson())).isEqualTo(watermark);
    }

    private static Map<ChainId, ChainPosition> positions(Random random) {
        Map<ChainId, ChainPosition> positions = new HashMap<>();
        for (int chain = random.nextInt(4); chain >= 0; chain--) {
            long link = random.nextInt(100);
            positions.put(
                    new ChainId("t" + random.nextInt(2), "inc", random.nextInt(3)),
                    new ChainPosition(
                            link + random.nextInt(10), random.nextInt(100), random.nextBoolean() ? link : -1));
        }
        return positions;
    }
}

package io.tributary.producer.source.mastodon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.producer.source.mastodon.Window.Entry;
import io.tributary.producer.source.mastodon.Window.State;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class WindowPropertyTest {
    @Property(tries = 100)
    void whatWasCommittedComesBackWheneverItIsRestored(@ForAll long seed) {
        Random random = new Random(seed);
        Window window = new Window(1_000);
        Map<String, JsonNode> committed = new HashMap<>();
        for (int step = 0; step < 4_000; step++) {
            int number = random.nextInt(2_000);
            String key = "https://a.example/" + number;
            window.put(new Entry(
                    key,
                    List.of(State.values()).get(random.nextInt(4)),
                    random.nextBoolean() ? Optional.empty() : Optional.of(Instant.ofEpochSecond(random.nextInt(99))),
                    "d" + random.nextInt(),
                    List.of(Window.alias("a.example", Integer.toString(number)))));
            if (random.nextInt(50) == 0) {
                committed.putAll(window.takeChanges());
            }
            if (random.nextInt(1_000) == 0) {
                committed.putAll(window.takeChanges());
                window = Window.restore(1_000, committed);
            }
        }
        committed.putAll(window.takeChanges());
        Window restored = Window.restore(1_000, committed);
        assertThat(restored.size()).isEqualTo(window.size()).isLessThanOrEqualTo(1_250);
        for (int number = 0; number < 2_000; number++) {
            String key = "https://a.example/" + number;
            assertThat(restored.byKey(key)).isEqualTo(window.byKey(key));
            assertThat(restored.byAlias("a.example", Integer.toString(number))).isEqualTo(window.byKey(key));
        }
        assertThat(committed.size()).isLessThanOrEqualTo(4);
    }

    @Example
    void theLatestAreRemembered() {
        Window window = new Window(1_000);
        for (int number = 0; number < 10_000; number++) {
            window.put(published(number, ""));
        }
        assertThat(window.size()).isBetween(750, 1_000);
        assertThat(window.byKey("9999")).isPresent();
        assertThat(window.byKey("9250")).isPresent();
        assertThat(window.byKey("8000")).isEmpty();
        assertThat(window.byAlias("i", "8000")).isEmpty();
    }

    @Example
    void noRecordOfTheCheckpointExceedsItsBound() {
        Window window = new Window(1_000);
        for (int number = 0; number < 1_000; number++) {
            window.put(published(number, "界".repeat(2_000)));
        }
        window.takeChanges()
                .values()
                .forEach(part -> assertThat(part.toString().getBytes(StandardCharsets.UTF_8).length)
                        .isLessThan(220_000));
    }

    private static Entry published(int number, String padding) {
        String key = number + padding;
        return new Entry(key, State.PUBLISHED, Optional.empty(), "", List.of(Window.alias("i", "" + number)));
    }
}

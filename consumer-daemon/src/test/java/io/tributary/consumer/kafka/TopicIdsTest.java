package io.tributary.consumer.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.consumer.upload.ClusterSilentException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicIdsTest {
    private final List<Collection<String>> asked = new ArrayList<>();
    private long now = 100;
    private final TopicIds ids = new TopicIds(
            topics -> {
                asked.add(List.copyOf(topics));
                return Map.of("a", "id-" + asked.size());
            },
            () -> now);

    @Test
    void anAnswerAskedForLaterIsShared() throws ClusterSilentException {
        assertThat(ids.current("a", 100)).contains("id-1");
        assertThat(ids.current("a", 90)).contains("id-1");
        now = 200;
        assertThat(ids.current("a", 100)).contains("id-1");
        assertThat(ids.current("a", 101)).contains("id-2");
    }

    @Test
    void oneRequestNamesEveryTopicKnown() throws ClusterSilentException {
        ids.current("a", 100);
        assertThat(ids.current("b", 100)).isEmpty();
        assertThat(asked).containsExactly(List.of("a"), List.of("a", "b"));
    }
}

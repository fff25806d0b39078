package io.tributary.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SourceCheckpointTest {
    @Test
    void checkpointRoundTrips() {
        SourceCheckpoint checkpoint = new SourceCheckpoint(
                "flights",
                List.of(new PublishedCount("flights", "id", 0, 12), new PublishedCount("flights", "id", 1, 0)),
                new ObjectMapper().createObjectNode().put("file", "a.csv"));
        assertThat(SourceCheckpoint.decode(checkpoint.encode())).isEqualTo(checkpoint);
    }

    @Test
    void checkpointOfALaterFormatIsRefused() {
        assertThatThrownBy(() -> SourceCheckpoint.decode("{\"format\":2}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a checkpoint has format 2; this version reads 1: upgrade before starting this source");
    }

    @Test
    void keysBeneathASourcesNameAreItsOwn() {
        assertThat(SourceCheckpoint.isCheckpointKey("flights".getBytes(StandardCharsets.UTF_8)))
                .isTrue();
        assertThat(SourceCheckpoint.isCheckpointKey("flights//x/a.csv".getBytes(StandardCharsets.UTF_8)))
                .isFalse();
    }
}

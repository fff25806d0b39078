package io.tributary.consumer.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.staging.ChainId;
import io.tributary.staging.Compression;
import io.tributary.staging.LinkName;
import org.junit.jupiter.api.Test;

class CommitHintTest {
    @Test
    void itIsReadBack() {
        LinkName name = new LinkName(new ChainId("t", "id", 0), 1234, Compression.GZIP);
        assertThat(CommitHint.parse(CommitHint.of(name))).hasValue(1234);
    }

    @Test
    void someoneElsesNoteIsNoHint() {
        assertThat(CommitHint.parse("")).isEmpty();
        assertThat(CommitHint.parse("tributary link=")).isEmpty();
        assertThat(CommitHint.parse("tributary link=-4")).isEmpty();
        assertThat(CommitHint.parse("node-7")).isEmpty();
    }
}

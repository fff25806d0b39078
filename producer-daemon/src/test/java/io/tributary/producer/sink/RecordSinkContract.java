package io.tributary.producer.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tributary.producer.source.RecordHeader;
import io.tributary.producer.source.SourceItem;
import io.tributary.producer.source.SourceState;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every sink promises. */
abstract class RecordSinkContract {
    /** A sink for one and the same source, however often it is asked for. */
    abstract RecordSink sink();

    /** The committed records' values, in any order. */
    abstract List<String> committedRows();

    /** The committed rejects' values, in any order. */
    abstract List<String> committedRejects();

    @Test
    void aNewSourceBeginsAtTheBeginning() throws Exception {
        try (SinkSession session = sink().open()) {
            assertThat(session.committed()).isEqualTo(SourceState.beginning());
        }
    }

    @Test
    void aBatchIsThereWithItsPosition() throws Exception {
        try (SinkSession session = sink().open()) {
            session.append(row("k", "{\"a\":1}"));
            session.append(row(null, "{\"a\":2}"));
            session.append(new SourceItem.Reject("{\"reason\":\"x\"}".getBytes(StandardCharsets.UTF_8), true));
            session.commit(state(3, Map.of("/f", 30, "/g", 40)));
            session.append(row(null, "{\"a\":3}"));
            session.commit(state(4, Map.of("/f", 31)));
        }
        try (SinkSession session = sink().open()) {
            assertThat(session.committed()).isEqualTo(state(4, Map.of("/f", 31, "/g", 40)));
        }
        assertThat(committedRows()).containsExactlyInAnyOrder("{\"a\":1}", "{\"a\":2}", "{\"a\":3}");
        assertThat(committedRejects()).containsExactly("{\"reason\":\"x\"}");
    }

    @Test
    void aBatchThatIsNotCommittedIsNotThere() throws Exception {
        try (SinkSession session = sink().open()) {
            session.append(row(null, "1"));
            session.commit(state(1, Map.of()));
            session.append(row(null, "2"));
        }
        try (SinkSession session = sink().open()) {
            assertThat(session.committed()).isEqualTo(state(1, Map.of()));
        }
        assertThat(committedRows()).containsExactly("1");
    }

    @Test
    void aLaterSessionShutsTheEarlierOneOut() throws Exception {
        try (SinkSession earlier = sink().open()) {
            earlier.append(row(null, "zombie"));
            try (SinkSession later = sink().open()) {
                later.append(row(null, "heir"));
                later.commit(state(1, Map.of()));
            }
            assertThatThrownBy(() -> {
                        earlier.append(row(null, "zombie again"));
                        earlier.commit(state(9, Map.of()));
                    })
                    .isInstanceOfSatisfying(
                            SinkException.class,
                            failure -> assertThat(failure.remedy()).isEqualTo(SinkException.Remedy.NONE));
        }
        assertThat(committedRows()).containsExactly("heir");
    }

    static SourceItem.Row row(@Nullable String key, String value) {
        return new SourceItem.Row(
                key == null ? null : key.getBytes(StandardCharsets.UTF_8),
                value.getBytes(StandardCharsets.UTF_8),
                List.of(new RecordHeader("tributary-source", "s".getBytes(StandardCharsets.UTF_8))));
    }

    static SourceState state(int position, Map<String, Integer> parts) {
        return new SourceState(
                TextNode.valueOf("position " + position),
                parts.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, part -> IntNode.valueOf(part.getValue()))));
    }
}

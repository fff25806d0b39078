package io.tributary.producer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.daemon.Backoff;
import io.tributary.daemon.MonotonicClock;
import io.tributary.producer.sink.InMemorySink;
import io.tributary.producer.sink.SinkException;
import io.tributary.producer.source.RecordHeader;
import io.tributary.producer.source.SourceException;
import io.tributary.producer.source.SourceItem;
import io.tributary.producer.source.SourceProgress;
import io.tributary.producer.source.dataset.file.LocalFiles;
import io.tributary.producer.source.rejects.RejectsSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterProperty;

class RedrivePropertyTest {
    private static final Backoff AT_ONCE = new Backoff(Duration.ofMillis(1), Duration.ofMillis(1));

    private final Path file;

    RedrivePropertyTest() throws IOException {
        file = Files.createTempFile("rejects", ".ndjson");
    }

    @AfterProperty
    void remove() throws IOException {
        Files.deleteIfExists(file);
    }

    @Property(tries = 100)
    void eachRejectIsPublishedOnceFromWhicheverExportsAndWhateverFails(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 1500) int rejects) throws Exception {
        Random random = new Random(seed);
        InMemorySink sink = new InMemorySink(step -> {
            int odds = step == InMemorySink.Step.APPEND ? 400 : 5;
            if (random.nextInt(odds) == 0) {
                throw new SinkException(SinkException.Remedy.WAIT, "injected at " + step);
            }
        });
        Set<String> asked = new LinkedHashSet<>();
        for (int export = 0; export < 3; export++) {
            List<String> lines = new ArrayList<>();
            for (int at = 0; at < rejects; at++) {
                if (random.nextInt(3) > 0) {
                    int partition = at % 3;
                    long offset = at * 7L;
                    lines.add(line("flights", partition, offset, "merge", ",\"raw\":\"" + at + "\""));
                    asked.add("flights/i/" + partition + "/" + offset);
                }
                if (random.nextInt(10) == 0) {
                    lines.add(line("others", 0, at, "merge", ",\"raw\":\"x\""));
                }
            }
            Collections.shuffle(lines, random);
            publish(sink, lines);
        }
        assertThat(sink.committed()).extracting(RedrivePropertyTest::origin).containsExactlyInAnyOrderElementsOf(asked);
    }

    @Example
    void whatIsRawIsPublishedByteByByteUnlessACorrectionStandsBesideIt() throws Exception {
        InMemorySink sink = new InMemorySink(step -> {});
        publish(
                sink,
                List.of(
                        line(
                                "flights",
                                0,
                                1,
                                "decode",
                                ",\"raw\":\"/wA=\",\"raw_encoding\":\"base64\",\"raw_key\":\"/g==\""),
                        line(
                                "flights",
                                0,
                                2,
                                "merge",
                                ",\"raw\":\"{\\\"a\\\": 1.50}\",\"key\":\"k\",\"headers\":\"{\\\"tributary-file\\\":\\\"f\\\","
                                        + "\\\"two\\\":[\\\"x\\\",{\\\"base64\\\":\\\"/w==\\\"}],\\\"none\\\":null,"
                                        + "\\\"tributary-redrive\\\":\\\"older\\\"}\""),
                        line(
                                "flights.rejected",
                                0,
                                3,
                                "source",
                                ",\"raw\":\"1,2\",\"value\":{\"b\":1.500,\"a\":12345678901234567890123}")));
        List<SourceItem> items = sink.committed();
        SourceItem.Row first = (SourceItem.Row) items.get(0);
        assertThat(first.value()).containsExactly(0xff, 0);
        assertThat(first.key()).containsExactly(0xfe);
        SourceItem.Row second = (SourceItem.Row) items.get(1);
        assertThat(second.value()).asString(UTF_8).isEqualTo("{\"a\": 1.50}");
        assertThat(second.key()).asString(UTF_8).isEqualTo("k");
        assertThat(second.headers())
                .extracting(RecordHeader::name)
                .containsExactly("tributary-file", "two", "two", "tributary-redrive");
        SourceItem.Row third = (SourceItem.Row) items.get(2);
        assertThat(third.value()).asString(UTF_8).isEqualTo("{\"b\":1.500,\"a\":12345678901234567890123}");
        assertThat(origin(third)).isEqualTo("flights.rejected/i/0/3");
    }

    @Example
    void aRowThatASourceRefusedNeedsItsRecordAndTheOthersArePublished() {
        InMemorySink sink = new InMemorySink(step -> {});
        List<String> lines = List.of(
                line("flights.rejected", 0, 3, "source", ",\"raw\":\"1,2\""),
                line("flights", 0, 2, "merge", ",\"raw\":\"{}\""));
        assertThatThrownBy(() -> publish(sink, lines))
                .isInstanceOf(SourceException.class)
                .hasMessage("1 reject was not published: " + file
                        + ":1: a row that a source refused is no record: add the record as \"value\"");
        assertThat(sink.committed()).hasSize(1);
    }

    @Example
    void aRejectThatIsTooLargeIsNamedAndTheOthersArePublished() {
        InMemorySink sink = new InMemorySink(step -> {});
        List<String> lines = List.of(
                line("flights", 0, 1, "merge", ",\"raw\":\"{}\""),
                line("flights", 0, 2, "merge", ",\"raw\":\"" + "x".repeat(1 << 20) + "\""),
                line("flights", 0, 3, "merge", ",\"raw\":\"{}\""));
        assertThatThrownBy(() -> publish(sink, lines))
                .isInstanceOf(SourceException.class)
                .hasMessage("1 reject was not published: " + file
                        + ":2: it takes 1048742 bytes as a record; topic flights takes at most 1048576:"
                        + " shorten it, or raise the topic's max.message.bytes");
        assertThat(sink.committed())
                .extracting(RedrivePropertyTest::origin)
                .containsExactly("flights/i/0/1", "flights/i/0/3");
    }

    @Example
    void aLineThatIsNoRejectIsNamedBeforeAnythingIsPublished() {
        InMemorySink sink = new InMemorySink(step -> {});
        List<String> lines = List.of(line("flights", 0, 2, "merge", ",\"raw\":\"{}\""), "{\"stage\":\"merge\"}");
        assertThatThrownBy(() -> publish(sink, lines))
                .isInstanceOf(SourceException.class)
                .hasMessage(file + ":2 has no text \"topic\": export whole rows of the table rejected");
        assertThat(sink.committed()).isEmpty();
    }

    private static String line(String topic, int partition, long offset, String stage, String more) {
        return "{\"stage\":\"" + stage + "\",\"topic\":\"" + topic + "\",\"_incarnation\":\"i\",\"partition\":"
                + partition + ",\"offset\":" + offset + more + "}";
    }

    private static String origin(SourceItem item) {
        return ((SourceItem.Row) item)
                .headers().stream()
                        .filter(header -> header.name().equals("tributary-redrive"))
                        .map(header -> new String(header.value(), UTF_8))
                        .findFirst()
                        .orElse("");
    }

    private void publish(InMemorySink sink, List<String> lines) throws Exception {
        Files.write(file, lines);
        SourceProgress progress = new SourceProgress();
        RejectsSource source =
                new RejectsSource("redrive", "flights", List.of(file.toString()), new LocalFiles(), progress);
        source.check();
        new ProducerDaemon(
                        new ProducerDaemon.Settings(
                                "redrive", new BatchBounds(300, 1 << 20, Duration.ofSeconds(1)), 0, AT_ONCE),
                        source,
                        sink,
                        progress,
                        new ProducerMetrics(progress),
                        MonotonicClock.system(),
                        new StopSignal())
                .run();
    }
}

package io.tributary.sandbox.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.sandbox.cli.audit.InKafka;
import io.tributary.staging.ChainId;
import io.tributary.staging.Compression;
import io.tributary.staging.CutReason;
import io.tributary.staging.LineDigest;
import io.tributary.staging.Link;
import io.tributary.staging.LinkMetadata;
import io.tributary.staging.LinkName;
import io.tributary.staging.OffsetRange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class DaemonMetricsTest {
    @Test
    void seriesOfOneNameAreSummed() {
        assertThat(DaemonMetrics.parse("""
                                # HELP a_total what
                                # TYPE a_total counter
                                a_total{topic="x y",partition="0"} 3
                                a_total{topic="x y",partition="1"} 4
                                b 1.5
                                c nonsense
                                """)).isEqualTo(Map.of("a_total", 7.0, "b", 1.5));
    }

    @Test
    void recordsAreCountedBetweenBoundaries() {
        SegmentCounter counter = new SegmentCounter(List.of(10L, 20L, 30L, 35L), true);
        for (long offset : new long[] {10, 11, 19, 30, 34, 40}) {
            counter.add(new ConsumerRecord<>("t", 0, offset, null, "1".getBytes(StandardCharsets.UTF_8)));
        }

        InKafka.Log log = counter.log();

        assertThat(log.retained()).isEqualTo(new OffsetRange(10, 35));
        assertThat(log.segments()).extracting(InKafka.Segment::records).containsExactly(3L, 0L, 2L);
        assertThat(log.segments().get(1).digest()).contains(LineDigest.ofNothing());
    }

    @Test
    void aLinksLinesAreCheckedOneByOne() throws IOException {
        assertThat(
                        scan("{\"offset\":5,\"timestamp\":1,\"key\":null,\"value\":1}\n{\"offset\":7,\"timestamp\":1,\"key\":null,\"value\":1}\n")
                                .fault())
                .isEmpty();
        assertThat(
                        scan("{\"offset\":5,\"timestamp\":1,\"key\":null,\"value\":1}\n{\"offset\":5,\"timestamp\":1,\"key\":null,\"value\":1}\n")
                                .fault())
                .contains("line 2 of the link has offset 5 after offset 5");
        assertThat(scan("{\"offset\":12,\"timestamp\":1,\"key\":null,\"value\":1}\n")
                        .fault())
                .contains("line 1 of the link has offset 12, which is not the link's");
        assertThat(scan("{\"offset\":5,").fault()).contains("the link's last line is not whole");
        assertThat(scan("x\n").fault()).contains("line 1 of the link: a staged line is not JSON");
    }

    private static io.tributary.sandbox.cli.audit.Staged.Content scan(String lines) throws IOException {
        LinkName name = new LinkName(new ChainId("t", "i", 0), 5, Compression.GZIP);
        LinkScan scan = new LinkScan(new Link(
                name,
                new LinkMetadata(
                        10,
                        2,
                        LineDigest.ofNothing(),
                        Optional.empty(),
                        "writer",
                        CutReason.AGE,
                        OptionalLong.empty(),
                        Optional.empty(),
                        Compression.GZIP)));
        scan.read(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));
        return scan.content();
    }
}

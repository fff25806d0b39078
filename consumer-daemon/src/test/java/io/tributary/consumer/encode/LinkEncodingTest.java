package io.tributary.consumer.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.luben.zstd.ZstdInputStream;
import io.tributary.daemon.MonotonicClock;
import io.tributary.staging.ByteBuilder;
import io.tributary.staging.Compression;
import io.tributary.staging.LineDigest;
import io.tributary.staging.LineEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LinkEncodingTest {
    private final List<Throwable> deaths = new ArrayList<>();
    private final EncoderPool pool = EncoderPool.start(2, 1, 1, deaths::add, MonotonicClock.system());
    private final BufferBudget budget = new BufferBudget(1 << 20);
    private final ByteArrayOutputStream expected = new ByteArrayOutputStream();

    @AfterEach
    void close() {
        pool.close();
        assertThat(deaths).isEmpty();
    }

    /** Lines of the given sizes. */
    private record Block(List<byte[]> lines) implements RecordBlock {
        @Override
        public int size() {
            return lines.size();
        }

        @Override
        public long heldBytes() {
            return lines.stream().mapToLong(line -> line.length).sum();
        }

        @Override
        public LineEncoder.Outcome encode(int index, ByteBuilder out) {
            out.append(lines.get(index));
            return index % 10 == 9 ? LineEncoder.Outcome.ERROR : LineEncoder.Outcome.VALUE;
        }
    }

    @ParameterizedTest
    @EnumSource
    void theBodyIsOneStreamOfAllLinesInOrder(Compression compression) throws Exception {
        LinkEncoding encoding = new LinkEncoding(compression, pool, budget);
        int records = 0;
        for (int size : new int[] {10, 100_000, 3, 400_000, 5_000_000, 1}) {
            records += add(encoding, size, 12);
        }
        EncodedLink link = finish(encoding);
        assertThat(text(compression, link)).isEqualTo(expected.toByteArray());
        assertThat(link.lineBytes()).isEqualTo(expected.size());
        assertThat(link.undecodable()).isEqualTo(records / 12);
        LineDigest digest = new LineDigest();
        digest.update(expected.toByteArray(), 0, expected.size());
        assertThat(link.digest()).isEqualTo(digest.finish());
        assertThat(budget.held()).isEqualTo(link.body().length()).isEqualTo(encoding.heldBytes());
        encoding.release();
        await().until(() -> budget.held() == 0 && encoding.heldBytes() == 0);
    }

    @ParameterizedTest
    @EnumSource
    void aLinkWithoutRecordsIsAnEmptyStream(Compression compression) throws Exception {
        EncodedLink link = finish(new LinkEncoding(compression, pool, budget));
        assertThat(link.digest()).isEqualTo(LineDigest.ofNothing());
        assertThat(text(compression, link)).isEmpty();
    }

    @Test
    void whatIsReleasedEarlyGivesItsMemoryBackOnce() {
        LinkEncoding encoding = new LinkEncoding(Compression.GZIP, pool, budget);
        for (int block = 0; block < 50; block++) {
            add(encoding, 20_000, 3);
        }
        encoding.release();
        encoding.release();
        await().until(() -> budget.held() == 0 && encoding.heldBytes() == 0);
    }

    @Test
    void oneSliceCompressesWell() throws Exception {
        LinkEncoding encoding = new LinkEncoding(Compression.GZIP, pool, budget);
        List<byte[]> lines = new ArrayList<>();
        for (int line = 0; line < 1000; line++) {
            lines.add(("{\"offset\":" + line + ",\"value\":{\"text\":\"always the same\"}}\n")
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        Block block = new Block(lines);
        budget.gathered(block.heldBytes());
        encoding.add(block);
        assertThat(finish(encoding).body().length()).isLessThan(block.heldBytes() / 8);
    }

    private int add(LinkEncoding encoding, int size, int count) {
        Random random = new Random(size);
        List<byte[]> lines = new ArrayList<>();
        for (int line = 0; line < count; line++) {
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);
            lines.add(bytes);
            expected.writeBytes(bytes);
        }
        Block block = new Block(lines);
        budget.gathered(block.heldBytes());
        encoding.add(block);
        return count;
    }

    private static EncodedLink finish(LinkEncoding encoding) throws Exception {
        CompletableFuture<EncodedLink> done = new CompletableFuture<>();
        encoding.finish(done::complete);
        return done.get(30, TimeUnit.SECONDS);
    }

    private static byte[] text(Compression compression, EncodedLink link) throws IOException {
        try (InputStream in = compression == Compression.GZIP
                ? new GZIPInputStream(link.body().open())
                : new ZstdInputStream(link.body().open())) {
            return in.readAllBytes();
        }
    }
}

package io.tributary.etl.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.tributary.staging.LineDigest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Lines come out of a link as they were staged, or not at all. */
class LinkLinesTest {
    private static final String CONTENT = "{\"a\":1}\n" + "x".repeat(300_000) + "\n\n";

    @Test
    void linesOfAnyLengthAreReadFromEitherCodec() throws IOException {
        assertThat(read(link(CONTENT, 3, false), gzip(CONTENT))).containsExactly("{\"a\":1}", "x".repeat(300_000), "");
        assertThat(read(link(CONTENT, 3, true), Zstd.compress(CONTENT.getBytes(StandardCharsets.UTF_8))))
                .hasSize(3);
    }

    @Test
    void gzipOfSeveralMembersIsReadToItsEndHoweverSlowlyItArrives() throws IOException {
        byte[] first = gzip(CONTENT);
        byte[] second = gzip("last\n");
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.write(first);
        both.write(second);
        InputStream trickle = new ByteArrayInputStream(both.toByteArray()) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, first.length % 97 + 1));
            }

            @Override
            public synchronized int available() {
                return 0;
            }
        };

        List<String> lines = new ArrayList<>();
        try (LinkLines link = new LinkLines(link(CONTENT + "last\n", 4, false), trickle)) {
            while (link.next()) {
                lines.add(text(link));
            }
        }

        assertThat(lines).hasSize(4).endsWith("last");
    }

    @Test
    void whatIsCutShortOrChangedIsRefused() throws IOException {
        byte[] whole = gzip(CONTENT);
        byte[] half = java.util.Arrays.copyOf(whole, whole.length / 2);

        assertThatThrownBy(() -> read(link(CONTENT, 3, false), half))
                .isInstanceOf(CorruptLinkException.class)
                .hasMessageStartingWith("link k is corrupt: it cannot be decompressed");
        assertThatThrownBy(() -> read(link(CONTENT, 2, false), whole))
                .hasMessage("link k is corrupt: it has 3 lines, but its metadata says 2");
        assertThatThrownBy(() -> read(link("other\n", 3, false), whole))
                .hasMessageStartingWith("link k is corrupt: its lines have the digest sha256:");
        assertThatThrownBy(() -> read(link("no end", 1, false), gzip("no end")))
                .hasMessage("link k is corrupt: its last line has no line feed");
    }

    private static List<String> read(PendingLink link, byte[] bytes) throws IOException {
        List<String> lines = new ArrayList<>();
        try (LinkLines reader = new LinkLines(link, new ByteArrayInputStream(bytes))) {
            while (reader.next()) {
                lines.add(text(reader));
            }
        }
        return lines;
    }

    private static String text(LinkLines lines) {
        return new String(lines.buffer(), lines.start(), lines.length(), StandardCharsets.UTF_8);
    }

    private static PendingLink link(String content, long records, boolean zstd) {
        LineDigest digest = new LineDigest();
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        digest.update(bytes, 0, bytes.length);
        return new PendingLink("t", "i", 0, "k", 0, 10, records, digest.finish(), zstd, 0, 1, 0);
    }

    private static byte[] gzip(String content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }
}

package io.tributary.producer.source.dataset.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ResumingStreamTest {
    private static final byte[] CONTENT = "0123456789abcdef".getBytes(UTF_8);

    @Test
    void readingGoesOnWhereTheConnectionBroke() throws Exception {
        AtomicInteger opened = new AtomicInteger();
        try (InputStream in = new ResumingStream(2, offset -> {
            opened.incrementAndGet();
            return new Breaking(offset, 3);
        })) {
            assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo("23456789abcdef");
        }
        assertThat(opened.get()).isGreaterThan(3);
    }

    @Test
    void aConnectionThatAlwaysBreaksIsGivenUp() throws Exception {
        try (InputStream in = new ResumingStream(0, offset -> new Breaking(offset, 0))) {
            assertThatThrownBy(in::readAllBytes).hasMessage("connection reset");
        }
    }

    /** Breaks after a few bytes. */
    private static final class Breaking extends FilterInputStream {
        private int left;

        Breaking(long offset, int left) {
            super(new ByteArrayInputStream(CONTENT, (int) offset, CONTENT.length - (int) offset));
            this.left = left;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left == 0) {
                throw new IOException("connection reset");
            }
            int count = super.read(bytes, offset, Math.min(left, length));
            left -= Math.max(count, 0);
            return count;
        }
    }
}

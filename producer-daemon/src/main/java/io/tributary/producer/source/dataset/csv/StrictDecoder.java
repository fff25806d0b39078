package io.tributary.producer.source.dataset.csv;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Decodes text and never puts a replacement character where bytes mean nothing. Confined to one thread. */
final class StrictDecoder {
    private final CharsetDecoder decoder;
    private CharBuffer chars = CharBuffer.allocate(4096);
    private int malformedAt;

    StrictDecoder(Charset charset) {
        decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    /**
     * The text, or null if some bytes mean nothing in the charset; {@link #malformedAt()} then tells where.
     *
     * @param ascii whether the bytes are known to be ASCII
     */
    @Nullable String decode(byte[] bytes, int from, int to, boolean ascii) {
        if (ascii) {
            return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        }
        int most = (int) Math.ceil((to - from) * (double) decoder.maxCharsPerByte());
        if (chars.capacity() < most) {
            chars = CharBuffer.allocate(most);
        }
        chars.clear();
        ByteBuffer input = ByteBuffer.wrap(bytes, from, to - from);
        decoder.reset();
        CoderResult result = decoder.decode(input, chars, true);
        if (!result.isError()) {
            result = decoder.flush(chars);
        }
        if (result.isError()) {
            malformedAt = input.position() - from;
            return null;
        }
        return chars.flip().toString();
    }

    /** The first byte that means nothing, counted from the first one decoded. */
    int malformedAt() {
        return malformedAt;
    }
}

package io.tributary.testing.faults;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * The head of an HTTP/1.1 request or answer, byte by byte as it came, and how its body is framed. Immutable.
 *
 * @param raw the first line and all headers, with the empty line
 */
record HttpMessage(String raw) {
    private static final int LONGEST_HEAD = 64 * 1024;

    /** Reads a head; empty at the end of the stream. */
    static Optional<HttpMessage> read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int ending = 0;
        while (ending < 4) {
            int next = in.read();
            if (next < 0) {
                if (head.size() == 0) {
                    return Optional.empty();
                }
                throw new EOFException("a head broke off");
            }
            head.write(next);
            ending = next == (ending % 2 == 0 ? '\r' : '\n') ? ending + 1 : next == '\r' ? 1 : 0;
            if (head.size() > LONGEST_HEAD) {
                throw new IOException("a head of more than " + LONGEST_HEAD + " bytes");
            }
        }
        return Optional.of(new HttpMessage(head.toString(StandardCharsets.ISO_8859_1)));
    }

    String firstLine() {
        return raw.substring(0, raw.indexOf('\r'));
    }

    Optional<String> header(String name) {
        for (String line : raw.split("\r\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0 && line.substring(0, colon).equalsIgnoreCase(name)) {
                return Optional.of(line.substring(colon + 1).strip());
            }
        }
        return Optional.empty();
    }

    /** The status of an answer. */
    int status() {
        return Integer.parseInt(firstLine().split(" ", -1)[1]);
    }

    /** The same without a header. */
    HttpMessage without(String name) {
        StringBuilder kept = new StringBuilder();
        for (String line : raw.substring(0, raw.length() - 4).split("\r\n", -1)) {
            if (!line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":")) {
                kept.append(line).append("\r\n");
            }
        }
        return new HttpMessage(kept + "\r\n");
    }

    byte[] bytes() {
        return raw.getBytes(StandardCharsets.ISO_8859_1);
    }

    /**
     * Reads the body with its framing, as it comes.
     *
     * @param untilEnd whether a body without a length goes on to the end of the stream
     */
    byte[] body(InputStream in, boolean untilEnd) throws IOException {
        Optional<String> length = header("Content-Length");
        if (header("Transfer-Encoding").filter("chunked"::equalsIgnoreCase).isPresent()) {
            return chunks(in);
        }
        if (length.isPresent()) {
            return exactly(in, Integer.parseInt(length.get()));
        }
        return untilEnd ? in.readAllBytes() : new byte[0];
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (true) {
            String size = line(in, all);
            int bytes = Integer.parseInt(size.split(";", -1)[0].strip(), 16);
            if (bytes == 0) {
                while (!line(in, all).isEmpty()) {
                    // Trailers, to the empty line.
                }
                return all.toByteArray();
            }
            all.write(exactly(in, bytes));
            line(in, all);
        }
    }

    private static String line(InputStream in, ByteArrayOutputStream copy) throws IOException {
        StringBuilder text = new StringBuilder();
        while (true) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("a chunk broke off");
            }
            copy.write(next);
            if (next == '\n') {
                return text.toString();
            }
            if (next != '\r') {
                text.append((char) next);
            }
        }
    }

    private static byte[] exactly(InputStream in, int bytes) throws IOException {
        byte[] read = in.readNBytes(bytes);
        if (read.length < bytes) {
            throw new EOFException("a body broke off");
        }
        return read;
    }
}

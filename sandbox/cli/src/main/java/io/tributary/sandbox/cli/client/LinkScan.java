package io.tributary.sandbox.cli.client;

import io.tributary.sandbox.cli.audit.Staged;
import io.tributary.staging.LineDigest;
import io.tributary.staging.Link;
import io.tributary.staging.StagedLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a link's lines: counts them, takes their digest, and checks each one's offset. Single-use, one thread. */
final class LinkScan {
    private final Link link;
    private final LineDigest digest = new LineDigest();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long lines;
    private long last = -1;
    private @Nullable String fault;

    LinkScan(Link link) {
        this.link = link;
    }

    void read(InputStream content) throws IOException {
        byte[] block = new byte[1 << 16];
        for (int count = content.read(block); count >= 0; count = content.read(block)) {
            digest.update(block, 0, count);
            int start = 0;
            for (int at = 0; at < count; at++) {
                if (block[at] == '\n') {
                    line.write(block, start, at - start);
                    line();
                    start = at + 1;
                }
            }
            line.write(block, start, count - start);
        }
        if (line.size() > 0) {
            fault = "the link's last line is not whole";
        }
    }

    Staged.Content content() {
        return new Staged.Content(lines, digest.finish(), Optional.ofNullable(fault));
    }

    private void line() {
        lines++;
        try {
            long offset = StagedLine.parse(line.toByteArray()).offset();
            if (offset < link.name().from() || offset >= link.metadata().next()) {
                fault = "line " + lines + " of the link has offset " + offset + ", which is not the link's";
            } else if (offset <= last) {
                fault = "line " + lines + " of the link has offset " + offset + " after offset " + last;
            }
            last = offset;
        } catch (IllegalArgumentException noLine) {
            fault = "line " + lines + " of the link: " + noLine.getMessage();
        }
        line.reset();
    }
}

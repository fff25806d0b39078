package io.tributary.consumer.store.s3;

import com.github.luben.zstd.ZstdInputStream;
import io.tributary.consumer.store.DamagedLinkException;
import io.tributary.staging.Compression;
import io.tributary.staging.LinkName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Decompresses what was read whole: so that what fails here is the content, never the connection. Pure. */
final class LinkContent {
    private LinkContent() {}

    static byte[] unpack(LinkName name, byte[] stored) throws DamagedLinkException {
        InputStream in = new ByteArrayInputStream(stored);
        try (InputStream lines =
                name.compression() == Compression.GZIP ? new GZIPInputStream(in) : new ZstdInputStream(in)) {
            return lines.readAllBytes();
        } catch (IOException damaged) {
            throw new DamagedLinkException(name, damaged);
        }
    }
}

package io.tributary.sandbox.s3;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import org.jspecify.annotations.Nullable;

/**
 * Whether a directory can keep metadata beside the bytes of a file. S3Proxy goes on silently without it, and a staged
 * object without its metadata would break its chain. Stateless.
 */
final class MetadataSupport {
    private MetadataSupport() {}

    static boolean works(Path directory) throws IOException {
        Path probe = Files.createTempFile(directory, "probe", null);
        try {
            @Nullable UserDefinedFileAttributeView view = Files.getFileAttributeView(probe, UserDefinedFileAttributeView.class);
            if (view == null) {
                return false;
            }
            view.write("tributary.probe", ByteBuffer.wrap(new byte[1024]));
            return view.size("tributary.probe") == 1024;
        } catch (IOException e) {
            return false;
        } finally {
            Files.delete(probe);
        }
    }
}

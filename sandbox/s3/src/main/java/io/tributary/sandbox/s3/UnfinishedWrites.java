package io.tributary.sandbox.s3;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.regex.Pattern;

/**
 * Knows S3Proxy's temporary files, {@code <key>-<uuid>}: an object being written, or one whose writer was killed.
 * Upstream lists them as if they were objects. Stateless.
 */
final class UnfinishedWrites {
    private static final Pattern TEMPORARY =
            Pattern.compile(".*-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", Pattern.DOTALL);
    /** Parts of multipart uploads, which outlive a restart as S3's do. */
    private static final String UPLOAD = ".mpus-";

    private UnfinishedWrites() {}

    static boolean isTemporary(String key) {
        return TEMPORARY.matcher(key).matches();
    }

    /** Deletes what a killed server left half written: none of it was ever acknowledged. Only for a stopped server. */
    static void sweep(Path root) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String name = file.getFileName().toString();
                if (isTemporary(name) && !name.startsWith(UPLOAD)) {
                    Files.delete(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}

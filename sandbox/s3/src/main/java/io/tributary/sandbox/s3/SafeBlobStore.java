package io.tributary.sandbox.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Mends two habits of S3Proxy's file store: it lists files that are still being written, and on a full disk it may
 * acknowledge an object whose metadata did not fit. Thread-safe, as the store behind it is.
 */
final class SafeBlobStore extends ForwardingBlobStore {
    private static final long RESERVE_BYTES = 16L << 20;

    private final Path root;
    private final FileStore disk;

    SafeBlobStore(BlobStore store, Path root) throws IOException {
        super(store);
        this.root = root;
        this.disk = Files.getFileStore(root);
    }

    @Override
    public ListObjectsV2Response list(ListObjectsV2Request request) {
        ListObjectsV2Response page = super.list(request);
        List<S3Object> finished = page.contents().stream()
                .filter(object -> !UnfinishedWrites.isTemporary(object.key()))
                .toList();
        if (finished.size() == page.contents().size()) {
            return page;
        }
        int keys = finished.size() + page.commonPrefixes().size();
        return page.toBuilder().contents(finished).keyCount(keys).build();
    }

    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, InputStream body) {
        requireRoom(request);
        return super.putBlob(request, body);
    }

    private void requireRoom(PutObjectRequest request) {
        try {
            long length = request.contentLength() == null ? 0 : request.contentLength();
            if (disk.getUsableSpace() - length < RESERVE_BYTES) {
                throw new FileSystemException(root.toString(), null, "No space left on device");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

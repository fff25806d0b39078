package io.tributary.sandbox.s3;

import io.tributary.sandbox.server.DataDirectory;
import io.tributary.sandbox.server.RunningServer;
import io.tributary.sandbox.server.ServerStartException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/**
 * S3Proxy over {@code DIRECTORY/buckets}. Owns the directory; started and closed by one thread each, in that order;
 * requests run on Jetty's threads.
 */
final class S3Server implements RunningServer {
    private final DataDirectory directory;
    private final S3Proxy proxy;

    private S3Server(DataDirectory directory, S3Proxy proxy) {
        this.directory = directory;
        this.proxy = proxy;
    }

    /** Returns when the server answers. */
    static S3Server start(DataDirectory directory, int port, String accessKey, String secretKey) throws Exception {
        Path buckets = Files.createDirectories(directory.path().resolve("buckets"));
        if (!MetadataSupport.works(buckets)) {
            throw new ServerStartException("the file system of " + buckets + " keeps no extended attributes, in which"
                    + " the metadata of objects is stored; choose a data directory on another one (ext4, xfs, btrfs)");
        }
        UnfinishedWrites.sweep(buckets);
        S3Proxy proxy = S3Proxy.builder()
                .blobStore(new SafeBlobStore(new FilesystemNio2BlobStore(buckets.toString()), buckets))
                .endpoint(URI.create("http://127.0.0.1:" + port))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, accessKey, secretKey)
                .build();
        proxy.start();
        return new S3Server(directory, proxy);
    }

    @Override
    public int port() {
        return proxy.getPort();
    }

    @Override
    public void close() throws Exception {
        proxy.stop();
        directory.close();
    }
}

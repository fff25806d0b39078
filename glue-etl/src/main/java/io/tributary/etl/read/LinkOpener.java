package io.tributary.etl.read;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.s3.S3Client;

/** Opens links on an executor, with one client for the life of its process. Safe for many threads. */
final class LinkOpener {
    private static final int CONNECTIONS = 32;
    private static final Map<StagingLocation, S3Client> CLIENTS = new ConcurrentHashMap<>();

    private LinkOpener() {}

    static InputStream open(StagingLocation location, PendingLink link) throws IOException {
        S3Client client = CLIENTS.computeIfAbsent(location, place -> place.client(CONNECTIONS));
        try {
            return client.getObject(request -> request.bucket(location.bucket()).key(link.key()));
        } catch (SdkServiceException | SdkClientException failed) {
            throw new IOException("link " + link.key() + " cannot be read: " + failed.getMessage(), failed);
        }
    }
}

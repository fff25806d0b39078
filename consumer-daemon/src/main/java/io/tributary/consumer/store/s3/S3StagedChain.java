package io.tributary.consumer.store.s3;

import io.tributary.consumer.store.DamagedLinkException;
import io.tributary.consumer.store.StagedChain;
import io.tributary.consumer.store.StagingStore;
import io.tributary.consumer.store.StoreException;
import io.tributary.staging.ChainId;
import io.tributary.staging.Link;
import io.tributary.staging.LinkName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Links of one bucket, to read. Safe for many threads; does not own the client. */
public final class S3StagedChain implements StagedChain {
    private final S3Client client;
    private final String bucket;
    private final String prefix;
    private final StagingStore heads;

    /**
     * Links beneath a prefix of a bucket.
     *
     * @param prefix without a trailing {@code /}; may be empty
     */
    public S3StagedChain(S3Client client, String bucket, String prefix) {
        this.client = client;
        this.bucket = bucket;
        this.prefix = prefix;
        this.heads = new S3StagingStore(client, bucket, prefix);
    }

    @Override
    public List<Link> links(ChainId chain) throws StoreException {
        String folder = chain.keyPrefix(prefix);
        List<LinkName> names;
        try {
            names = client.listObjectsV2Paginator(list -> list.bucket(bucket).prefix(folder)).contents().stream()
                    .map(S3Object::key)
                    .map(key -> LinkName.parse(prefix, key))
                    .flatMap(Optional::stream)
                    .sorted()
                    .toList();
        } catch (SdkException failure) {
            throw S3Failures.of("list " + folder, bucket, failure);
        }
        List<Link> links = new ArrayList<>();
        for (LinkName name : names) {
            heads.head(name).filter(link -> !link.isSeal()).ifPresent(links::add);
        }
        return links;
    }

    @Override
    public byte[] content(Link link) throws StoreException, DamagedLinkException {
        String key = link.name().key(prefix);
        byte[] stored;
        try {
            stored = client.getObjectAsBytes(get -> get.bucket(bucket).key(key)).asByteArrayUnsafe();
        } catch (SdkException failure) {
            throw S3Failures.of("get " + key, bucket, failure);
        }
        return LinkContent.unpack(link.name(), stored);
    }
}

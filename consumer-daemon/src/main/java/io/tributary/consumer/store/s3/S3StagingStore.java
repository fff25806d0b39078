package io.tributary.consumer.store.s3;

import io.tributary.consumer.store.Generation;
import io.tributary.consumer.store.LinkBody;
import io.tributary.consumer.store.StoreException;
import io.tributary.staging.ChainId;
import io.tributary.staging.Compression;
import io.tributary.staging.Link;
import io.tributary.staging.LinkMetadata;
import io.tributary.staging.LinkName;
import io.tributary.staging.SwitchMark;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Links as objects of one bucket. The client must not retry by itself: a retry would turn the answer to our own
 * creation into "exists". Safe for many threads; does not own the client.
 */
public final class S3StagingStore implements Generation {
    private static final int NOT_FOUND = 404;
    private static final int PRECONDITION_FAILED = 412;

    private final S3Client client;
    private final S3Client reads;
    private final String bucket;
    private final String prefix;

    /**
     * A store beneath a prefix of a bucket.
     *
     * @param client without retries of its own
     * @param prefix without a trailing {@code /}; may be empty
     */
    public S3StagingStore(S3Client client, String bucket, String prefix) {
        this(client, client, bucket, prefix);
    }

    /**
     * A store whose questions the SDK may ask again by itself.
     *
     * @param client for creations, without retries of its own
     * @param reads  for all else
     */
    public S3StagingStore(S3Client client, S3Client reads, String bucket, String prefix) {
        this.client = client;
        this.reads = reads;
        this.bucket = bucket;
        this.prefix = prefix;
    }

    @Override
    public Creation create(LinkName name, LinkMetadata metadata, LinkBody body) throws StoreException {
        String key = name.key(prefix);
        String type = name.compression() == Compression.GZIP ? "application/gzip" : "application/zstd";
        try {
            client.putObject(
                    put -> put.bucket(bucket)
                            .key(key)
                            .ifNoneMatch("*")
                            .metadata(metadata.toMap())
                            .contentType(type),
                    RequestBody.fromContentProvider(body::open, body.length(), type));
            return Creation.CREATED;
        } catch (S3Exception answer) {
            if (answer.statusCode() == PRECONDITION_FAILED) {
                return Creation.EXISTS;
            }
            throw S3Failures.of("put " + key, bucket, answer);
        } catch (SdkException unknown) {
            throw S3Failures.of("put " + key, bucket, unknown);
        }
    }

    @Override
    public Optional<Link> head(LinkName name) throws StoreException {
        String key = name.key(prefix);
        try {
            HeadObjectResponse found =
                    reads.headObject(head -> head.bucket(bucket).key(key));
            return Optional.of(new Link(name, LinkMetadata.parse(name, found.metadata())));
        } catch (S3Exception answer) {
            if (answer.statusCode() == NOT_FOUND) {
                return Optional.empty();
            }
            throw S3Failures.of("head " + key, bucket, answer);
        } catch (SdkException unknown) {
            throw S3Failures.of("head " + key, bucket, unknown);
        }
    }

    @Override
    public Tail tail(ChainId chain, OptionalLong from) throws StoreException {
        String chainPrefix = chain.keyPrefix(prefix);
        ListObjectsV2Request.Builder request =
                ListObjectsV2Request.builder().bucket(bucket).prefix(chainPrefix);
        // The digits alone sort just before the object that begins with them, and marks after all digits.
        from.ifPresent(offset -> request.startAfter(chainPrefix + LinkName.digits(offset)));
        return listing("list " + chainPrefix, () -> {
            Optional<LinkName> last = Optional.empty();
            List<LinkName> marks = new ArrayList<>();
            for (S3Object object : reads.listObjectsV2Paginator(request.build()).contents()) {
                Optional<LinkName> link = LinkName.parse(prefix, object.key());
                last = link.isPresent() ? link : last;
                SwitchMark.parse(prefix, object.key()).ifPresent(marks::add);
            }
            marks.sort(Comparator.reverseOrder());
            return new Tail(last, marks);
        });
    }

    @Override
    public void mark(LinkName name) throws StoreException {
        String key = SwitchMark.key(prefix, name);
        try {
            client.putObject(
                    put -> put.bucket(bucket).key(key).ifNoneMatch("*"), RequestBody.fromString(SwitchMark.TEXT));
        } catch (S3Exception answer) {
            if (answer.statusCode() != PRECONDITION_FAILED) {
                throw S3Failures.of("put " + key, bucket, answer);
            }
        } catch (SdkException unknown) {
            throw S3Failures.of("put " + key, bucket, unknown);
        }
    }

    @Override
    public void check() throws StoreException {
        String under = prefix.isEmpty() ? "" : prefix + "/";
        listing(
                "list " + under,
                () -> reads.listObjectsV2(
                        list -> list.bucket(bucket).prefix(under).maxKeys(1)));
    }

    private <T> T listing(String operation, Supplier<T> list) throws StoreException {
        try {
            return list.get();
        } catch (SdkException failure) {
            throw S3Failures.of(operation, bucket, failure);
        }
    }
}

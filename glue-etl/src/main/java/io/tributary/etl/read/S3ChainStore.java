package io.tributary.etl.read;

import io.tributary.staging.ChainId;
import io.tributary.staging.LinkMetadata;
import io.tributary.staging.LinkName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Staging in an S3 bucket. Owns its client; safe for many threads. */
public final class S3ChainStore implements ChainStore, AutoCloseable {
    private static final int PAGE = 1000;
    private static final String INCARNATION = "incarnation=";
    private static final String PARTITION = "partition=";

    private final StagingLocation location;
    private final S3Client client;

    public S3ChainStore(StagingLocation location, int connections) {
        this.location = location;
        this.client = location.client(connections);
    }

    @Override
    public List<ChainId> chains(String topic) {
        String base = location.prefix().isEmpty() ? "" : location.prefix() + "/";
        List<ChainId> chains = new ArrayList<>();
        for (String incarnation : folders(base + topic + "/", INCARNATION)) {
            String below = base + topic + "/" + INCARNATION + incarnation + "/";
            for (String partition : folders(below, PARTITION)) {
                if (partition.matches("[0-9]{1,9}")) {
                    chains.add(new ChainId(topic, incarnation, Integer.parseInt(partition)));
                }
            }
        }
        chains.sort(Comparator.comparing(ChainId::incarnation).thenComparingInt(ChainId::partition));
        return chains;
    }

    private List<String> folders(String prefix, String label) {
        return client
                .listObjectsV2Paginator(ListObjectsV2Request.builder()
                        .bucket(location.bucket())
                        .prefix(prefix)
                        .delimiter("/")
                        .build())
                .commonPrefixes()
                .stream()
                .map(CommonPrefix::prefix)
                .map(found -> found.substring(prefix.length(), found.length() - 1))
                .filter(name -> name.startsWith(label))
                .map(name -> name.substring(label.length()))
                .toList();
    }

    @Override
    public List<StoredLink> list(ChainId chain, long from, int most) {
        List<StoredLink> links = new ArrayList<>();
        String folder = chain.keyPrefix(location.prefix());
        // A name goes on with its suffix, so it stands after its bare digits.
        String after = folder + LinkName.digits(from);
        while (links.size() < most) {
            ListObjectsV2Response page = client.listObjectsV2(ListObjectsV2Request.builder()
                    .bucket(location.bucket())
                    .prefix(folder)
                    .startAfter(after)
                    .maxKeys(Math.min(PAGE, most - links.size()))
                    .build());
            for (S3Object object : page.contents()) {
                after = object.key();
                LinkName.parse(location.prefix(), object.key())
                        .ifPresent(name -> links.add(new StoredLink(name, object.size(), object.lastModified())));
            }
            if (!Boolean.TRUE.equals(page.isTruncated()) || page.contents().isEmpty()) {
                break;
            }
        }
        return links;
    }

    @Override
    public Optional<LinkMetadata> metadata(LinkName name) {
        HeadObjectResponse head;
        try {
            head = client.headObject(
                    request -> request.bucket(location.bucket()).key(name.key(location.prefix())));
        } catch (NoSuchKeyException absent) {
            return Optional.empty();
        }
        Map<String, String> metadata = head.metadata().entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
        return Optional.of(LinkMetadata.parse(name, metadata));
    }

    @Override
    public void delete(LinkName name) {
        client.deleteObject(request -> request.bucket(location.bucket()).key(name.key(location.prefix())));
    }

    @Override
    public void close() {
        client.close();
    }
}

package io.tributary.etl.read;

import io.tributary.etl.EtlException;
import io.tributary.staging.ChainId;
import io.tributary.staging.GenerationPath;
import io.tributary.staging.Link;
import io.tributary.staging.LinkMetadata;
import io.tributary.staging.LinkName;
import io.tributary.staging.SwitchMark;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Staging in an S3 bucket. Remembers where chains went, which they never come back from. Owns its client; safe for many
 * threads.
 */
public final class S3ChainStore implements ChainStore, AutoCloseable {
    private static final int PAGE = 1000;
    private static final String INCARNATION = "incarnation=";
    private static final String PARTITION = "partition=";

    private static final Logger LOG = LoggerFactory.getLogger(S3ChainStore.class);

    private final StagingLocation location;
    private final S3Client client;
    private final GenerationPath home;
    private final Map<ChainId, GenerationPath> paths = new ConcurrentHashMap<>();

    public S3ChainStore(StagingLocation location, int connections) {
        this.location = location;
        this.client = location.client(connections);
        this.home = GenerationPath.of(location.prefix());
    }

    @Override
    public List<ChainId> chains(String topic) {
        List<ChainId> chains = new ArrayList<>();
        for (String incarnation : folders(base() + topic + "/", INCARNATION)) {
            String below = base() + topic + "/" + INCARNATION + incarnation + "/";
            for (String partition : folders(below, PARTITION)) {
                if (partition.matches("[0-9]{1,9}")) {
                    chains.add(new ChainId(topic, incarnation, Integer.parseInt(partition)));
                }
            }
        }
        chains.sort(Comparator.comparing(ChainId::incarnation).thenComparingInt(ChainId::partition));
        return chains;
    }

    private String base() {
        return location.prefix().isEmpty() ? "" : location.prefix() + "/";
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
        while (true) {
            GenerationPath path = paths.getOrDefault(chain, home);
            Listing listing = list(path.prefix(), chain, from, most);
            // Marks sort after all links, so that a listing to the end has shown them.
            List<LinkName> marks = listing.whole() ? listing.marks() : marks(path.prefix(), chain);
            Optional<Link> seal = GenerationPath.seal(marks, name -> head(path.prefix(), name));
            if (seal.isEmpty()) {
                return listing.links();
            }
            GenerationPath next = path.then(seal.get());
            paths.put(chain, next);
            LOG.atInfo()
                    .addKeyValue("chain", chain)
                    .addKeyValue("since", next.since())
                    .addKeyValue("generation", next.prefix())
                    .log("the chain goes on in another generation; following it");
        }
    }

    private record Listing(List<StoredLink> links, List<LinkName> marks, boolean whole) {}

    private Listing list(String prefix, ChainId chain, long from, int most) {
        List<StoredLink> links = new ArrayList<>();
        List<LinkName> marks = new ArrayList<>();
        String folder = chain.keyPrefix(prefix);
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
                LinkName.parse(prefix, object.key())
                        .ifPresent(
                                name -> links.add(new StoredLink(name, prefix, object.size(), object.lastModified())));
                SwitchMark.parse(prefix, object.key()).ifPresent(marks::add);
            }
            if (!Boolean.TRUE.equals(page.isTruncated()) || page.contents().isEmpty()) {
                return new Listing(links, marks, true);
            }
        }
        return new Listing(links, marks, false);
    }

    private List<LinkName> marks(String prefix, ChainId chain) {
        return client
                .listObjectsV2Paginator(
                        list -> list.bucket(location.bucket()).prefix(SwitchMark.keyPrefix(prefix, chain)))
                .contents()
                .stream()
                .flatMap(object -> SwitchMark.parse(prefix, object.key()).stream())
                .toList();
    }

    @Override
    public Optional<LinkMetadata> metadata(StoredLink link) {
        return head(link.prefix(), link.name()).map(Link::metadata);
    }

    private Optional<Link> head(String prefix, LinkName name) {
        HeadObjectResponse head;
        try {
            head = client.headObject(
                    request -> request.bucket(location.bucket()).key(name.key(prefix)));
        } catch (NoSuchKeyException absent) {
            return Optional.empty();
        }
        Map<String, String> metadata = head.metadata().entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
        return Optional.of(new Link(name, LinkMetadata.parse(name, metadata)));
    }

    @Override
    public void delete(StoredLink link) {
        client.deleteObject(request -> request.bucket(location.bucket()).key(link.key()));
    }

    @Override
    public Instant now() {
        String bucket = location.bucket();
        // A list below the prefix, since that is all that the job's role may ask of the bucket itself.
        return client.listObjectsV2(list -> list.bucket(bucket).prefix(base()).maxKeys(1))
                .sdkHttpResponse()
                .firstMatchingHeader("Date")
                .map(date -> DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from))
                .orElseThrow(() -> new EtlException("the answer of bucket " + bucket + " has no Date"));
    }

    @Override
    public void close() {
        client.close();
    }
}

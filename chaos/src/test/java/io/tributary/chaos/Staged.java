package io.tributary.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * One topic's staged objects, read with nothing of the programs' own: which numbers arrived, which twice, and whether the
 * objects of each partition form one chain. Each object is read once. Confined to one thread.
 */
final class Staged {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    /** Longer than the retention of staging. */
    private static final Duration AGE = Duration.ofHours(2);

    private final S3Client s3;
    private final String bucket;
    private final String prefix;
    private final ToLongFunction<JsonNode> number;
    private final BitSet seen = new BitSet();
    private final Set<String> doubled = new HashSet<>();
    private final Set<String> disordered = new HashSet<>();
    private final Set<String> read = new HashSet<>();
    private Set<String> present = Set.of();
    private Set<String> young = Set.of();
    private final Map<String, TreeMap<Long, Long>> chains = new HashMap<>();
    private final Map<String, TreeMap<Long, Long>> numbers = new HashMap<>();

    /**
     * One topic's.
     *
     * @param number finds a line's number, or gives -1
     */
    Staged(S3Client s3, String bucket, String topic, ToLongFunction<JsonNode> number) {
        this.s3 = s3;
        this.bucket = bucket;
        this.prefix = "staging/" + topic + "/";
        this.number = number;
    }

    /** Reads what was staged since. */
    void look() {
        List<S3Object> objects =
                s3.listObjectsV2Paginator(list -> list.bucket(bucket).prefix(prefix)).contents().stream()
                        .toList();
        for (S3Object object : objects) {
            if (!read.contains(object.key())) {
                take(object.key());
                read.add(object.key());
            }
        }
        present = objects.stream().map(S3Object::key).collect(Collectors.toSet());
    }

    /**
     * Makes what was read before the last call look old, as if its retention were over. A process that was frozen has
     * been awake since: what it would write is long written.
     *
     * @param disk where the server keeps the bucket
     */
    void age(Path disk) throws IOException {
        FileTime longAgo = FileTime.from(Clock.systemUTC().instant().minus(AGE));
        for (String key : young) {
            try {
                Files.setLastModifiedTime(disk.resolve(key), longAgo);
            } catch (NoSuchFileException cleanedUp) {
                // As it should be.
            }
        }
        young = Set.copyOf(read);
    }

    /** How many objects were cleaned up. */
    long cleaned() {
        return (long) read.size() - present.size();
    }

    /** How many different numbers are staged. */
    long count() {
        return seen.cardinality();
    }

    boolean has(long number) {
        return seen.get((int) number);
    }

    /** How many lines came twice or more. */
    long doubles() {
        return doubled.size();
    }

    /** Numbers that a partition has in another order than they were written in. */
    Set<String> disorder() {
        for (Map.Entry<String, TreeMap<Long, Long>> partition : numbers.entrySet()) {
            long last = -1;
            for (Map.Entry<Long, Long> line : partition.getValue().entrySet()) {
                if (line.getValue() <= last) {
                    disordered.add(partition.getKey() + " offset " + line.getKey());
                }
                last = line.getValue();
            }
            // What was checked need not be kept, but for the end.
            partition
                    .getValue()
                    .headMap(
                            partition.getValue().isEmpty()
                                    ? 0
                                    : partition.getValue().lastKey())
                    .clear();
        }
        return disordered;
    }

    /** Objects that no link before them leads to. */
    Set<String> strays() {
        Set<String> strays = new HashSet<>();
        chains.forEach((partition, links) -> {
            long next = 0;
            for (Map.Entry<Long, Long> link : links.entrySet()) {
                if (link.getKey() != next) {
                    strays.add(partition + link.getKey() + " instead of " + next);
                }
                next = link.getValue();
            }
        });
        return strays;
    }

    private void take(String key) {
        ResponseBytes<GetObjectResponse> object =
                s3.getObjectAsBytes(get -> get.bucket(bucket).key(key));
        String partition = key.substring(0, key.lastIndexOf('/') + 1);
        long from = Long.parseLong(key.substring(partition.length(), key.indexOf('.', partition.length())));
        long next = Long.parseLong(object.response().metadata().getOrDefault("tributary-next", "-1"));
        chains.computeIfAbsent(partition, none -> new TreeMap<>()).put(from, next);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(new ByteArrayInputStream(object.asByteArrayUnsafe())), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode parsed = MAPPER.readTree(line);
                long n = number.applyAsLong(parsed);
                if (n < 0 || seen.get((int) n)) {
                    doubled.add(key + ": " + line);
                } else {
                    seen.set((int) n);
                }
                numbers.computeIfAbsent(partition, none -> new TreeMap<>())
                        .put(parsed.path("offset").asLong(), n);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}

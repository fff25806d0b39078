package io.tributary.consumer.store;

import io.tributary.staging.ChainId;
import io.tributary.staging.Link;
import io.tributary.staging.LinkMetadata;
import io.tributary.staging.LinkName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A staging store in memory, with S3's guarantees. For tests. Safe for many threads. */
public final class InMemoryStagingStore implements Generation {
    private final TreeMap<String, Stored> objects = new TreeMap<>();
    private final Set<LinkName> marks = new HashSet<>();
    private long writes;

    /**
     * An object.
     *
     * @param name     its name
     * @param metadata its user metadata
     * @param content  its bytes
     */
    public record Stored(LinkName name, Map<String, String> metadata, byte[] content) {
        /** The link that the object is. */
        public Link link() {
            return new Link(name, LinkMetadata.parse(name, metadata));
        }
    }

    @Override
    public synchronized Creation create(LinkName name, LinkMetadata metadata, LinkBody body) {
        if (objects.containsKey(name.key(""))) {
            return Creation.EXISTS;
        }
        overwrite(name, metadata, body);
        return Creation.CREATED;
    }

    /** What a store without conditional writes would do. */
    public synchronized void overwrite(LinkName name, LinkMetadata metadata, LinkBody body) {
        writes++;
        try {
            objects.put(
                    name.key(""), new Stored(name, metadata.toMap(), body.open().readAllBytes()));
        } catch (IOException cannotHappenInMemory) {
            throw new UncheckedIOException(cannotHappenInMemory);
        }
    }

    @Override
    public synchronized Optional<Link> head(LinkName name) {
        return Optional.ofNullable(objects.get(name.key(""))).map(Stored::link);
    }

    @Override
    public synchronized Tail tail(ChainId chain, OptionalLong from) {
        String prefix = chain.keyPrefix("");
        Optional<LinkName> last = objects.tailMap(prefix + LinkName.digits(from.orElse(0))).entrySet().stream()
                .takeWhile(entry -> entry.getKey().startsWith(prefix))
                .reduce((before, after) -> after)
                .map(entry -> entry.getValue().name());
        List<LinkName> own = marks.stream()
                .filter(name -> name.chain().equals(chain))
                .sorted(Comparator.reverseOrder())
                .toList();
        return new Tail(last, own);
    }

    @Override
    public synchronized void mark(LinkName name) {
        marks.add(name);
    }

    @Override
    public void check() {}

    /** How many objects were written so far. */
    public synchronized long writes() {
        return writes;
    }

    /** A chain's objects in order. */
    public synchronized List<Stored> chain(ChainId chain) {
        String prefix = chain.keyPrefix("");
        return objects.tailMap(prefix).entrySet().stream()
                .takeWhile(entry -> entry.getKey().startsWith(prefix))
                .map(Map.Entry::getValue)
                .collect(Collectors.toList());
    }
}

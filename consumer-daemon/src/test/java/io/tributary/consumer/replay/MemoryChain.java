package io.tributary.consumer.replay;

import io.tributary.consumer.store.InMemoryStagingStore;
import io.tributary.consumer.store.StagedChain;
import io.tributary.staging.ChainId;
import io.tributary.staging.Link;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** A store in memory, to read. All links are gzip. */
record MemoryChain(InMemoryStagingStore store) implements StagedChain {
    @Override
    public List<Link> links(ChainId chain) {
        return store.chain(chain).stream()
                .map(InMemoryStagingStore.Stored::link)
                .toList();
    }

    @Override
    public byte[] content(Link link) {
        return store.chain(link.name().chain()).stream()
                .filter(stored -> stored.name().equals(link.name()))
                .map(stored -> unpack(stored.content()))
                .findFirst()
                .orElseThrow();
    }

    private static byte[] unpack(byte[] content) {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(content))) {
            return in.readAllBytes();
        } catch (IOException corrupt) {
            throw new UncheckedIOException(corrupt);
        }
    }
}

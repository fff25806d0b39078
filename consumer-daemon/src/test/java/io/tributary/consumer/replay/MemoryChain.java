package io.tributary.consumer.replay;

import io.tributary.consumer.store.DamagedLinkException;
import io.tributary.consumer.store.InMemoryStagingStore;
import io.tributary.consumer.store.StagedChain;
import io.tributary.staging.ChainId;
import io.tributary.staging.Link;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** A store in memory, to read. All links are gzip. */
record MemoryChain(InMemoryStagingStore store) implements StagedChain {
    @Override
    public List<Link> links(ChainId chain) {
        return store.chain(chain).stream()
                .map(InMemoryStagingStore.Stored::link)
                .filter(link -> !link.isSeal())
                .toList();
    }

    @Override
    public byte[] content(Link link) throws DamagedLinkException {
        byte[] stored = store.chain(link.name().chain()).stream()
                .filter(found -> found.name().equals(link.name()))
                .map(InMemoryStagingStore.Stored::content)
                .findFirst()
                .orElseThrow();
        return unpack(link, stored);
    }

    private static byte[] unpack(Link link, byte[] content) throws DamagedLinkException {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(content))) {
            return in.readAllBytes();
        } catch (IOException corrupt) {
            throw new DamagedLinkException(link.name(), corrupt);
        }
    }
}

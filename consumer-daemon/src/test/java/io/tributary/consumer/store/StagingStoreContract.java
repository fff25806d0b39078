package io.tributary.consumer.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.consumer.store.StagingStore.Creation;
import io.tributary.staging.ChainId;
import io.tributary.staging.Compression;
import io.tributary.staging.CutReason;
import io.tributary.staging.Link;
import io.tributary.staging.LinkMetadata;
import io.tributary.staging.LinkName;
import io.tributary.staging.OffsetRange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every staging store does. */
abstract class StagingStoreContract {
    private final ChainId chain = new ChainId("topic", UUID.randomUUID().toString(), 7);

    abstract StagingStore store();

    @Test
    void aLinkIsCreatedOnceAndTellsWhatItIs() throws StoreException {
        LinkName name = LinkName.first(chain);
        LinkMetadata first = metadata(10, "first");
        assertThat(store().create(name, first, body("a", "bc"))).isEqualTo(Creation.CREATED);
        assertThat(store().create(name, metadata(5, "second"), body("d"))).isEqualTo(Creation.EXISTS);
        assertThat(store().head(name)).contains(new Link(name, first));
    }

    @Test
    void aLinkThatIsNotThereIsEmpty() throws StoreException {
        assertThat(store().head(new LinkName(chain, 5, Compression.ZSTD))).isEmpty();
        assertThat(store().last(chain, OptionalLong.empty())).isEmpty();
        assertThat(ChainEnd.find(store(), chain, OptionalLong.of(3))).isEmpty();
    }

    @Test
    void ofManyThatCreateOneNameOneSucceeds() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            for (long from = 0; from < 5; from++) {
                LinkName name = new LinkName(chain, from, Compression.GZIP);
                List<Callable<Creation>> tries = new ArrayList<>();
                for (int writer = 0; writer < 8; writer++) {
                    String id = "writer-" + writer;
                    tries.add(() -> create(name, id));
                }
                int created = 0;
                for (Future<Creation> result : pool.invokeAll(tries)) {
                    created += result.get() == Creation.CREATED ? 1 : 0;
                }
                assertThat(created).isEqualTo(1);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void theLastLinkIsFoundFromTheStartFromAHintAndDespiteAWrongHint() throws StoreException {
        List<LinkName> names = new ArrayList<>();
        for (long from : new long[] {0, 9, 10, 100, 1_000_000_000_000L}) {
            LinkName name = new LinkName(chain, from, from == 10 ? Compression.ZSTD : Compression.GZIP);
            store().create(name, metadata(from + 1, "w"), body("x"));
            names.add(name);
        }
        ChainId neighbour = new ChainId(chain.topic(), chain.incarnation(), 70);
        store().create(LinkName.first(neighbour), metadata(1, "w"), body("x"));
        LinkName last = names.get(names.size() - 1);
        assertThat(store().last(chain, OptionalLong.empty())).contains(last);
        assertThat(store().last(chain, OptionalLong.of(100))).contains(last);
        assertThat(store().last(chain, OptionalLong.of(last.from()))).contains(last);
        assertThat(store().last(chain, OptionalLong.of(last.from() + 1))).isEmpty();
        assertThat(ChainEnd.find(store(), chain, OptionalLong.of(last.from() + 1))
                        .map(Link::name))
                .contains(last);
    }

    @Test
    void itCanBeChecked() throws StoreException {
        store().check();
    }

    private Creation create(LinkName name, String writer) throws StoreException {
        while (true) {
            try {
                return store().create(name, metadata(name.from() + 1, writer), body(writer));
            } catch (StoreException conflict) {
                if (conflict.isRefused()) {
                    throw conflict;
                }
            }
        }
    }

    private static LinkBody body(String... pieces) {
        List<byte[]> bytes = new ArrayList<>();
        for (String piece : pieces) {
            bytes.add(piece.getBytes(StandardCharsets.UTF_8));
        }
        return new LinkBody(bytes);
    }

    private static LinkMetadata metadata(long next, String writer) {
        return new LinkMetadata(
                next,
                1,
                "sha256:00",
                Optional.of(new LinkMetadata.Timestamps(-1, 5)),
                writer,
                CutReason.MEMORY,
                OptionalLong.of(3),
                Optional.of(new OffsetRange(1, 2)),
                Compression.ZSTD);
    }
}

package io.tributary.consumer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.consumer.store.StagingStore.Creation;
import io.tributary.staging.ChainId;
import io.tributary.staging.Compression;
import io.tributary.staging.CutReason;
import io.tributary.staging.GenerationPath;
import io.tributary.staging.LineDigest;
import io.tributary.staging.Link;
import io.tributary.staging.LinkMetadata;
import io.tributary.staging.LinkName;
import io.tributary.staging.MalformedLinkException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What following chains through generations does on every store. */
abstract class FollowingStoreContract {
    private static final String HOME = "staging";
    private static final LinkBody BODY = new LinkBody(List.of(new byte[] {1}));

    private final ChainId chain = new ChainId("topic", UUID.randomUUID().toString(), 7);
    private final List<GenerationPath> told = new ArrayList<>();

    /** The links under a prefix; the same ones each time. */
    abstract Generation generation(String prefix);

    @Test
    void marksAreShownBehindAllLinksAndWrittenTwiceTheyAreOne() throws StoreException {
        Generation home = generation(HOME);
        links(HOME, 0, 5, 9);
        home.mark(at(5));
        home.mark(at(9));
        home.mark(at(9));
        Generation.Tail all = new Generation.Tail(Optional.of(at(5)), List.of(at(9), at(5)));
        assertThat(home.tail(chain, OptionalLong.empty())).isEqualTo(all);
        assertThat(home.tail(chain, OptionalLong.of(5))).isEqualTo(all);
        assertThat(home.tail(chain, OptionalLong.of(Long.MAX_VALUE)))
                .isEqualTo(new Generation.Tail(Optional.empty(), List.of(at(9), at(5))));
        assertThat(home.head(at(9))).isEmpty();
        assertThat(home.last(new ChainId("topic", chain.incarnation(), 8), OptionalLong.empty()))
                .isEmpty();
    }

    @Test
    void aChainThatWasNotSwitchedStaysWhereItIsWhateverMarksThereAre() throws StoreException {
        links(HOME, 0, 5, 9);
        generation(HOME).mark(at(5));
        generation(HOME).mark(at(9));
        FollowingStore store = following();
        assertThat(store.last(chain, OptionalLong.empty())).contains(at(5));
        assertThat(store.create(at(9), link(at(9), 12), BODY)).isEqualTo(Creation.CREATED);
        assertThat(store.find(chain)).isEqualTo(GenerationPath.of(HOME));
        assertThat(told).isEmpty();
    }

    @Test
    void theEndIsFoundInTheGenerationThatTheChainIsInHoweverFarTheHintIs() throws StoreException {
        links(HOME, 0, 5, 9);
        links("two", 0, 5, 7, 9);
        seal(HOME, 9, "two");
        links("two", 9, 20, 30);
        for (OptionalLong hint :
                new OptionalLong[] {OptionalLong.empty(), OptionalLong.of(5), OptionalLong.of(9), OptionalLong.of(20)
                }) {
            assertThat(ChainEnd.find(following(), chain, hint).map(Link::name)).contains(at(20));
        }
        GenerationPath path = new GenerationPath("two", 9, List.of(HOME));
        assertThat(following().find(chain)).isEqualTo(path);
        assertThat(told).contains(path);
    }

    @Test
    void whoeverIsBehindMeetsTheOldLinksAndThenTheEnd() throws StoreException {
        links(HOME, 0, 5);
        FollowingStore stale = following();
        assertThat(stale.last(chain, OptionalLong.empty())).contains(at(0));
        links(HOME, 5, 9);
        links("two", 0, 5, 9);
        seal(HOME, 9, "two");

        assertThat(stale.create(at(5), link(at(5), 8), BODY)).isEqualTo(Creation.EXISTS);
        assertThat(stale.head(at(5)).orElseThrow().metadata().next()).isEqualTo(9);
        assertThat(stale.seen(chain)).isEqualTo(GenerationPath.of(HOME));
        assertThat(stale.create(at(9), link(at(9), 12), BODY)).isEqualTo(Creation.CREATED);
        assertThat(generation("two").head(at(9)).orElseThrow().metadata().next())
                .isEqualTo(12);
        assertThat(generation(HOME).head(at(9)).orElseThrow().isSeal()).isTrue();
        assertThat(following().create(at(9), link(at(9), 11), BODY)).isEqualTo(Creation.EXISTS);
        assertThat(following().head(at(9)).orElseThrow().metadata().next()).isEqualTo(12);
        assertThat(told).containsOnly(new GenerationPath("two", 9, List.of(HOME)));
    }

    @Test
    void aChainThatWasSwitchedTwiceIsFollowedTwice() throws StoreException {
        links(HOME, 0, 5);
        links("two", 0, 5);
        seal(HOME, 5, "two");
        links("three", 0, 5);
        seal("two", 5, "three");
        assertThat(following().create(at(5), link(at(5), 8), BODY)).isEqualTo(Creation.CREATED);
        assertThat(generation("three").head(at(5))).isPresent();
        assertThat(following().find(chain)).isEqualTo(new GenerationPath("three", 5, List.of(HOME, "two")));
    }

    @Test
    void anEndWhoseMarkWasRemovedIsFoundByWhoeverAppends() throws StoreException {
        links(HOME, 0, 5);
        links("two", 0, 5);
        generation(HOME).create(at(5), LinkMetadata.seal(at(5), "switch", "two"), BODY);
        FollowingStore store = following();
        assertThat(store.create(at(5), link(at(5), 8), BODY)).isEqualTo(Creation.CREATED);
        assertThat(generation("two").head(at(5))).isPresent();
    }

    @Test
    void aCircleIsToldAndNotFollowedForEver() throws StoreException {
        links(HOME, 0, 5);
        seal(HOME, 5, "two");
        seal("two", 5, HOME);
        String problem = "link " + at(5).key("") + ": metadata tributary-generation is 'staging', where the chain was "
                + "before: it leads in a circle";
        assertThatThrownBy(() -> following().find(chain))
                .isInstanceOf(MalformedLinkException.class)
                .hasMessage(problem);
        assertThatThrownBy(() -> following().create(at(5), link(at(5), 8), BODY))
                .isInstanceOf(MalformedLinkException.class)
                .hasMessage(problem);
    }

    private FollowingStore following() {
        return new FollowingStore(HOME, this::generation, (followed, path) -> {
            assertThat(followed).isEqualTo(chain);
            told.add(path);
        });
    }

    private void seal(String prefix, long end, String next) throws StoreException {
        generation(prefix).mark(at(end));
        generation(prefix).create(at(end), LinkMetadata.seal(at(end), "switch", next), BODY);
    }

    /** Links between these offsets. */
    private void links(String prefix, long... ends) throws StoreException {
        for (int link = 0; link + 1 < ends.length; link++) {
            generation(prefix).create(at(ends[link]), link(at(ends[link]), ends[link + 1]), BODY);
        }
    }

    private LinkName at(long offset) {
        return new LinkName(chain, offset, Compression.GZIP);
    }

    private static LinkMetadata link(LinkName name, long next) {
        return new LinkMetadata(
                next,
                next - name.from(),
                LineDigest.ofNothing(),
                Optional.empty(),
                "w",
                CutReason.AGE,
                OptionalLong.empty(),
                Optional.empty(),
                Compression.GZIP);
    }
}

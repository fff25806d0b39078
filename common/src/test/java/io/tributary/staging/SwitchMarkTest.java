package io.tributary.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SwitchMarkTest {
    private static final ChainId CHAIN = new ChainId("t", "i", 3);

    @Test
    void aMarkSortsAfterAllLinksIsNoneAndReadsBack() {
        LinkName name = new LinkName(CHAIN, 5000, Compression.ZSTD);
        String key = SwitchMark.key("staging", name);
        assertThat(key).isEqualTo("staging/t/incarnation=i/partition=3/_switch-00000000000000005000.jsonl.zst");
        assertThat(key).startsWith(SwitchMark.keyPrefix("staging", CHAIN));
        assertThat(key).isGreaterThan(new LinkName(CHAIN, Long.MAX_VALUE, Compression.ZSTD).key("staging"));
        assertThat(LinkName.parse("staging", key)).isEmpty();
        assertThat(SwitchMark.parse("staging", key)).contains(name);
        assertThat(SwitchMark.parse("", SwitchMark.key("", name))).contains(name);
        assertThat(SwitchMark.parse("staging", name.key("staging"))).isEmpty();
        assertThat(SwitchMark.parse("other", key)).isEmpty();
        assertThat(SwitchMark.parse("staging", "staging/t/_switch-5")).isEmpty();
    }

    @Test
    void theLinkThatEndsAChainReadsBackAndIsFollowedByOneOfItsOwnName() {
        LinkName name = new LinkName(CHAIN, 5000, Compression.ZSTD);
        Link seal = new Link(name, LinkMetadata.seal(name, "switch-1", "staging/neu ü.2"));
        assertThat(seal.isSeal()).isTrue();
        assertThat(seal.successor()).isEqualTo(name);
        assertThat(LinkMetadata.parse(name, seal.metadata().toMap())).isEqualTo(seal.metadata());
        assertThat(seal.metadata().toMap())
                .containsEntry("tributary-cut", "switched")
                .containsEntry("tributary-generation", "staging/neu %C3%BC.2")
                .containsEntry("tributary-next", "5000")
                .containsEntry("tributary-records", "0");
    }

    @Test
    void whatEndsAChainAndDoesNotTellWhereItGoesOnIsMalformed() {
        LinkName name = new LinkName(CHAIN, 7, Compression.GZIP);
        assertMalformed(name, "tributary-generation", null, "tributary-generation is missing");
        assertMalformed(name, "tributary-generation", "a/", "tributary-generation is 'a/', which is no staging prefix");
        assertMalformed(
                name, "tributary-next", "8", "tributary-next is 8, though the link ends the chain and covers nothing");
    }

    @Test
    void aPathFollowsTheLinksThatEndAChainAndNoMarkAlone() {
        Bucket bucket = new Bucket();
        assertThat(bucket.path()).isEqualTo(GenerationPath.of("a"));
        bucket.marks.put("a", List.of(at(9), at(5)));
        bucket.link("a", new Link(at(9), ordinary(12)));
        assertThat(bucket.path()).isEqualTo(GenerationPath.of("a"));
        bucket.link("a", new Link(at(5), LinkMetadata.seal(at(5), "w", "b")));
        assertThat(bucket.path()).isEqualTo(new GenerationPath("b", 5, List.of("a")));
        bucket.marks.put("b", List.of(at(7)));
        bucket.link("b", new Link(at(7), LinkMetadata.seal(at(7), "w", "c")));
        assertThat(bucket.path()).isEqualTo(new GenerationPath("c", 7, List.of("a", "b")));
        assertThat(bucket.path().hasReached("a")).isTrue();
        assertThat(bucket.path().hasReached("c")).isTrue();
        assertThat(bucket.path().hasReached("d")).isFalse();
    }

    @Test
    void aCircleOfGenerationsIsRefused() {
        Bucket bucket = new Bucket();
        bucket.marks.put("a", List.of(at(5)));
        bucket.link("a", new Link(at(5), LinkMetadata.seal(at(5), "w", "b")));
        bucket.marks.put("b", List.of(at(6)));
        bucket.link("b", new Link(at(6), LinkMetadata.seal(at(6), "w", "a")));
        assertThatThrownBy(bucket::path)
                .isInstanceOf(MalformedLinkException.class)
                .hasMessage("link t/incarnation=i/partition=3/00000000000000000006.jsonl.gz: metadata "
                        + "tributary-generation is 'a', where the chain was before: it leads in a circle");
    }

    private static void assertMalformed(LinkName name, String field, @Nullable String value, String problem) {
        Map<String, String> metadata =
                new HashMap<>(LinkMetadata.seal(name, "w", "b").toMap());
        if (value == null) {
            metadata.remove(field);
        } else {
            metadata.put(field, value);
        }
        assertThatThrownBy(() -> LinkMetadata.parse(name, metadata))
                .isInstanceOf(MalformedLinkException.class)
                .hasMessage("link " + name.key("") + ": metadata " + problem);
    }

    private static LinkName at(long offset) {
        return new LinkName(CHAIN, offset, Compression.GZIP);
    }

    private static LinkMetadata ordinary(long next) {
        return new LinkMetadata(
                next,
                1,
                LineDigest.ofNothing(),
                Optional.empty(),
                "w",
                CutReason.AGE,
                OptionalLong.empty(),
                Optional.empty(),
                Compression.GZIP);
    }

    /** Marks and links of one chain in several generations. */
    private static final class Bucket implements GenerationPath.Probe<RuntimeException> {
        private final Map<String, List<LinkName>> marks = new HashMap<>();
        private final Map<String, List<Link>> links = new HashMap<>();

        void link(String prefix, Link link) {
            links.computeIfAbsent(prefix, none -> new ArrayList<>()).add(link);
        }

        GenerationPath path() {
            return GenerationPath.of("a").follow(CHAIN, this);
        }

        @Override
        public List<LinkName> marks(String prefix, ChainId chain) {
            return marks.getOrDefault(prefix, List.of());
        }

        @Override
        public Optional<Link> head(String prefix, LinkName name) {
            return links.getOrDefault(prefix, List.of()).stream()
                    .filter(link -> link.name().equals(name))
                    .findFirst();
        }
    }
}

package io.tributary.etl.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.etl.read.ChainPosition;
import io.tributary.etl.read.ChainStore.StoredLink;
import io.tributary.staging.ChainId;
import io.tributary.staging.Compression;
import io.tributary.staging.CutReason;
import io.tributary.staging.LinkMetadata;
import io.tributary.staging.LinkName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Which links may go. */
class CleanPlanPropertyTest {
    private static final ChainId CHAIN = new ChainId("t", "inc", 0);

    private final Map<LinkName, LinkMetadata> metadata = new HashMap<>();
    private final List<StoredLink> links = new ArrayList<>();

    @Property
    void onlyMergedOldLinksGoOldestFirstAndTheCountGoesOn(@ForAll long seed) {
        Random random = new Random(seed);
        chain(random);
        int merged = random.nextInt(links.size());
        int before = random.nextInt(merged + 1);
        int leftOver = random.nextInt(before + 1);
        Instant limit = Instant.ofEpochSecond(random.nextInt(40));

        CleanPlan plan = CleanPlan.of(
                position(before - 1), position(merged), links.subList(leftOver, links.size()), limit, this::metadata);

        int end = leftOver + plan.delete().size();
        assertThat(plan.delete()).isEqualTo(links.subList(leftOver, end));
        assertThat(end).isBetween(leftOver, merged);
        assertThat(links.subList(leftOver, end)).allMatch(link -> link.staged().isBefore(limit));
        int cleaned = Math.max(before, end);
        assertThat(plan.cleaned().next()).isEqualTo(position(cleaned - 1).next());
        assertThat(plan.cleaned().records()).isEqualTo(position(cleaned - 1).records());
        assertThat(end == merged || !links.get(end).staged().isBefore(limit))
                .as("nothing stays that may go")
                .isTrue();
    }

    @Property
    void whatWasRestoredStaysForTheWholeRetentionAndSoDoesAllBehindIt(@ForAll long seed) {
        Random random = new Random(seed);
        chain(random);
        int before = random.nextInt(links.size());
        int restored = random.nextInt(before + 1);
        Instant limit = Instant.ofEpochSecond(1_000);
        links.set(restored, new StoredLink(links.get(restored).name(), "s", 1, limit));

        CleanPlan plan = CleanPlan.of(position(before - 1), position(links.size() - 1), links, limit, this::metadata);

        assertThat(plan.delete()).isEqualTo(links.subList(0, restored));
        assertThat(plan.cleaned().next()).isEqualTo(position(before - 1).next());
    }

    @Property
    void beyondAHoleNothingGoes(@ForAll long seed) {
        Random random = new Random(seed);
        chain(random);
        int hole = random.nextInt(links.size());
        List<StoredLink> rest = new ArrayList<>(links);
        rest.remove(hole);

        CleanPlan plan = CleanPlan.of(
                ChainPosition.START, position(links.size() - 1), rest, Instant.ofEpochSecond(1_000), this::metadata);

        assertThat(plan.delete()).hasSize(Math.min(hole, links.size() - 1));
    }

    @Property
    void aLinkThatHoldsTheLastMergedOffsetsStaysThoughItBeginsBeforeTheLastMergedLinkDid(@ForAll long seed) {
        Random random = new Random(seed);
        chain(random);
        int last = links.size() - 1;
        ChainPosition end = position(last);
        // In the generation that it was merged from, the last merged link began a little later.
        ChainPosition merged = new ChainPosition(end.next(), end.records(), Math.min(end.next() - 1, end.link() + 1));

        CleanPlan plan = CleanPlan.of(ChainPosition.START, merged, links, Instant.ofEpochSecond(1_000), this::metadata);

        assertThat(plan.delete()).isEqualTo(links.subList(0, last));
    }

    @Property
    void withoutAKnownLastLinkNothingGoes(@ForAll long seed) {
        chain(new Random(seed));

        CleanPlan plan = CleanPlan.of(
                ChainPosition.START,
                new ChainPosition(1_000, 10, -1),
                links,
                Instant.ofEpochSecond(1_000),
                this::metadata);

        assertThat(plan.delete()).isEmpty();
    }

    private void chain(Random random) {
        links.clear();
        metadata.clear();
        long from = 0;
        long staged = 0;
        for (int link = random.nextInt(8); link >= 0; link--) {
            long records = random.nextInt(5);
            long next = from + records + 1;
            staged += random.nextInt(10);
            LinkName name = new LinkName(CHAIN, from, Compression.GZIP);
            links.add(new StoredLink(name, "s", 1, Instant.ofEpochSecond(staged)));
            metadata.put(
                    name,
                    new LinkMetadata(
                            next,
                            records,
                            "",
                            Optional.empty(),
                            "",
                            CutReason.AGE,
                            OptionalLong.empty(),
                            Optional.empty(),
                            Compression.GZIP));
            from = next;
        }
    }

    /** Behind a link. */
    private ChainPosition position(int link) {
        long records = 0;
        for (int at = 0; at <= link; at++) {
            records += metadata(links.get(at)).records();
        }
        return link < 0
                ? ChainPosition.START
                : new ChainPosition(
                        metadata(links.get(link)).next(),
                        records,
                        links.get(link).name().from());
    }

    private LinkMetadata metadata(StoredLink link) {
        return Objects.requireNonNull(metadata.get(link.name()));
    }
}

package io.tributary.sandbox.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.sandbox.cli.audit.Difference.Hop;
import io.tributary.sandbox.cli.pipeline.AuditText;
import io.tributary.staging.ChainId;
import io.tributary.staging.Link;
import io.tributary.staging.OffsetRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class AuditPropertyTest {
    @Property
    void aWholePipelineIsEqual(@ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int partitions) {
        World world = World.random(new Random(seed), partitions);

        AuditReport report = world.audit();

        assertThat(report.differences()).isEmpty();
        assertThat(report.equal()).isTrue();
        assertThat(report.partitions()).hasSize(partitions).allSatisfy(partition -> {
            assertThat(partition.staged()).isEqualTo(partition.published().orElseThrow());
            assertThat(partition.readable() + partition.expired().orElseThrow()).isEqualTo(partition.staged());
            assertThat(partition.merged()).isEqualTo(partition.staged());
        });
    }

    @Property
    void aMissingMiddleLinkIsNamedByItsOffsets(@ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int partitions) {
        Random random = new Random(seed);
        World world = World.random(random, partitions);
        ChainId chain = world.anyChain(random);
        List<Link> links = new ArrayList<>(world.chains.getOrDefault(chain, List.of()));
        Assume.that(links.size() > 1);
        Link gone = links.remove(random.nextInt(links.size() - 1));
        world.chains.put(chain, links);

        AuditReport report = world.audit();

        assertThat(report.differences()).anySatisfy(difference -> {
            assertThat(difference.hop()).isEqualTo(Hop.STAGE);
            assertThat(difference.where()).isEqualTo("flights/" + chain.partition());
            assertThat(difference.offsets()).contains(gone.range());
            assertThat(difference.problem()).isEqualTo("the chain has a hole: no link covers these offsets");
        });
    }

    /** Wherever the clean-up was killed: declared, some deleted (oldest first), or all. */
    @Property
    void linksThatWereCleanedUpAreNoHoleWhereverTheCleanUpWasKilled(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int partitions) {
        Random random = new Random(seed);
        World world = World.random(random, partitions);
        ChainId chain = world.anyChain(random);
        List<Link> links = world.chains.getOrDefault(chain, List.of());
        int cleaned = world.clean(chain, random.nextInt(links.size()));
        world.chains.put(chain, links.subList(random.nextInt(cleaned + 1), links.size()));

        AuditReport report = world.audit();

        assertThat(report.differences()).isEmpty();
        assertThat(report.partitions())
                .allSatisfy(partition -> assertThat(partition.staged())
                        .isEqualTo(partition.published().orElseThrow())
                        .isEqualTo(partition.merged()));
    }

    @Property
    void aLinkThatIsMissingBeyondWhatWasCleanedIsAHole(@ForAll long seed) {
        Random random = new Random(seed);
        World world = World.random(random, 1);
        ChainId chain = world.anyChain(random);
        List<Link> links = world.chains.getOrDefault(chain, List.of());
        Assume.that(links.size() > 1);
        int cleaned = world.clean(chain, random.nextInt(links.size() - 1));
        world.chains.put(chain, links.subList(cleaned + 1, links.size()));

        assertThat(world.audit().differences()).anySatisfy(difference -> {
            assertThat(difference.hop()).isEqualTo(Hop.STAGE);
            assertThat(difference.offsets()).contains(links.get(cleaned).range());
            assertThat(difference.problem()).isEqualTo("the chain has a hole: no link covers these offsets");
        });
    }

    /** A link that was not cleaned must still hold what Kafka has. */
    @Property
    void whatRemainsIsStillComparedWithKafka(@ForAll long seed) {
        Random random = new Random(seed);
        World world = World.random(random, 1);
        ChainId chain = world.anyChain(random);
        List<Link> links = world.chains.getOrDefault(chain, List.of());
        int cleaned = world.clean(chain, random.nextInt(links.size()));
        Link last = links.get(links.size() - 1);
        Assume.that(last.metadata().records() > 0);
        List<Link> changed = new ArrayList<>(links.subList(cleaned, links.size() - 1));
        changed.add(World.link(
                chain,
                last.name().from(),
                last.metadata().next(),
                last.metadata().records() - 1,
                last.metadata().digest()));
        world.chains.put(chain, changed);

        assertThat(world.audit().differences()).extracting(Difference::hop).contains(Hop.STAGE, Hop.MERGE);
    }

    @Property
    void aRecordThatIsMissingInOneHopIsFoundThere(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 5) int partitions,
            @ForAll @IntRange(min = 0, max = 4) int where) {
        Random random = new Random(seed);
        World world = World.random(random, partitions);
        ChainId chain = world.anyChain(random);
        Hop hop = damage(world, chain, where);

        AuditReport report = world.audit();

        assertThat(report.equal()).isFalse();
        assertThat(report.differences()).anySatisfy(difference -> {
            assertThat(difference.hop()).isEqualTo(hop);
            assertThat(difference.where())
                    .isEqualTo(hop == Hop.TABLE ? "table flights" : "flights/" + chain.partition());
        });
    }

    @Property
    void contentThatWasChangedIsFoundByItsDigest(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int partitions) {
        Random random = new Random(seed);
        World world = World.random(random, partitions);
        ChainId chain = world.anyChain(random);
        List<Link> links = world.chains.getOrDefault(chain, List.of());
        Link changed = links.get(random.nextInt(links.size()));
        world.contents.put(
                changed.name(),
                new Staged.Content(changed.metadata().records(), "sha256:of something else", Optional.empty()));

        assertThat(world.audit().differences())
                .singleElement()
                .isEqualTo(new Difference(
                        Hop.STAGE,
                        "flights/" + chain.partition(),
                        Optional.of(changed.range()),
                        "the link's lines do not have the digest that it was written with"));
    }

    private static Hop damage(World world, ChainId chain, int where) {
        InKafka.Log log = world.log(chain);
        List<Link> links = world.chains.getOrDefault(chain, List.of());
        Lake.Watermark watermark = world.watermark(chain);
        Link last = links.get(links.size() - 1);
        switch (where) {
            case 0 -> { // published, but lost before Kafka
                Assume.that(log.retained().from() == 0);
                world.published.merge(chain, 1L, Long::sum);
                return Hop.PUBLISH;
            }
            case 1 -> { // in Kafka, not staged
                Assume.that(last.metadata().records() > 0
                        && log.retained().from() < last.name().from());
                world.chains.put(chain, links.subList(0, links.size() - 1));
                return Hop.STAGE;
            }
            case 2 -> { // a link with a record less than Kafka has
                Assume.that(last.metadata().records() > 0);
                List<Link> changed = new ArrayList<>(links.subList(0, links.size() - 1));
                changed.add(World.link(
                        chain,
                        last.name().from(),
                        last.metadata().next(),
                        last.metadata().records() - 1,
                        last.metadata().digest()));
                world.chains.put(chain, changed);
                return Hop.STAGE;
            }
            case 3 -> { // staged, not merged
                Assume.that(last.metadata().records() > 0);
                world.watermarks.put(
                        chain,
                        new Lake.Watermark(
                                last.name().from(),
                                watermark.records() - last.metadata().records()));
                world.records -= last.metadata().records();
                return Hop.MERGE;
            }
            default -> { // merged, but a row is gone
                world.rows--;
                return Hop.TABLE;
            }
        }
    }

    @Property
    void whatWasSkippedOnPurposeIsEqualButNamedAndCounted(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int partitions) {
        Random random = new Random(seed);
        World world = World.random(random, partitions);
        ChainId chain = world.anyChain(random);
        List<Link> links = world.chains.getOrDefault(chain, List.of());
        int at = random.nextInt(links.size());
        Link before = links.get(at);
        world.skip(chain, at);

        AuditReport report = world.audit();

        assertThat(report.differences()).isEmpty();
        boolean expired = before.name().from() < world.log(chain).retained().from();
        long records = expired ? 0 : before.metadata().records();
        assertThat(report.skipped())
                .containsExactly(new AuditReport.Skipped(chain, before.range(), records, expired, "a test"));
        assertThat(report.partitions())
                .filteredOn(row -> row.chain().equals(chain))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.skipped()).isEqualTo(records);
                    assertThat(row.staged() + before.metadata().records())
                            .isEqualTo(row.published().orElseThrow());
                });
    }

    @Property
    void whatExpiredUnreadByPermissionIsEqualButNamed(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int partitions) throws JsonProcessingException {
        Random random = new Random(seed);
        World world = World.random(random, partitions);
        ChainId chain = world.anyChain(random);
        List<Link> links = world.chains.getOrDefault(chain, List.of());
        int at = random.nextInt(links.size());
        OffsetRange range = links.get(at).range();
        world.expireUnread(chain, at);

        AuditReport report = world.audit();

        assertThat(report.differences()).isEmpty();
        assertThat(report.lost()).containsExactly(new AuditReport.Lost(chain, range));
        assertThat(AuditText.lines(report))
                .contains(
                        "LOST: flights/" + chain.partition() + ", offsets " + range
                                + ": expired in Kafka before they were read, and on-expired = record-gap let the consumer go on")
                .endsWith("equal: what was published and did not expire unread is in the lake, every record once");
        assertThat(new ObjectMapper()
                        .readTree(AuditText.json(report, false))
                        .path("lost")
                        .toString())
                .isEqualTo("[{\"topic\":\"flights\",\"incarnation\":\"aaa\",\"partition\":" + chain.partition()
                        + ",\"from\":" + range.from() + ",\"next\":" + range.next() + "}]");
    }

    @Property
    void whileSourcesPublishOnlyWhatIsOutsideOfTheirTwoCheckpointsDiffers(
            @ForAll @IntRange(min = 0, max = 100) int before,
            @ForAll @IntRange(min = 0, max = 100) int more,
            @ForAll @IntRange(min = 0, max = 250) int found) {
        ChainId chain = new ChainId("flights", "aaa", 0);
        OffsetRange all = new OffsetRange(0, found);
        InKafka inKafka = new InKafka(Map.of(
                chain, new InKafka.Log(all, List.of(new InKafka.Segment(all, found, Optional.empty())))));
        long after = (long) before + more;

        long published = Published.meanwhile(
                        new Published(Map.of(chain, (long) before)), new Published(Map.of(chain, after)), inKafka)
                .of(chain)
                .orElseThrow();

        assertThat(published).isBetween((long) before, after);
        assertThat(published == found).isEqualTo(before <= found && found <= after);
    }

    @Property
    void aTopicOfOthersNeedsNoCheckpoints(@ForAll long seed) {
        World world = World.random(new Random(seed), 2);
        world.published.clear();

        AuditReport report = world.audit();

        assertThat(report.equal()).isTrue();
        assertThat(report.partitions())
                .allSatisfy(partition -> assertThat(partition.published()).isEmpty());
    }

    @Property
    void recordsThatNoCheckpointKnowsAreFoundInATopicOfOurs(@ForAll long seed) {
        World world = World.random(new Random(seed), 2);
        ChainId second = new ChainId("flights", "aaa", 1);
        Assume.that(world.log(second).readable() > 0);
        world.published.remove(second);

        assertThat(world.audit().differences()).singleElement().satisfies(difference -> {
            assertThat(difference.hop()).isEqualTo(Hop.PUBLISH);
            assertThat(difference.where()).isEqualTo("flights/1");
            assertThat(difference.problem()).endsWith("something else writes to the topic too");
        });
    }

    @Property
    void aDeletedTopicIsAllExpired(@ForAll long seed) {
        World world = World.random(new Random(seed), 2);
        world.logs.clear();

        assertThat(world.audit().equal()).isTrue();
    }

    @Property
    void recordsBeyondTheChainAreNamed(@ForAll long seed) {
        World world = World.random(new Random(seed), 1);
        ChainId chain = new ChainId("flights", "aaa", 0);
        InKafka.Log log = world.log(chain);
        long end = log.retained().next();
        List<InKafka.Segment> more = new ArrayList<>(log.segments());
        more.add(new InKafka.Segment(new OffsetRange(end, end + 10), 7, Optional.empty()));
        world.logs.put(chain, new InKafka.Log(new OffsetRange(log.retained().from(), end + 10), more));
        world.published.merge(chain, 7L, Long::sum);

        assertThat(world.audit().differences())
                .singleElement()
                .hasToString("flights/0, offsets [" + end + ", " + (end + 10)
                        + "), Kafka to staging: 7 records are in Kafka but not staged yet");
    }
}

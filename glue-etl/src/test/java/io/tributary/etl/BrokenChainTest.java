package io.tributary.etl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.staging.Compression;
import io.tributary.staging.LineDigest;
import org.junit.jupiter.api.Test;

/** A chain that is not whole is refused by name, and nothing of the batch is merged. */
final class BrokenChainTest {
    private static final String TABLE = "tables = [{ topic = t }]";

    @Test
    void aHoleIsNamed() {
        LakeFixture lake = new LakeFixture(TABLE);
        StagedChain chain = lake.chain("t", 3)
                .record(null, "{\"n\":1}")
                .cut()
                .record(null, "{\"n\":2}")
                .cut()
                .record(null, "{\"n\":3}")
                .cut();
        chain.delete(1, Compression.GZIP);

        assertFails(
                lake,
                "chain broken: topic t, partition 3, incarnation inc-t: no link covers offsets [1, 2); nothing of it was"
                        + " merged");
        assertThat(lake.tableExists("t")).isFalse();
    }

    @Test
    void aChainThatDoesNotBeginAtItsBeginningIsNamed() {
        LakeFixture lake = new LakeFixture(TABLE);
        StagedChain chain = lake.chain("t", 0)
                .record(null, "{\"n\":1}")
                .cut()
                .record(null, "{}")
                .cut();
        chain.delete(0, Compression.GZIP);

        assertFails(
                lake,
                "chain broken: topic t, partition 0, incarnation inc-t: no link covers offsets [0, 1); nothing of it was"
                        + " merged");
    }

    @Test
    void theLastMergedLinkMustStillBeThere() {
        LakeFixture lake = new LakeFixture(TABLE);
        StagedChain chain = lake.chain("t", 0).record(null, "{\"n\":1}").cut();
        lake.merge();
        chain.delete(0, Compression.GZIP);

        assertFails(
                lake,
                "chain t/inc-t/0: the last merged link, at offset 0, is no longer staged, so that what follows offset 1"
                        + " cannot be proved whole; restore it from the bucket's versions");
    }

    @Test
    void contentThatIsNotWhatTheMetadataSaysIsNamed() {
        LakeFixture wrongDigest = new LakeFixture(TABLE);
        wrongDigest.chain("t", 0).record(null, "{\"n\":1}").cutWith(1, LineDigest.ofNothing());
        LakeFixture wrongCount = new LakeFixture(TABLE);
        wrongCount.chain("t", 0).gap(5).record(null, "{\"n\":1}").cutWith(3, LineDigest.ofNothing());

        assertThatThrownBy(wrongDigest::merge)
                .satisfies(failure -> assertThat(Reasons.of(failure))
                        .startsWith("1 table could not be merged: t: link " + wrongDigest.prefix()
                                + "/t/incarnation=inc-t/partition=0/00000000000000000000.jsonl.gz is corrupt: its lines"
                                + " have the digest sha256:")
                        .endsWith(", but its metadata says " + LineDigest.ofNothing()));
        assertFails(
                wrongCount,
                "link " + wrongCount.prefix()
                        + "/t/incarnation=inc-t/partition=0/00000000000000000000.jsonl.gz is corrupt: it has 1 lines, but"
                        + " its metadata says 3");
    }

    private static void assertFails(LakeFixture lake, String reason) {
        assertThatThrownBy(lake::merge)
                .satisfies(failure ->
                        assertThat(Reasons.of(failure)).isEqualTo("1 table could not be merged: t: " + reason));
    }
}

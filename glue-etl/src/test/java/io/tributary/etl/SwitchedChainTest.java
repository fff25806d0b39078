package io.tributary.etl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.etl.merge.StageListener;
import io.tributary.etl.table.Counts;
import io.tributary.staging.Compression;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A chain that was switched to another generation is one chain: each record is merged once. */
final class SwitchedChainTest {
    private static final String TABLE = "tables = [{ topic = t }]";

    @Test
    void aTableGoesOnInTheNewGenerationAndANewTableReadsAllOfIt() {
        LakeFixture lake = new LakeFixture(TABLE);
        StagedChain old = lake.chain("t", 0);
        links(old, 0, 2, 2);
        lake.merge();
        links(old, 4, 2);
        StagedChain next = generation(lake, old, 2);
        links(next, 0, 2, 2, 2);
        old.switchTo(next(lake, 2));
        links(next, 6, 2);
        // Of the old generation only its end is needed.
        List.of(0L, 2L, 4L).forEach(from -> old.delete(from, Compression.GZIP));

        MergeReport report = lake.merge();

        assertThat(report.tables().get(0).totals()).isEqualTo(new Counts(8, 8, 0, 0, 0, 0, 0));
        assertThat(report.tables().get(0).watermark().at(next.id()).records()).isEqualTo(8);
        assertThat(offsets(lake, "t")).isEqualTo(LongStream.range(0, 8).boxed().toList());
        assertThat(lake.merge().tables().get(0).commits()).isZero();
        links(next, 8, 3);
        assertThat(lake.merge("batch.max-links = 1", StageListener.NONE)
                        .tables()
                        .get(0)
                        .totals()
                        .records())
                .isEqualTo(11);

        lake.merge("tables = [{ topic = t, table = u }]", StageListener.NONE);
        assertThat(offsets(lake, "u")).isEqualTo(LongStream.range(0, 11).boxed().toList());
    }

    @Test
    void aTableFarBehindReadsTheNewGenerationThoughItsBatchesEndBeforeTheSwitch() {
        LakeFixture lake = new LakeFixture(TABLE + "\nbatch.max-links = 1");
        StagedChain old = lake.chain("t", 0);
        links(old, 0, 1, 1, 1, 1, 1, 1);
        old.delete(2, Compression.GZIP);
        assertThatThrownBy(lake::merge).hasMessageContaining("no link covers offsets [2, 3)");
        StagedChain next = generation(lake, old, 2);
        links(next, 0, 1, 1, 1, 1, 1, 1);
        old.switchTo(next(lake, 2));

        lake.merge();

        assertThat(offsets(lake, "t")).isEqualTo(LongStream.range(0, 6).boxed().toList());
    }

    @Test
    void aChainThatWasSwitchedAgainIsFollowedAgain() {
        LakeFixture lake = new LakeFixture(TABLE);
        StagedChain first = lake.chain("t", 0);
        links(first, 0, 2);
        StagedChain second = generation(lake, first, 2);
        links(second, 0, 2);
        first.switchTo(next(lake, 2));
        links(second, 2, 2);
        lake.merge();
        StagedChain third = generation(lake, first, 3);
        links(third, 0, 2, 2);
        second.switchTo(next(lake, 3));
        links(third, 4, 2);

        lake.merge();

        assertThat(offsets(lake, "t")).isEqualTo(LongStream.range(0, 6).boxed().toList());
    }

    @Test
    void aMarkByItselfMeansNothing() {
        LakeFixture lake = new LakeFixture(TABLE);
        StagedChain chain = lake.chain("t", 0);
        links(chain, 0, 2, 2);
        chain.mark(2).mark(4);

        lake.merge();
        assertThat(offsets(lake, "t")).hasSize(4);
        links(chain, 4, 2);
        lake.merge();
        assertThat(offsets(lake, "t")).hasSize(6);
    }

    @Test
    void whatWasMergedMayBeCutOtherwiseInTheNewGeneration() {
        LakeFixture pieces = new LakeFixture(TABLE);
        StagedChain whole = pieces.chain("t", 0);
        links(whole, 0, 2, 6);
        pieces.merge();
        StagedChain inPieces = generation(pieces, whole, 2);
        links(inPieces, 0, 2, 3, 3);
        whole.switchTo(next(pieces, 2));
        links(inPieces, 8, 2);
        pieces.merge();
        assertThat(offsets(pieces, "t"))
                .isEqualTo(LongStream.range(0, 10).boxed().toList());

        LakeFixture joined = new LakeFixture(TABLE);
        StagedChain apart = joined.chain("t", 0);
        links(apart, 0, 2, 3, 3);
        joined.merge();
        StagedChain asOne = generation(joined, apart, 2);
        links(asOne, 0, 2, 6);
        apart.switchTo(next(joined, 2));
        assertThat(joined.merge().tables().get(0).commits()).isZero();
        links(asOne, 8, 2);
        joined.merge();
        assertThat(offsets(joined, "t"))
                .isEqualTo(LongStream.range(0, 10).boxed().toList());
    }

    @Test
    void aGenerationInWhichNoLinkEndsWhereTheTableIsMergedToIsRefused() {
        LakeFixture lake = new LakeFixture(TABLE);
        StagedChain old = lake.chain("t", 0);
        links(old, 0, 2, 2);
        lake.merge();
        links(old, 4, 2);
        StagedChain next = generation(lake, old, 2);
        links(next, 0, 2, 4);
        old.switchTo(next(lake, 2));

        assertFails(
                lake,
                "chain t/inc-t/0 goes on in generation " + next(lake, 2)
                        + ", where no link ends at offset 4, up to which"
                        + " it is merged, so that what follows cannot be merged; build the table anew");
        assertThat(offsets(lake, "t")).hasSize(4);
    }

    @Test
    void aMarkThatWasRemovedIsNamed() {
        LakeFixture lake = new LakeFixture(TABLE);
        StagedChain old = lake.chain("t", 0);
        links(old, 0, 2);
        old.switchTo(next(lake, 2));
        old.deleteMark();

        assertFails(
                lake,
                "chain t/inc-t/0 was switched at offset 2, but the mark that tells so is gone: put any object at "
                        + lake.prefix()
                        + "/t/incarnation=inc-t/partition=0/_switch-00000000000000000002.jsonl.gz");
    }

    @Test
    void theCleanUpKeepsTheEndOfTheOldGenerationAndTheLastLinkOfTheNew() {
        LakeFixture lake = new LakeFixture("staging.retention = 7d\n" + TABLE);
        StagedChain old = lake.chain("t", 0);
        links(old, 0, 2, 2);
        StagedChain next = generation(lake, old, 2);
        links(next, 0, 2, 2);
        old.switchTo(next(lake, 2));
        links(next, 4, 2);

        lake.mergeAfterDays(8);

        assertThat(old.links()).containsExactly(0L, 2L, 4L);
        assertThat(next.links()).containsExactly(4L);
        links(next, 6, 2);
        lake.merge();
        assertThat(offsets(lake, "t")).isEqualTo(LongStream.range(0, 8).boxed().toList());
    }

    private static StagedChain generation(LakeFixture lake, StagedChain old, int number) {
        return new StagedChain(next(lake, number), old.id());
    }

    private static String next(LakeFixture lake, int number) {
        return lake.prefix() + "." + number;
    }

    /** Links of so many records each; each record has its offset for a value. */
    private static void links(StagedChain chain, long from, int... counts) {
        long offset = from;
        for (int count : counts) {
            for (int record = 0; record < count; record++) {
                chain.record(null, "{\"n\":" + offset + "}");
                offset++;
            }
            chain.cut();
        }
    }

    private static List<Long> offsets(LakeFixture lake, String table) {
        return lake.sql("SELECT _offset FROM @" + table + " WHERE _offset = n ORDER BY 1").stream()
                .map(row -> row.getLong(0))
                .toList();
    }

    private static void assertFails(LakeFixture lake, String reason) {
        assertThatThrownBy(lake::merge)
                .satisfies(failure ->
                        assertThat(Reasons.of(failure)).isEqualTo("1 table could not be merged: t: " + reason));
    }
}

package io.tributary.etl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tributary.etl.MergeReport.Failure;
import io.tributary.etl.merge.TableReport;
import io.tributary.staging.Compression;
import io.tributary.staging.LineDigest;
import org.junit.jupiter.api.Test;

/** A table that fails is named, with the reason on one line, and stops no other. */
final class FailuresTest {
    @Test
    void theOtherTablesGetTheirRows() {
        LakeFixture lake = new LakeFixture("tables = [{ topic = bad }, { topic = gone }, { topic = good }]");
        lake.chain("bad", 0).record(null, "{\"n\":1}").cutWith(1, LineDigest.ofNothing());
        StagedChain gone = lake.chain("gone", 0)
                .record(null, "{\"n\":1}")
                .cut()
                .record(null, "{\"n\":1}")
                .cut();
        gone.delete(0, Compression.GZIP);
        lake.chain("good", 0).record(null, "{\"n\":1}").cut();
        lake.chain("bad.rejected", 0)
                .record(null, "{\"source\":\"f.csv\",\"line\":1,\"reason\":\"ragged\",\"raw\":\"a\"}")
                .cut();

        MergesFailedException failure = catchThrowableOfType(MergesFailedException.class, lake::merge);

        assertThat(lake.text("SELECT n FROM @good")).containsExactly("1");
        assertThat(lake.text("SELECT reason FROM @rejected")).containsExactly("ragged");
        assertThat(failure.getMessage())
                .startsWith("2 tables could not be merged: bad: link " + lake.prefix()
                        + "/bad/incarnation=inc-bad/partition=0/00000000000000000000.jsonl.gz is corrupt: ")
                .endsWith("; gone: chain broken: topic gone, partition 0, incarnation inc-gone: no link covers offsets"
                        + " [0, 1); nothing of it was merged")
                .doesNotContain("\n");
        assertThat(failure.report().failures()).extracting(Failure::table).containsExactly("bad", "gone");
        assertThat(failure.report().tables())
                .extracting(TableReport::topic)
                .containsExactly("good", "bad.rejected", "gone.rejected", "good.rejected");
        assertThat(failure.report().toJson()).contains("\"failures\":[{\"table\":\"bad\",\"reason\":\"link ");
    }

    @Test
    void whatSparkThrowsWithoutSayingSoIsOneLineToo() {
        LakeFixture lake = new LakeFixture("tables = [{ topic = u, mode = upsert }]");
        StagedChain chain = lake.chain("u", 0).record("a", "{\"n\":1}").cut();
        lake.merge();
        lake.sql("ALTER TABLE @u DROP COLUMN _key");
        chain.record("a", "{\"n\":2}").cut();

        MergesFailedException failure = catchThrowableOfType(MergesFailedException.class, lake::merge);

        assertThat(failure)
                .hasMessageStartingWith("1 table could not be merged: u: ")
                .hasMessageContaining("_key")
                .message()
                .hasLineCount(1);
    }
}

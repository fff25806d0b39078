package io.tributary.etl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.etl.audit.LakeAudit;
import io.tributary.etl.cleanup.StagingCleanup;
import io.tributary.etl.config.MergeConfig;
import io.tributary.etl.read.ChainStore;
import io.tributary.etl.read.S3ChainStore;
import io.tributary.etl.table.Counts;
import io.tributary.etl.table.LakeCatalog;
import io.tributary.staging.ChainId;
import io.tributary.staging.Compression;
import io.tributary.staging.LinkMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Links that are merged and past their retention are deleted; what the merge and the audit need stays. */
final class CleanupTest {
    private static final String RETAINED = "staging.retention = 7d\n";

    @Test
    void mergedLinksAreDeletedAfterTheirRetentionButNeverTheLastThatIsMerged() {
        LakeFixture lake = new LakeFixture(RETAINED + "tables = [{ topic = t }]");
        StagedChain chain = links(lake.chain("t", 0), 3);
        StagedChain rejects = lake.chain("t.rejected", 0);
        for (int link = 0; link < 2; link++) {
            rejects.record(null, "{\"source\":\"f.csv\",\"line\":1,\"reason\":\"ragged\",\"raw\":\"a\"}")
                    .cut();
        }

        lake.mergeAfterDays(6);
        assertThat(chain.links()).containsExactly(0L, 2L, 4L);
        lake.mergeAfterDays(8);
        assertThat(chain.links()).containsExactly(4L);
        assertThat(rejects.links()).containsExactly(1L);
        assertThat(LakeAudit.of(lake.config("")).toJson())
                .contains("\"t/inc-t/0\":{\"next\":6,\"records\":6,\"link\":4,\"cleaned\":{\"next\":4,\"records\":4}}")
                .contains("\"t.rejected/inc-t.rejected/0\":{\"next\":2,\"records\":2,\"link\":1,"
                        + "\"cleaned\":{\"next\":1,\"records\":1}}");

        links(chain, 2);
        MergeReport report = lake.mergeAfterDays(8);
        assertThat(report.tables().get(0).totals()).isEqualTo(new Counts(10, 10, 0, 0, 0, 0, 0));
        assertThat(chain.links()).containsExactly(8L);
        assertThat(lake.text("SELECT count(DISTINCT _offset) FROM @t")).containsExactly("10");
    }

    @Test
    void theClockOfTheJobIsNotAsked() {
        LakeFixture lake =
                new LakeFixture("staging.retention = 1h\nmaintenance.retain-snapshots = 1h\ntables = [{ topic = t }]");
        StagedChain chain = links(lake.chain("t", 0), 3);

        S3Process.shared().age(Duration.ofMinutes(30));
        lake.mergeWithClockAhead(Duration.ofHours(1));
        lake.mergeWithClockAhead(Duration.ofDays(10_000));
        assertThat(chain.links()).containsExactly(0L, 2L, 4L);

        S3Process.shared().age(Duration.ofMinutes(90));
        lake.mergeWithClockAhead(Duration.ofHours(-1));
        assertThat(chain.links()).containsExactly(4L);
    }

    @Test
    void withoutARetentionAllLinksStay() {
        LakeFixture lake = new LakeFixture("tables = [{ topic = t }]");
        StagedChain chain = links(lake.chain("t", 0), 3);

        lake.mergeAfterDays(10_000);

        assertThat(chain.links()).hasSize(3);
    }

    @Test
    void nothingOfATableThatFailsIsDeleted() {
        LakeFixture lake = new LakeFixture(RETAINED + "tables = [{ topic = t }]");
        StagedChain chain = links(lake.chain("t", 0), 3);
        lake.merge();
        chain.gap(1).cut();
        links(chain, 2);
        chain.delete(7, Compression.GZIP);

        assertThatThrownBy(() -> lake.mergeAfterDays(8))
                .hasMessage(
                        "1 table could not be merged: t: chain broken: topic t, partition 0, incarnation inc-t: no link"
                                + " covers offsets [7, 9); nothing of it was merged");

        assertThat(chain.links()).containsExactly(0L, 2L, 4L, 6L, 9L);
    }

    @Test
    void aCleanUpThatIsKilledIsFinishedByTheNext() {
        LakeFixture lake = new LakeFixture(RETAINED + "tables = [{ topic = t }]");
        StagedChain chain = links(lake.chain("t", 0), 5);
        lake.merge();

        MergeConfig config = lake.config("");
        try (S3ChainStore store = new S3ChainStore(config.staging(), 4);
                LakeCatalog catalog = LakeCatalog.open(config.catalog(), config.database());
                StagingCleanup cleanup =
                        new StagingCleanup(new FailingStore(store, 2), catalog, config.stagingRetention())) {
            S3Process.shared().age(Duration.ofDays(8));
            cleanup.clean("t", "t");
        }
        // The oldest went first: what is left is whole from its first link on, and declared as about to go.
        assertThat(chain.links()).containsExactly(4L, 6L, 8L);
        assertThat(LakeAudit.of(config).toJson()).contains("\"cleaned\":{\"next\":8,\"records\":8}");

        assertThat(lake.mergeAfterDays(8).tables().get(0).commits()).isZero();
        assertThat(chain.links()).containsExactly(8L);
        assertThat(LakeAudit.of(config).toJson()).contains("\"cleaned\":{\"next\":8,\"records\":8}");
    }

    @Test
    void linksThatAreRestoredStayForTheWholeRetention() {
        LakeFixture lake = new LakeFixture(RETAINED + "tables = [{ topic = t }]");
        StagedChain chain = links(lake.chain("t", 0), 2);
        lake.mergeAfterDays(8);
        assertThat(chain.links()).containsExactly(2L);

        links(lake.chain("t", 0), 1);
        lake.mergeAfterDays(6);
        assertThat(chain.links()).containsExactly(0L, 2L);
        lake.mergeAfterDays(8);
        assertThat(chain.links()).containsExactly(2L);
    }

    @Test
    void aChainThatCannotBeCleanedStopsNoOther() {
        LakeFixture lake = new LakeFixture(RETAINED + "tables = [{ topic = t }]");
        StagedChain broken = links(lake.chain("t", 0), 3);
        StagedChain whole = links(lake.chain("t", 1), 3);
        lake.merge();
        broken.damage(0);

        lake.mergeAfterDays(8);

        assertThat(broken.links()).containsExactly(0L, 2L, 4L);
        assertThat(whole.links()).containsExactly(4L);
    }

    @Test
    void aWatermarkThatIsLostIsRebuiltFromWhatWasDeclaredToo() {
        LakeFixture lake = new LakeFixture(RETAINED + "tables = [{ topic = u, mode = upsert }]");
        StagedChain lives = lake.chain("u", 0)
                .record("a", "{\"n\":1}")
                .cut()
                .record("a", "{\"n\":2}")
                .cut();
        // All that this chain brought is deleted again: it left no row.
        StagedChain dead = lake.chain("u", 1)
                .record("b", "{\"n\":1}")
                .cut()
                .record("b", null)
                .cut();
        lake.mergeAfterDays(8);
        assertThat(dead.links()).containsExactly(1L);
        lake.forgetSummaries("u");
        lives.record("c", "{\"n\":3}").cut();
        dead.record("d", "{\"n\":4}").cut();

        MergeReport report = lake.merge();

        assertThat(lake.text("SELECT _key, n FROM @u ORDER BY 1")).containsExactly("a|2", "c|3", "d|4");
        assertThat(report.tables().get(0).watermark().at(dead.id()).records()).isEqualTo(3);
        assertThat(report.tables().get(0).watermark().at(lives.id()).records()).isEqualTo(3);
        assertThat(report.tables().get(0).totals().records()).isEqualTo(6);
    }

    private static StagedChain links(StagedChain chain, int count) {
        for (int link = 0; link < count; link++) {
            chain.record(null, "{\"n\":1}").record(null, "{\"n\":2}").cut();
        }
        return chain;
    }

    /** Deletes some links, then the process is as good as dead. */
    private static final class FailingStore implements ChainStore {
        private final ChainStore store;
        private int left;

        FailingStore(ChainStore store, int left) {
            this.store = store;
            this.left = left;
        }

        @Override
        public List<ChainId> chains(String topic) {
            return store.chains(topic);
        }

        @Override
        public List<StoredLink> list(ChainId chain, long from, int most) {
            return store.list(chain, from, most);
        }

        @Override
        public Optional<LinkMetadata> metadata(StoredLink link) {
            return store.metadata(link);
        }

        @Override
        public Instant now() {
            return store.now();
        }

        @Override
        public void delete(StoredLink link) {
            if (left-- <= 0) {
                throw new IllegalStateException("killed");
            }
            store.delete(link);
        }
    }
}

package io.tributary.etl;

import io.tributary.daemon.MonotonicClock;
import io.tributary.etl.cleanup.StagingCleanup;
import io.tributary.etl.config.MergeConfig;
import io.tributary.etl.maintenance.Maintenance;
import io.tributary.etl.merge.MergeContext;
import io.tributary.etl.merge.Merges;
import io.tributary.etl.merge.StageListener;
import io.tributary.etl.read.BacklogReader;
import io.tributary.etl.read.S3ChainStore;
import io.tributary.etl.table.LakeCatalog;
import java.time.InstantSource;
import org.apache.spark.sql.SparkSession;

/**
 * Merges all that is staged into all tables. Owns its connections to staging and to the catalog, not the session. One
 * thread at a time.
 */
public final class MergeJob implements AutoCloseable {
    private static final int CONNECTIONS = 32;
    private static final double NANOS_PER_SECOND = 1e9;

    private final S3ChainStore store;
    private final LakeCatalog catalog;
    private final BacklogReader backlog;
    private final StagingCleanup cleanup;
    private final MergeContext context;

    public MergeJob(SparkSession spark, MergeConfig config, StageListener stages, MonotonicClock clock) {
        this(spark, config, stages, clock, InstantSource.system());
    }

    MergeJob(SparkSession spark, MergeConfig config, StageListener stages, MonotonicClock clock, InstantSource time) {
        this.store = new S3ChainStore(config.staging(), CONNECTIONS);
        this.catalog = LakeCatalog.open(config.catalog(), config.database());
        this.backlog = new BacklogReader(store, config.staging().prefix(), config.batch());
        this.cleanup = new StagingCleanup(store, catalog, config.stagingRetention());
        Maintenance maintenance = new Maintenance(spark, catalog, config.maintenance(), time);
        this.context = new MergeContext(spark, catalog, store, backlog, config, maintenance, cleanup, stages, clock);
    }

    /**
     * Merges all that is staged now, and perhaps what is staged meanwhile.
     *
     * @throws MergesFailedException if some tables could not be merged; the others were
     */
    public MergeReport run() {
        // Spark takes a thread's settings from the session that is active on it.
        SparkSession.setActiveSession(context.spark());
        long begin = context.clock().nanos();
        Merges.Outcome outcome = Merges.runAll(context);
        MergeReport report = MergeReport.of(outcome, (context.clock().nanos() - begin) / NANOS_PER_SECOND);
        if (!outcome.failures().isEmpty()) {
            throw new MergesFailedException(report, outcome.failures());
        }
        return report;
    }

    @Override
    public void close() {
        cleanup.close();
        backlog.close();
        store.close();
        catalog.close();
    }
}

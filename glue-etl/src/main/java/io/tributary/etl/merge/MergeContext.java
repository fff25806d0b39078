package io.tributary.etl.merge;

import io.tributary.daemon.MonotonicClock;
import io.tributary.etl.cleanup.StagingCleanup;
import io.tributary.etl.config.MergeConfig;
import io.tributary.etl.maintenance.Maintenance;
import io.tributary.etl.read.BacklogReader;
import io.tributary.etl.read.ChainStore;
import io.tributary.etl.table.LakeCatalog;
import org.apache.spark.sql.SparkSession;

/**
 * What merges share. Its parts are owned by whoever made it.
 *
 * @param spark   the session
 * @param catalog the lake
 * @param store   staging
 * @param backlog what is staged and not merged
 * @param config  the configuration
 * @param maintenance tidies tables after the merge
 * @param cleanup deletes links that are merged and old
 * @param stages  is told how far a merge has come
 * @param clock   times the stages
 */
public record MergeContext(
        SparkSession spark,
        LakeCatalog catalog,
        ChainStore store,
        BacklogReader backlog,
        MergeConfig config,
        Maintenance maintenance,
        StagingCleanup cleanup,
        StageListener stages,
        MonotonicClock clock) {}

package io.tributary.consumer.config;

import io.tributary.aws.CloudWatchSettings;
import io.tributary.aws.S3Settings;
import io.tributary.consumer.chain.RollPolicy;
import io.tributary.daemon.config.ConfigSection;
import io.tributary.daemon.metrics.catalog.Program;
import java.time.Duration;

/**
 * The configuration of the consumer daemon.
 *
 * @param group      what is read
 * @param s3         how to reach the store
 * @param staging    where and how links are written
 * @param roll       when links are closed
 * @param maxBuffered the bound on all buffers together, in bytes
 * @param onExpired  what to do about records that expired unread
 * @param healthPort the port on 127.0.0.1 for health and metrics; 0 for any
 * @param stuckAfter how long a partition with something to read may stand still before the program is not ready
 * @param cloudWatch where metrics go besides
 */
public record ConsumerConfig(
        GroupConfig group,
        S3Settings s3,
        StagingConfig staging,
        RollPolicy roll,
        long maxBuffered,
        ExpiredPolicy onExpired,
        int healthPort,
        Duration stuckAfter,
        CloudWatchSettings cloudWatch) {
    private static final long MIB = 1024 * 1024;

    /** Reads the configuration. */
    public static ConsumerConfig read(ConfigSection root) {
        return new ConsumerConfig(
                GroupConfig.read(root),
                S3Settings.read(root.section("s3")),
                StagingConfig.read(root.section("staging")),
                roll(root.section("roll")),
                root.section("memory")
                        .size("max-buffered")
                        .doc("Bound on all that is read and not yet written, over all partitions; links are closed "
                                + "early and reading pauses to keep it. Absent takes a quarter of the heap.")
                        .between(4 * MIB, 1024 * 1024 * MIB)
                        .optional()
                        .orElseGet(() -> Math.max(4 * MIB, Runtime.getRuntime().maxMemory() / 4)),
                root.choice("on-expired", ExpiredPolicy.class)
                        .doc("What to do about records that expired before they were read: fail stops; record-gap "
                                + "goes on and names the lost offsets in the next link's metadata.")
                        .orDefault("fail"),
                root.section("health")
                        .number("port")
                        .doc("Port on 127.0.0.1 for /live, /ready and /metrics; 0 takes any.")
                        .between(0L, 65535L)
                        .orDefault("0")
                        .intValue(),
                root.section("health")
                        .duration("stuck-after")
                        .doc("/ready says no when a partition with something to read has stood still for this long.")
                        .between(Duration.ofSeconds(1), Duration.ofHours(1))
                        .orDefault("30s"),
                CloudWatchSettings.read(root.section("cloudwatch"), Program.CONSUMER));
    }

    private static RollPolicy roll(ConfigSection roll) {
        return new RollPolicy(
                atLeastOne(roll.number("max-records")
                        .doc("A link is closed at this many records.")
                        .between(1L, 1_000_000_000L)
                        .orDefault("1000000")),
                atLeastOne(roll.size("max-bytes")
                        .doc("A link is closed when its keys and values, uncompressed, reach this size.")
                        .between(1024L, 4096 * MIB)
                        .orDefault("64MiB")),
                positive(roll.duration("max-age")
                        .doc("A link is closed this long after its first record was read.")
                        .between(Duration.ofMillis(100), Duration.ofDays(1))
                        .orDefault("60s")),
                positive(roll.duration("idle-age")
                        .doc("Offsets without records (transaction markers, aborted or compacted records) that nothing "
                                + "follows for this long get a link without lines, so that they are not taken for "
                                + "expired records later; keep it well below the topics' retention.")
                        .between(Duration.ofMillis(100), Duration.ofDays(7))
                        .orDefault("10m")));
    }

    // A value that is out of bounds is stood in for by zero, so that all problems are found.
    private static long atLeastOne(long value) {
        return Math.max(1, value);
    }

    private static Duration positive(Duration value) {
        return value.isZero() ? Duration.ofSeconds(1) : value;
    }
}

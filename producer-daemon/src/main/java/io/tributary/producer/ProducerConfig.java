package io.tributary.producer;

import io.tributary.aws.CloudWatchSettings;
import io.tributary.aws.S3Settings;
import io.tributary.daemon.config.ConfigSection;
import io.tributary.daemon.metrics.catalog.Program;
import io.tributary.kafka.KafkaSettings;
import io.tributary.producer.source.dataset.DatasetConfig;
import io.tributary.producer.source.mastodon.MastodonConfig;
import java.time.Duration;
import java.util.Optional;

/**
 * Everything that the operator decides.
 *
 * @param type       what kind of source it is
 * @param dataset    what to publish; of rejects only the name and the paths count, of what is followed only the name
 * @param mastodon   what to follow, if that is the kind
 * @param maxRate    records per second; 0 for no limit
 * @param topic      where to
 * @param batch      when to commit
 * @param kafka      the cluster
 * @param s3         for {@code s3://} paths
 * @param healthPort on 127.0.0.1; 0 for any
 * @param cloudWatch where metrics go besides
 */
record ProducerConfig(
        SourceType type,
        DatasetConfig dataset,
        Optional<MastodonConfig> mastodon,
        long maxRate,
        String topic,
        BatchBounds batch,
        KafkaSettings kafka,
        S3Settings s3,
        int healthPort,
        CloudWatchSettings cloudWatch) {
    private static final int MAX_PORT = 65_535;

    /** Kinds of sources. */
    enum SourceType {
        /** Rows of files. */
        DATASET,
        /** Rejects exported from the lake's table of them, to be published again. */
        REJECTS,
        /** Posts of Mastodon and its kin. */
        MASTODON
    }

    /** Reads the configuration file's root. */
    static ProducerConfig read(ConfigSection root) {
        ConfigSection source = root.section("source");
        SourceType type = source.choice("type", SourceType.class)
                .doc("dataset publishes rows of files; rejects publishes again, each once, what was exported as NDJSON "
                        + "from the lake's table rejected: of these keys it takes name and paths; mastodon follows "
                        + "timelines of instances.")
                .orDefault("dataset");
        long maxRate = source.number("max-rate")
                .doc("Most records per second; 0 for no limit.")
                .between(0L, 1_000_000_000L)
                .orDefault("0");
        boolean follows = type == SourceType.MASTODON;
        DatasetConfig dataset =
                follows ? DatasetConfig.named(DatasetShape.name(source)) : DatasetShape.read(source, maxRate);
        Optional<MastodonConfig> mastodon = follows || source.documenting()
                ? Optional.of(MastodonShape.read(source, dataset.name()))
                : Optional.empty();
        String topic = root.text("topic")
                .doc("The topic to publish to. TOPIC.rejected takes what is refused; both exist already.")
                .must(
                        "be a topic's name: letters, digits, '.', '_', '-', at most 240",
                        name -> name.matches("[A-Za-z0-9._-]{1,240}"))
                .required();
        ConfigSection batch = root.section("batch");
        BatchBounds bounds = new BatchBounds(
                batch.number("max-records")
                        .doc("Commit when the batch holds so many records.")
                        .between(1L, 10_000_000L)
                        .orDefault("100000"),
                batch.size("max-bytes")
                        .doc("Commit when the batch holds so many bytes.")
                        .between(1L, 1L << 30)
                        .orDefault("32MiB"),
                batch.duration("max-age")
                        .doc("Commit when the batch's first record is this old.")
                        .between(Duration.ofMillis(1), Duration.ofSeconds(20))
                        .orDefault("500ms"));
        KafkaSettings kafka = KafkaSettings.read(root.section("kafka"));
        S3Settings s3 = S3Settings.read(root.section("s3"));
        int port = root.section("health")
                .number("port")
                .doc("Port on 127.0.0.1 for /live, /ready and /metrics; 0 for any, which the log names.")
                .between(0L, (long) MAX_PORT)
                .orDefault("0")
                .intValue();
        CloudWatchSettings cloudWatch = CloudWatchSettings.read(root.section("cloudwatch"), Program.PRODUCER);
        return new ProducerConfig(type, dataset, mastodon, maxRate, topic, bounds, kafka, s3, port, cloudWatch);
    }
}

package io.tributary.consumer.config;

import io.tributary.daemon.config.ConfigSection;
import io.tributary.staging.Compression;
import io.tributary.staging.StagingPrefix;

/**
 * Where and how links are written.
 *
 * @param bucket      the bucket
 * @param prefix      the prefix of all staging, without a trailing {@code /}
 * @param compression the codec of links
 * @param level       its level
 * @param encoders    how many threads encode and compress
 * @param uploads     how many requests to the store run at once
 */
public record StagingConfig(
        String bucket, String prefix, Compression compression, int level, int encoders, int uploads) {
    private static final long GZIP_MOST = 9;

    static StagingConfig read(ConfigSection staging) {
        Compression compression = staging.choice("compression", Compression.class)
                .doc("Codec of links. gzip is read by crawlers; zstd is faster. A chain's first link is always gzip.")
                .orDefault("gzip");
        long level = staging.number("level")
                .doc("Level of the codec, 1 to 9 for gzip, 1 to 19 for zstd. JDK gzip 1, 3 and 6 make about 196, 139 "
                        + "and 56 MB/s a core at ratios of 4.5, 4.9 and 5.3.")
                .between(1L, 19L)
                .orDefault("1");
        if (compression == Compression.GZIP && level > GZIP_MOST) {
            staging.reject("level", "must be from 1 to 9 for gzip, but is " + level);
        }
        return new StagingConfig(
                staging.text("bucket").doc("The bucket.").required(),
                staging.text("prefix")
                        .doc("Prefix of all staged objects; names a generation of the staging area.")
                        .must("be " + StagingPrefix.RULE, StagingPrefix::isValid)
                        .orDefault("staging"),
                compression,
                (int) level,
                staging.number("encoders")
                        .doc("Threads that encode and compress; 0 takes one for each processor.")
                        .between(0L, 256L)
                        .orDefault("0")
                        .intValue(),
                staging.number("uploads")
                        .doc("Requests to the store at once.")
                        .between(1L, 256L)
                        .orDefault("8")
                        .intValue());
    }
}

package io.tributary.etl.config;

import io.tributary.daemon.config.ConfigSection;

/**
 * How much one commit merges: a larger backlog is merged in several.
 *
 * @param maxLinks the most links
 * @param maxBytes the most compressed bytes, unless a single link has more
 */
public record BatchConfig(int maxLinks, long maxBytes) {
    static BatchConfig read(ConfigSection section) {
        return new BatchConfig(
                section.number("max-links")
                        .doc("The most links that one commit merges; the rest follows in the next commit.")
                        .between(1L, 100_000L)
                        .orDefault("2000")
                        .intValue(),
                section.size("max-bytes")
                        .doc("The most staged (compressed) bytes that one commit merges.")
                        .between(1L, 1L << 42)
                        .orDefault("512MiB"));
    }
}

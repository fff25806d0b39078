package io.tributary.sandbox.cli.audit;

import io.tributary.staging.ChainId;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What the sources' checkpoints say was published. Immutable.
 *
 * @param records committed records for each partition; a partition that no checkpoint names was written by others
 */
public record Published(Map<ChainId, Long> records) {
    public Published {
        records = Map.copyOf(records);
    }

    OptionalLong of(ChainId chain) {
        Long count = records.get(chain);
        return count == null ? OptionalLong.empty() : OptionalLong.of(count);
    }
}

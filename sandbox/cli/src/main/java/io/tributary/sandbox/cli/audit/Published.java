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

    /** How many, where it is known: a partition of a topic that our sources write, and that none names, has none. */
    OptionalLong of(ChainId chain) {
        Long count = records.get(chain);
        if (count != null) {
            return OptionalLong.of(count);
        }
        boolean ours = records.keySet().stream()
                .anyMatch(known -> known.topic().equals(chain.topic())
                        && known.incarnation().equals(chain.incarnation()));
        return ours ? OptionalLong.of(0) : OptionalLong.empty();
    }
}

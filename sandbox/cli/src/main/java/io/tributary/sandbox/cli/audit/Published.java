package io.tributary.sandbox.cli.audit;

import io.tributary.staging.ChainId;
import java.util.HashMap;
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

    /**
     * What was published when the log was read, of sources that may have gone on meanwhile: within what the checkpoints
     * said before and after, as many as the log has.
     *
     * @param before  read before the log: at least these must be in it
     * @param after   read after the log: no others can be in it
     * @param inKafka the log
     */
    public static Published meanwhile(Published before, Published after, InKafka inKafka) {
        Map<ChainId, Long> records = new HashMap<>();
        after.records().forEach((chain, most) -> {
            long least = Math.min(before.records().getOrDefault(chain, 0L), most);
            InKafka.Log log = inKafka.partitions().get(chain);
            long readable = log == null ? 0 : log.readable();
            records.put(chain, Math.max(least, Math.min(readable, most)));
        });
        return new Published(records);
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

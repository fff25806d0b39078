package io.tributary.consumer.chain;

import io.tributary.staging.CutReason;
import java.time.Duration;
import java.util.Optional;

/**
 * When a link is closed by itself. Whatever it says, delivery is exactly-once: it only decides sizes and latency.
 *
 * @param maxRecords the most records in a link, at least 1
 * @param maxBytes   a link is closed by the record whose key and value bring it to this many bytes, at least 1
 * @param maxAge     the longest time between a link's first record and its closing
 * @param idleAge    how long offsets without records wait for one to follow before a link of their own covers them
 */
public record RollPolicy(long maxRecords, long maxBytes, Duration maxAge, Duration idleAge) {
    public RollPolicy {
        if (maxRecords < 1
                || maxBytes < 1
                || maxAge.isNegative()
                || maxAge.isZero()
                || idleAge.isNegative()
                || idleAge.isZero()) {
            throw new IllegalArgumentException("roll at " + maxRecords + " records, " + maxBytes + " bytes, " + maxAge
                    + ", idle for " + idleAge + ": each must be positive");
        }
    }

    /** Whether a link of this size is full, and by what. */
    Optional<CutReason> full(long records, long bytes) {
        if (records >= maxRecords) {
            return Optional.of(CutReason.RECORDS);
        }
        return bytes >= maxBytes ? Optional.of(CutReason.BYTES) : Optional.empty();
    }

    /** Whether a link of this age is old enough. */
    boolean old(long ageMillis) {
        return ageMillis >= maxAge.toMillis();
    }

    /** Whether offsets without records have waited long enough. */
    boolean idle(long ageMillis) {
        return ageMillis >= idleAge.toMillis();
    }
}

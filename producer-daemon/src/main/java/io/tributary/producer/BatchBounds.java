package io.tributary.producer;

import java.time.Duration;

/**
 * When to commit: at the first bound that is reached.
 *
 * @param maxRecords records in a batch
 * @param maxBytes   bytes in a batch
 * @param maxAge     since its first record
 */
record BatchBounds(long maxRecords, long maxBytes, Duration maxAge) {}

package io.tributary.consumer.kafka;

import io.tributary.consumer.chain.Resume;
import io.tributary.staging.ChainId;
import java.util.OptionalLong;

/**
 * Where a partition goes on.
 *
 * @param chain     its chain
 * @param resume    the chain's end and what follows from it
 * @param logStart  the first offset that can still be read
 * @param committed what the group committed, if anything
 */
record Recovered(ChainId chain, Resume resume, long logStart, OptionalLong committed) {}

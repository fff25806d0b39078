package io.tributary.consumer.kafka;

import io.tributary.consumer.chain.RollPolicy;
import io.tributary.consumer.encode.BufferBudget;
import io.tributary.consumer.encode.EncoderPool;
import io.tributary.consumer.metrics.ConsumerMetrics;
import io.tributary.consumer.upload.Uploader;
import io.tributary.daemon.MonotonicClock;
import io.tributary.staging.Compression;

/**
 * What every partition's writer works with.
 *
 * @param roll        when links are closed
 * @param compression their codec
 * @param writerId    unique to this process
 * @param encoders    who encodes
 * @param budget      the bound on memory
 * @param uploader    who writes
 * @param mailbox     how they answer
 * @param metrics     what is counted
 * @param clock       monotonic
 */
record WriterSetup(
        RollPolicy roll,
        Compression compression,
        String writerId,
        EncoderPool encoders,
        BufferBudget budget,
        Uploader uploader,
        Mailbox mailbox,
        ConsumerMetrics metrics,
        MonotonicClock clock) {}

package io.tributary.sandbox.cli.pipeline;

import io.tributary.sandbox.cli.client.Broker;
import io.tributary.sandbox.cli.client.LogReader;
import io.tributary.sandbox.cli.client.MergeService;
import io.tributary.sandbox.cli.client.StagingBucket;
import io.tributary.sandbox.cli.stack.Endpoints;

/**
 * A connection to each server of a stack that runs. Used by one thread at a time; the owner closes it.
 *
 * @param broker  the broker's topics
 * @param log     what is in them
 * @param staging the staged objects
 * @param merge   the merge process
 */
public record Clients(Broker broker, LogReader log, StagingBucket staging, MergeService merge)
        implements AutoCloseable {

    /** Connects; nothing is sent yet. */
    public static Clients of(Endpoints endpoints) {
        return new Clients(
                new Broker(endpoints.kafka()),
                new LogReader(endpoints.kafka()),
                new StagingBucket(endpoints),
                new MergeService(endpoints.merge()));
    }

    /** The audit's view of them. */
    public Gathering gathering() {
        return new Gathering(broker, log, staging, merge);
    }

    @Override
    public void close() {
        broker.close();
        log.close();
        staging.close();
    }
}

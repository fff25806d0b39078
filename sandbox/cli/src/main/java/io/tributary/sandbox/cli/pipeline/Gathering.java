package io.tributary.sandbox.cli.pipeline;

import io.tributary.sandbox.cli.CommandFailure;
import io.tributary.sandbox.cli.audit.Audit;
import io.tributary.sandbox.cli.audit.AuditReport;
import io.tributary.sandbox.cli.audit.Feeds;
import io.tributary.sandbox.cli.audit.InKafka;
import io.tributary.sandbox.cli.audit.Lake;
import io.tributary.sandbox.cli.audit.Published;
import io.tributary.sandbox.cli.audit.Staged;
import io.tributary.sandbox.cli.client.Broker;
import io.tributary.sandbox.cli.client.LogReader;
import io.tributary.sandbox.cli.client.MergeService;
import io.tributary.sandbox.cli.client.StagingBucket;
import io.tributary.sandbox.cli.stack.Names;
import io.tributary.sandbox.cli.stack.Pipeline;
import io.tributary.sandbox.cli.stack.Pipelines;
import io.tributary.staging.ChainId;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Asks every hop what it has and compares. From the lake upwards, so that on a stack that works meanwhile a later
 * stage is never found ahead of an earlier one; the checkpoints before the log and after it. Reads only.
 */
public record Gathering(Broker broker, LogReader log, StagingBucket staging, MergeService merge) {

    /**
     * Audits.
     *
     * @param deep whether to re-read and compare contents
     * @throws IOException if the merge process cannot be reached
     */
    public AuditReport audit(Pipelines pipelines, boolean deep) throws IOException, CommandFailure {
        Lake lake = merge.audit(deep);
        Staged staged = staging.read(deep);
        Set<String> topics = new LinkedHashSet<>();
        staged.chains().keySet().forEach(chain -> topics.add(chain.topic()));
        Feeds feeds = feeds(pipelines);
        topics.addAll(feeds.tables().keySet());
        List<ChainId> partitions = broker.partitions(topics);
        Published before = log.published();
        InKafka inKafka = log.count(partitions, staged.chains(), deep);
        Published published = Published.meanwhile(before, log.published(), inKafka);
        return Audit.compare(feeds, published, inKafka, staged, lake);
    }

    private static Feeds feeds(Pipelines pipelines) {
        Map<String, List<String>> feeds = new HashMap<>();
        for (Pipeline pipeline : pipelines.all()) {
            feeds.put(pipeline.topic(), List.of(pipeline.table()));
            feeds.put(Names.rejectedTopic(pipeline.topic()), List.of(Lake.REJECTED));
        }
        return new Feeds(feeds);
    }
}

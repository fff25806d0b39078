package io.tributary.consumer.it;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.config.ConfigResource;

/** Records of up to 30 MB. Stateless. */
final class LargeRecords {
    private static final int LIMIT = 30_000_000;

    private LargeRecords() {}

    /** Lets a test's topic take them, and gives a producer for them. */
    static KafkaProducer<byte[], byte[]> producer(Lab lab) {
        ConfigEntry limit = new ConfigEntry("max.message.bytes", Integer.toString(LIMIT));
        Lab.await(lab.admin
                .incrementalAlterConfigs(Map.of(
                        new ConfigResource(ConfigResource.Type.TOPIC, lab.topic),
                        List.of(new AlterConfigOp(limit, AlterConfigOp.OpType.SET))))
                .all());
        return lab.producer(Map.of("max.request.size", LIMIT, "buffer.memory", 100_000_000));
    }
}

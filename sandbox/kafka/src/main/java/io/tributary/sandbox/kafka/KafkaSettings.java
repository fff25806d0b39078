package io.tributary.sandbox.kafka;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** The broker's settings: Kafka's own defaults, but for what a few nodes on a laptop need. Stateless. */
final class KafkaSettings {
    private KafkaSettings() {}

    /**
     * All settings.
     *
     * @param more settings that win over these
     */
    static Properties of(Path log, int port, Quorum quorum, Map<String, String> more) {
        Properties settings = new Properties();
        node(settings, log, port, quorum);
        replicas(settings, quorum);
        quickRestart(settings);
        // Topics are made on purpose, with their partitions chosen.
        settings.setProperty("auto.create.topics.enable", "false");
        // Records may carry timestamps of years ago: by default such segments would be deleted at once.
        settings.setProperty("log.retention.ms", "-1");
        settings.setProperty("group.initial.rebalance.delay.ms", "0");
        smallFootprint(settings);
        settings.putAll(more);
        return settings;
    }

    private static void node(Properties settings, Path log, int port, Quorum quorum) {
        String client = "PLAINTEXT://127.0.0.1:" + port;
        String controller = "127.0.0.1:" + quorum.controllerPort();
        settings.setProperty("process.roles", "broker,controller");
        settings.setProperty("node.id", Integer.toString(quorum.nodeId()));
        settings.setProperty("controller.quorum.voters", quorum.voters());
        settings.setProperty("controller.listener.names", "CONTROLLER");
        settings.setProperty("listeners", client + ",CONTROLLER://" + controller);
        settings.setProperty("advertised.listeners", client);
        settings.setProperty("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.setProperty("log.dirs", log.toString());
    }

    private static void replicas(Properties settings, Quorum quorum) {
        String replicas = Integer.toString(quorum.replicas());
        String inSync = Integer.toString(quorum.inSync());
        for (String topic : new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
            settings.setProperty(topic + ".replication.factor", replicas);
            settings.setProperty(topic + ".num.partitions", "4");
        }
        settings.setProperty("transaction.state.log.min.isr", inSync);
        settings.setProperty("share.coordinator.state.topic.min.isr", inSync);
        settings.setProperty("default.replication.factor", replicas);
        settings.setProperty("min.insync.replicas", inSync);
    }

    /** After a kill the broker's old registration blocks the new one until this session ends. */
    private static void quickRestart(Properties settings) {
        settings.setProperty("broker.session.timeout.ms", "3000");
        settings.setProperty("broker.heartbeat.interval.ms", "500");
    }

    private static void smallFootprint(Properties settings) {
        settings.setProperty("num.network.threads", "2");
        settings.setProperty("num.io.threads", "4");
        settings.setProperty("background.threads", "2");
        // 128 MB of heap by default.
        settings.setProperty("log.cleaner.dedupe.buffer.size", "8388608");
    }
}

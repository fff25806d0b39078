package io.tributary.sandbox.kafka;

import java.nio.file.Path;
import java.util.Properties;

/** The broker's settings: Kafka's own defaults, but for what a single node on a laptop needs. Stateless. */
final class KafkaSettings {
    private KafkaSettings() {}

    static Properties of(Path log, int port, int controllerPort) {
        Properties settings = new Properties();
        node(settings, log, port, controllerPort);
        singleReplica(settings);
        quickRestart(settings);
        // Topics are made on purpose, with their partitions chosen.
        settings.setProperty("auto.create.topics.enable", "false");
        // Records may carry timestamps of years ago: by default such segments would be deleted at once.
        settings.setProperty("log.retention.ms", "-1");
        settings.setProperty("group.initial.rebalance.delay.ms", "0");
        smallFootprint(settings);
        return settings;
    }

    private static void node(Properties settings, Path log, int port, int controllerPort) {
        String client = "PLAINTEXT://127.0.0.1:" + port;
        String controller = "127.0.0.1:" + controllerPort;
        settings.setProperty("process.roles", "broker,controller");
        settings.setProperty("node.id", "1");
        settings.setProperty("controller.quorum.voters", "1@" + controller);
        settings.setProperty("controller.listener.names", "CONTROLLER");
        settings.setProperty("listeners", client + ",CONTROLLER://" + controller);
        settings.setProperty("advertised.listeners", client);
        settings.setProperty("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.setProperty("log.dirs", log.toString());
    }

    private static void singleReplica(Properties settings) {
        for (String topic : new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
            settings.setProperty(topic + ".replication.factor", "1");
            settings.setProperty(topic + ".num.partitions", "4");
        }
        settings.setProperty("transaction.state.log.min.isr", "1");
        settings.setProperty("share.coordinator.state.topic.min.isr", "1");
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

package io.tributary.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Several real Kafka brokers in child processes that make up one cluster: topics have three replicas, two of which must
 * have a record before it is acknowledged. Each node may be killed, stopped and started again on its data and port. Not
 * thread-safe; clients of any thread may use its address.
 */
public final class KafkaCluster implements AutoCloseable {
    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;
    private static final String HEAP = "-Xmx256m";

    private final List<KafkaProcess> nodes;

    private KafkaCluster(List<KafkaProcess> nodes) {
        this.nodes = nodes;
    }

    /**
     * Starts all nodes and returns when each serves.
     *
     * @param settings {@code key=value}, for every broker
     */
    public static KafkaCluster start(Path data, int size, String... settings) {
        KafkaCluster cluster = new KafkaCluster(new ArrayList<>());
        try {
            List<JavaProcess> booting = new ArrayList<>();
            for (KafkaProcess.Start start : plan(data, size, settings)) {
                booting.add(start.begin());
                cluster.nodes.add(new KafkaProcess(start, booting.get(booting.size() - 1)));
            }
            cluster.nodes.forEach(KafkaProcess::awaitReady);
            return cluster;
        } catch (RuntimeException | Error failed) {
            cluster.close();
            throw failed;
        }
    }

    /** How each node of a cluster is started, in the order of their ids, which begin at 1. */
    public static List<KafkaProcess.Start> plan(Path data, int size, String... settings) {
        List<Integer> ports = freePorts(2 * size);
        String voters = IntStream.range(0, size)
                .mapToObj(node -> (node + 1) + "@" + ports.get(node))
                .collect(Collectors.joining(","));
        String clusterId = clusterId();
        List<KafkaProcess.Start> plan = new ArrayList<>();
        for (int node = 0; node < size; node++) {
            int id = node + 1;
            int port = ports.get(size + node);
            JavaCommand command = KafkaProcess.command(data.resolve("node-" + id), port)
                    .jvm(HEAP)
                    .arguments("--node-id", Integer.toString(id), "--voters", voters, "--cluster-id", clusterId);
            for (String setting : settings) {
                command.arguments("--set", setting);
            }
            plan.add(new KafkaProcess.Start(command, port));
        }
        return plan;
    }

    /** The node with the given id; the first is 1. */
    public KafkaProcess node(int id) {
        return nodes.get(id - 1);
    }

    public List<KafkaProcess> nodes() {
        return List.copyOf(nodes);
    }

    public String bootstrapServers() {
        return nodes.stream().map(KafkaProcess::bootstrapServers).collect(Collectors.joining(","));
    }

    @Override
    public void close() {
        nodes.forEach(KafkaProcess::close);
    }

    /** As Kafka writes its ids: 16 bytes in URL-safe base 64. */
    static String clusterId() {
        UUID id = UUID.randomUUID();
        byte[] bytes = ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        return text.startsWith("-") ? "A" + text.substring(1) : text;
    }

    /** Below the range that the system lends to outgoing connections, so that a killed node finds its port free. */
    static List<Integer> freePorts(int count) {
        List<Integer> free = new ArrayList<>();
        Random random = new Random();
        while (free.size() < count) {
            int port = LOWEST + random.nextInt(HIGHEST - LOWEST);
            if (!free.contains(port) && isFree(port)) {
                free.add(port);
            }
        }
        return free;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
            return true;
        } catch (java.net.BindException taken) {
            return false;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}

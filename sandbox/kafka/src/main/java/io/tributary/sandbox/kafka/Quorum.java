package io.tributary.sandbox.kafka;

import io.tributary.sandbox.server.LoopbackPort;
import io.tributary.sandbox.server.ServerStartException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.Uuid;

/**
 * The nodes of a cluster, each broker and controller at once, all on 127.0.0.1, and which of them this one is. Immutable.
 *
 * @param clusterId   what all nodes of the cluster are formatted with
 * @param nodeId      this node
 * @param controllers the port of each node's controller
 */
record Quorum(String clusterId, int nodeId, SortedMap<Integer, Integer> controllers) {
    private static final int MOST_REPLICAS = 3;

    /** A cluster of one node, whose controller takes any free port at each start. */
    static Quorum alone() throws ServerStartException {
        return new Quorum(Uuid.randomUuid().toString(), 1, new TreeMap<>(java.util.Map.of(1, LoopbackPort.free())));
    }

    /**
     * A cluster of several nodes.
     *
     * @param voters one {@code ID@PORT} for each node
     */
    static Quorum of(Optional<String> clusterId, int nodeId, List<String> voters) throws ServerStartException {
        SortedMap<Integer, Integer> controllers = new TreeMap<>();
        for (String voter : voters) {
            if (!voter.matches("[0-9]{1,9}@[0-9]{1,5}")) {
                throw new ServerStartException("--voters must be like 1@20001,2@20002,3@20003, but has " + voter);
            }
            int at = voter.indexOf('@');
            controllers.put(Integer.valueOf(voter.substring(0, at)), Integer.valueOf(voter.substring(at + 1)));
        }
        if (!controllers.containsKey(nodeId) || clusterId.isEmpty()) {
            throw new ServerStartException("--voters needs --cluster-id, and a --node-id that is among the voters");
        }
        return new Quorum(clusterId.get(), nodeId, controllers);
    }

    int controllerPort() {
        return controllers.getOrDefault(nodeId, 0);
    }

    String voters() {
        return controllers.entrySet().stream()
                .map(voter -> voter.getKey() + "@127.0.0.1:" + voter.getValue())
                .collect(Collectors.joining(","));
    }

    int replicas() {
        return Math.min(MOST_REPLICAS, controllers.size());
    }

    /** How many replicas must have a record before it is acknowledged: one less than all may go missing. */
    int inSync() {
        return Math.max(1, replicas() - 1);
    }
}

package io.tributary.sandbox.cli.stack;

import io.tributary.sandbox.server.LoopbackPort;
import io.tributary.sandbox.server.ServerStartException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A free port on 127.0.0.1 for each process, chosen at the start and kept through restarts. Immutable.
 */
record Ports(int kafka, int s3, int catalog, int merge, int sql, int consumer, int producer) {
    private static final int COUNT = 7;

    static Ports free() throws ServerStartException {
        Set<Integer> chosen = new LinkedHashSet<>();
        while (chosen.size() < COUNT) {
            chosen.add(LoopbackPort.free());
        }
        List<Integer> all = List.copyOf(chosen);
        return new Ports(all.get(0), all.get(1), all.get(2), all.get(3), all.get(4), all.get(5), all.get(6));
    }
}

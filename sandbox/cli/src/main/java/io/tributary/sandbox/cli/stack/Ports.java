package io.tributary.sandbox.cli.stack;

import io.tributary.sandbox.cli.CommandFailure;
import io.tributary.sandbox.server.LoopbackPort;
import io.tributary.sandbox.server.ServerStartException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port on 127.0.0.1 for each process, chosen at the start and kept through restarts: a block of eight, of which the
 * launcher holds the first, so that no other launcher takes the same block before its processes are up. The owner closes
 * it. Immutable otherwise.
 */
final class Ports implements AutoCloseable {
    private static final int BLOCK = 8;
    private static final int FIRST_BLOCK = 20_000 / BLOCK;
    private static final int LAST_BLOCK = 32_000 / BLOCK;
    private static final int ATTEMPTS = 200;

    private final ServerSocket claim;
    private final int base;

    private Ports(ServerSocket claim, int base) {
        this.claim = claim;
        this.base = base;
    }

    static Ports claim() throws CommandFailure {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int base = ThreadLocalRandom.current().nextInt(FIRST_BLOCK, LAST_BLOCK) * BLOCK;
            try {
                ServerSocket claim = bind(base);
                try {
                    for (int port = base + 1; port < base + BLOCK; port++) {
                        LoopbackPort.requireFree(port);
                    }
                    return new Ports(claim, base);
                } catch (ServerStartException taken) {
                    claim.close();
                }
            } catch (IOException taken) {
                // The next block, then.
            }
        }
        throw CommandFailure.failed("no eight free ports in a row were found on 127.0.0.1 between 20000 and 32000");
    }

    private static ServerSocket bind(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
            return socket;
        } catch (IOException taken) {
            socket.close();
            throw taken;
        }
    }

    int kafka() {
        return base + 1;
    }

    int s3() {
        return base + 2;
    }

    int catalog() {
        return base + 3;
    }

    int merge() {
        return base + 4;
    }

    int sql() {
        return base + 5;
    }

    int consumer() {
        return base + 6;
    }

    int producer() {
        return base + 7;
    }

    @Override
    public void close() throws IOException {
        claim.close();
    }
}

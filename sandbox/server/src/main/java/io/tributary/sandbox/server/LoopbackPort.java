package io.tributary.sandbox.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Chooses free ports on 127.0.0.1. They lie below the range from which systems lend ports to outgoing connections, so
 * that a server that was killed finds its port free when it comes back. Stateless.
 */
public final class LoopbackPort {
    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;
    private static final int ATTEMPTS = 200;

    private LoopbackPort() {}

    /** The wanted port, or a free one where 0 is wanted. */
    public static int orFree(int wanted) throws ServerStartException {
        return wanted == 0 ? free() : wanted;
    }

    /** A port that nobody listens on at this moment. */
    public static int free() throws ServerStartException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (isFree(port)) {
                return port;
            }
        }
        throw new ServerStartException("no free port found between " + LOWEST + " and " + HIGHEST + " on 127.0.0.1");
    }

    /** Fails with a clear message where the port is taken. */
    public static void requireFree(int port) throws ServerStartException {
        if (!isFree(port)) {
            throw new ServerStartException(
                    "port " + port + " on 127.0.0.1 is in use; choose another port, or 0 for any free one");
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}

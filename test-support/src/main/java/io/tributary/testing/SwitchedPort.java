package io.tributary.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A loopback port that leads to another, or refuses connections, or takes them and never answers: one and the same for
 * its clients, as a server has outages. Changing it cuts what is connected. One thread changes and closes it.
 */
public final class SwitchedPort implements AutoCloseable {
    private static final int WAITING = 50;

    private final int port = KafkaCluster.freePorts(1).get(0);
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "switched-port");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable ServerSocket listening;

    /** A port that refuses; it can lead to another. */
    public SwitchedPort(int target) {
        this.target = target;
    }

    public int port() {
        return port;
    }

    /** From now on it leads there. */
    public void lead() {
        listen(true);
    }

    /** From now on connections are refused. */
    public void refuse() {
        cut();
    }

    /** From now on connections are taken, and nothing comes back. */
    public void silence() {
        listen(false);
    }

    @Override
    public void close() {
        cut();
        threads.shutdownNow();
    }

    private void listen(boolean leading) {
        cut();
        try {
            ServerSocket server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), WAITING);
            listening = server;
            threads.execute(() -> accept(server, leading));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void cut() {
        ServerSocket server = listening;
        listening = null;
        if (server != null) {
            close(server);
        }
        open.forEach(SwitchedPort::close);
        open.clear();
    }

    private void accept(ServerSocket server, boolean leading) {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                open.add(client);
                if (leading) {
                    Socket there = new Socket(InetAddress.getLoopbackAddress(), target);
                    open.add(there);
                    threads.execute(() -> copy(client, there));
                    threads.execute(() -> copy(there, client));
                }
            } catch (IOException closed) {
                // The server, or one that hung up at once.
            }
        }
    }

    private void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException cut) {
            // The other direction ends with it.
        } finally {
            open.remove(from);
        }
    }

    private static void close(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}

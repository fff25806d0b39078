package io.tributary.daemon.health;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Serves {@code /live}, {@code /ready} and {@code /metrics} on a loopback port, on one thread of its own. The suppliers
 * are called by that thread.
 */
public final class HealthServer implements AutoCloseable {
    private static final byte[] IPV4_LOOPBACK = {127, 0, 0, 1};
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    private final HttpServer server;
    private final ExecutorService thread;

    private HealthServer(HttpServer server, ExecutorService thread) {
        this.server = server;
        this.thread = thread;
    }

    /**
     * Starts serving.
     *
     * @param port    the port on 127.0.0.1, or 0 for any
     * @param live    whether the process should be kept; false asks for a restart
     * @param ready   whether it makes progress
     * @param metrics Prometheus text
     * @throws IOException if the port cannot be had; the message names it
     */
    public static HealthServer start(int port, Supplier<Health> live, Supplier<Health> ready, Supplier<String> metrics)
            throws IOException {
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(IPV4_LOOPBACK), port), 0);
        } catch (IOException taken) {
            throw new IOException(
                    "health.port " + port + " on 127.0.0.1 cannot be used (" + taken.getMessage()
                            + "): choose another, or 0 for any",
                    taken);
        }
        ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
            Thread created = new Thread(task, "health");
            created.setDaemon(true);
            return created;
        });
        server.setExecutor(thread);
        server.createContext("/live", exchange -> answer(exchange, live.get()));
        server.createContext("/ready", exchange -> answer(exchange, ready.get()));
        server.createContext("/metrics", exchange -> answer(exchange, OK, metrics.get()));
        server.start();
        return new HealthServer(server, thread);
    }

    /** The port that it serves on. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        thread.shutdownNow();
    }

    private static void answer(HttpExchange exchange, Health health) throws IOException {
        answer(exchange, health.ok() ? OK : UNAVAILABLE, (health.ok() ? "ok: " : "not ok: ") + health.detail() + "\n");
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
        exchange.sendResponseHeaders(status, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}

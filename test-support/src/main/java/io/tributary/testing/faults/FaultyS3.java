package io.tributary.testing.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A proxy on 127.0.0.1 in front of a real S3 server. It passes requests on as they are, the host header included, so that
 * signatures hold, and breaks some on purpose: at random by rate, or the next of a kind exactly once. It can break the
 * stream of bytes itself. Requests are held in memory whole. Safe for many threads; the one that started it closes it.
 */
public final class FaultyS3 implements AutoCloseable {
    private final ServerSocket server;
    private final InetSocketAddress upstream;
    private final FaultRules rules;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Duration slow = Duration.ofMillis(300);
    private volatile Duration stall = Duration.ofSeconds(35);
    private volatile boolean closed;

    private FaultyS3(ServerSocket server, InetSocketAddress upstream, long seed) {
        this.server = server;
        this.upstream = upstream;
        this.rules = new FaultRules(seed);
    }

    /** Starts, without faults yet, on any free port. The server behind it may come and go. */
    public static FaultyS3 inFrontOf(URI upstream, long seed) {
        try {
            ServerSocket server = new ServerSocket();
            server.bind(new InetSocketAddress(loopback(), 0), 200);
            FaultyS3 proxy = new FaultyS3(server, new InetSocketAddress(loopback(), upstream.getPort()), seed);
            start(proxy::acceptAll, "faulty-s3");
            return proxy;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Where clients reach it, in path style. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /**
     * Breaks a share of the requests of every kind, spread evenly over all faults that fit, but for {@link Fault#STALLED}.
     */
    public FaultyS3 breakAll(double share) {
        for (RequestKind kind : RequestKind.values()) {
            rules.rate(kind, kind == RequestKind.OTHER ? 0 : share, FaultRules.quick());
        }
        return this;
    }

    /** Breaks a share of the requests of one kind. */
    public FaultyS3 breakSome(RequestKind kind, double share, Set<Fault> faults) {
        rules.rate(kind, share, faults);
        return this;
    }

    /** Breaks the next request of a kind; several are taken in turn. */
    public FaultyS3 breakNext(RequestKind kind, Fault... faults) {
        for (Fault fault : faults) {
            rules.once(kind, fault);
        }
        return this;
    }

    /** How long {@link Fault#SLOW} and {@link Fault#STALLED} hold a request. */
    public FaultyS3 delays(Duration forSlow, Duration forStalled) {
        slow = forSlow;
        stall = forStalled;
        return this;
    }

    /** Lets faults happen, or passes everything. */
    public void on(boolean wanted) {
        rules.on(wanted);
    }

    public long requests(RequestKind kind) {
        return rules.requests(kind);
    }

    public long injected(RequestKind kind, Fault fault) {
        return rules.injected(kind, fault);
    }

    /** How many faults happened in all. */
    public long injected() {
        return rules.injected();
    }

    /** What happened, for people. */
    public String summary() {
        return rules.summary();
    }

    private void acceptAll() {
        while (!closed) {
            try {
                Socket client = server.accept();
                open.add(client);
                start(() -> serve(client), "faulty-s3-connection");
            } catch (IOException closedOrOverrun) {
                // Whether to go on is asked above.
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            Exchange exchange = new Exchange(client, upstream, rules, slow, stall);
            while (!closed && exchange.next()) {
                // One request after the other.
            }
        } catch (IOException gone) {
            // The client, or the server behind: the other side sees its connection close.
        } finally {
            open.remove(client);
        }
    }

    private static void start(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }

    @Override
    public void close() {
        closed = true;
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}

package io.tributary.sandbox.mastodon;

import io.tributary.sandbox.server.RunningServer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * An instance on 127.0.0.1, by HTTP down to the bytes, so that it can end streams in each of the ways that were seen. A
 * thread for each connection.
 */
public final class InstanceServer implements RunningServer {
    private static final DateTimeFormatter DATE = DateTimeFormatter.RFC_1123_DATE_TIME;

    private final Instance instance;
    private final Duration heartbeat;
    private final ServerSocket listening;
    private final Clock clock;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final Set<StreamConnection> streams = ConcurrentHashMap.newKeySet();

    private InstanceServer(Instance instance, Duration heartbeat, ServerSocket listening, Clock clock) {
        this.instance = instance;
        this.heartbeat = heartbeat;
        this.listening = listening;
        this.clock = clock;
    }

    /** How a stream ends. */
    public enum Ending {
        /** The token was revoked. */
        CLEAN,
        /** The server was told to stop. */
        TRUNCATED
    }

    /**
     * Starts serving.
     *
     * @param port      0 for any
     * @param heartbeat between two signs of life on a stream
     * @param sockets   makes the socket: plain, or TLS
     */
    public static InstanceServer start(
            Instance instance, int port, Duration heartbeat, ServerSocketFactory sockets, boolean secure)
            throws IOException {
        ServerSocket listening =
                sockets.createServerSocket(port, 64, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        InstanceServer server = new InstanceServer(instance, heartbeat, listening, Clock.systemUTC());
        instance.address((secure ? "https" : "http") + "://127.0.0.1:" + listening.getLocalPort());
        server.thread("accept", server::accept);
        server.thread("heartbeat", server::beat);
        return server;
    }

    /** A plain one on any port. */
    public static InstanceServer start(Instance instance, Duration heartbeat) throws IOException {
        return start(instance, 0, heartbeat, ServerSocketFactory.getDefault(), false);
    }

    @Override
    public int port() {
        return listening.getLocalPort();
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    /** Streams that are open. */
    public int streams() {
        return streams.size();
    }

    /** Ends all open streams. */
    public void endStreams(Ending ending) {
        streams.forEach(stream -> stream.end(ending));
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }

    private void thread(String name, Runnable work) {
        Thread thread = new Thread(work, "standin-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket connection = listening.accept();
                connections.add(connection);
                thread("connection", () -> serve(connection));
            } catch (IOException closed) {
                // Either we are told to stop, or one client had bad luck.
            }
        }
    }

    private void beat() {
        Object never = new Object();
        synchronized (never) {
            while (!listening.isClosed()) {
                try {
                    never.wait(heartbeat.toMillis());
                } catch (InterruptedException stopped) {
                    return;
                }
                if (!instance.faults().silent) {
                    streams.forEach(StreamConnection::beat);
                }
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            OutputStream out = connection.getOutputStream();
            for (Request request = read(in); request != null; request = read(in)) {
                if (request.path().startsWith("/api/v1/streaming")) {
                    stream(request, in, out);
                    return;
                }
                write(out, instance.answer(request));
            }
        } catch (IOException gone) {
            // The client went away, or never spoke our protocol.
        } finally {
            connections.remove(connection);
        }
    }

    private void stream(Request request, InputStream in, OutputStream out) throws IOException {
        if (!instance.known(request)) {
            write(out, Reply.error(401, "Error: Access token required"));
            return;
        }
        boolean socket = "websocket".equalsIgnoreCase(request.headers().getOrDefault("upgrade", ""));
        if (!socket && instance.dialect() == Dialect.GOTOSOCIAL) {
            write(out, Reply.error(404, "Not Found"));
            return;
        }
        StreamConnection stream = new StreamConnection(request, socket, out, instance);
        stream.open();
        streams.add(stream);
        try {
            while (in.read() >= 0 && !stream.isOver()) {
                // What a client says on a stream is of no concern.
            }
        } finally {
            streams.remove(stream);
            stream.close();
        }
    }

    private void write(OutputStream out, Reply reply) throws IOException {
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder("HTTP/1.1 ")
                .append(reply.status())
                .append(" Status\r\nDate: ")
                .append(DATE.format(ZonedDateTime.ofInstant(clock.instant(), ZoneOffset.UTC)))
                .append("\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ")
                .append(body.length)
                .append("\r\n");
        reply.headers().forEach(header -> head.append(header).append("\r\n"));
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        out.write(body);
        out.flush();
    }

    private static @Nullable Request read(InputStream in) throws IOException {
        String line = line(in);
        if (line == null || line.isBlank()) {
            return null;
        }
        String[] parts = line.split(" ", -1);
        Map<String, String> headers = new HashMap<>();
        for (String header = line(in); header != null && !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            if (colon > 0) {
                headers.put(
                        header.substring(0, colon).toLowerCase(Locale.ROOT),
                        header.substring(colon + 1).trim());
            }
        }
        // Whoever comes by a proxy names the host, too.
        return parts.length < 2 ? null : new Request(parts[1].replaceFirst("^https?://[^/]+", ""), headers);
    }

    private static @Nullable String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next == '\n') {
                return line.toString();
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return null;
    }
}

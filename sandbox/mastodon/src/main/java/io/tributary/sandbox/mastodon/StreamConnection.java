package io.tributary.sandbox.mastodon;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;

/** One client's stream, as server-sent events in chunks or as a WebSocket. Thread-safe. */
final class StreamConnection {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String SOCKET_MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final String HEAD = """
            HTTP/1.1 200 OK
            X-Powered-By: Express
            Access-Control-Allow-Origin: *
            Content-Type: text/event-stream
            Cache-Control: private, no-store
            Transfer-Encoding: chunked
            Connection: keep-alive
            Keep-Alive: timeout=5

            """;
    private static final String SWITCH = """
            HTTP/1.1 101 Switching Protocols
            Upgrade: websocket
            Connection: Upgrade
            Sec-WebSocket-Accept: KEY

            """;
    private static final int TEXT = 0x81;
    private static final int PING = 0x89;
    private static final int CLOSE = 0x88;

    private final Request request;
    private final boolean socket;
    private final OutputStream out;
    private final Instance instance;
    private final Optional<String> tag;
    private final BiConsumer<String, Instance.Heard> listener = this::heard;
    private volatile boolean over;

    StreamConnection(Request request, boolean socket, OutputStream out, Instance instance) {
        this.request = request;
        this.socket = socket;
        this.out = out;
        this.instance = instance;
        this.tag = request.one("tag");
    }

    boolean isOver() {
        return over;
    }

    synchronized void open() throws IOException {
        if (socket) {
            String key = accept(request.headers().getOrDefault("sec-websocket-key", ""));
            raw(SWITCH.replace("\n", "\r\n").replace("KEY", key));
        } else {
            raw(HEAD.replace("\n", "\r\n"));
            chunk(":)\n");
        }
        instance.listen(listener);
    }

    synchronized void beat() {
        guarded(() -> {
            if (socket) {
                frame(PING, new byte[0]);
            } else {
                chunk(":thump\n");
            }
        });
    }

    private void heard(String event, Instance.Heard heard) {
        if (instance.faults().silent || (tag.isPresent() && !heard.post().hasTag(tag.get()))) {
            return;
        }
        synchronized (this) {
            guarded(() -> {
                if (socket) {
                    String frame = MAPPER.createObjectNode()
                            .put("event", event)
                            .put("payload", heard.payload())
                            .set("stream", MAPPER.createArrayNode().add("public"))
                            .toString();
                    frame(TEXT, frame.getBytes(StandardCharsets.UTF_8));
                } else {
                    chunk("event: " + event + "\ndata: " + heard.payload() + "\n\n");
                }
            });
        }
    }

    synchronized void end(InstanceServer.Ending ending) {
        guarded(() -> {
            if (socket) {
                frame(CLOSE, new byte[0]);
            } else if (ending == InstanceServer.Ending.CLEAN) {
                raw("0\r\n\r\n");
            } else {
                raw("400\r\nevent: update\ndata: {\"id\":\"1150");
            }
            out.close();
        });
        close();
    }

    void close() {
        over = true;
        instance.unlisten(listener);
    }

    private interface Writing {
        void write() throws IOException;
    }

    private void guarded(Writing writing) {
        if (over) {
            return;
        }
        try {
            writing.write();
        } catch (IOException gone) {
            close();
        }
    }

    private void chunk(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        raw(Integer.toHexString(bytes.length).toLowerCase(Locale.ROOT) + "\r\n" + text + "\r\n");
    }

    private void raw(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private void frame(int kind, byte[] payload) throws IOException {
        out.write(kind);
        if (payload.length < 126) {
            out.write(payload.length);
        } else if (payload.length < 65_536) {
            out.write(126);
            out.write(payload.length >> 8);
            out.write(payload.length & 0xff);
        } else {
            out.write(127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                out.write((int) ((long) payload.length >> shift) & 0xff);
            }
        }
        out.write(payload);
        out.flush();
    }

    private static String accept(String key) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1")
                            .digest((key + SOCKET_MAGIC).getBytes(StandardCharsets.ISO_8859_1)));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new AssertionError(everyJdkHasIt);
        }
    }
}

package io.tributary.testing.faults;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One client's connection: takes requests one after the other, and passes or breaks each. Confined to one thread. */
final class Exchange {
    private static final int OK = 200;
    private static final int CONNECT_MILLIS = 5_000;

    private final Socket client;
    private final InputStream in;
    private final OutputStream out;
    private final InetSocketAddress upstream;
    private final FaultRules rules;
    private final Duration slow;
    private final Duration stall;

    Exchange(Socket client, InetSocketAddress upstream, FaultRules rules, Duration slow, Duration stall)
            throws IOException {
        this.client = client;
        this.in = new BufferedInputStream(client.getInputStream());
        this.out = client.getOutputStream();
        this.upstream = upstream;
        this.rules = rules;
        this.slow = slow;
        this.stall = stall;
    }

    /** An answer of the server behind. */
    private record Answer(HttpMessage head, byte[] body) {}

    /** Serves one request; false once the connection is over. */
    boolean next() throws IOException {
        Optional<HttpMessage> read = HttpMessage.read(in);
        if (read.isEmpty()) {
            return false;
        }
        HttpMessage request = read.get();
        String[] line = request.firstLine().split(" ", -1);
        RequestKind kind = RequestKind.of(line[0], line[1]);
        Optional<Fault> fault =
                rules.choose(kind, request.header("If-None-Match").isPresent());
        if (fault.isPresent() && fault.get() == Fault.RESET_BEFORE) {
            return reset();
        }
        byte[] body = receive(request, fault);
        return fault.isEmpty() ? pass(request, body) : broken(fault.get(), kind, request, body);
    }

    private byte[] receive(HttpMessage request, Optional<Fault> fault) throws IOException {
        if (request.header("Expect").isPresent()) {
            write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        }
        long length = request.header("Content-Length").map(Long::parseLong).orElse(0L);
        if (fault.isPresent() && fault.get() == Fault.RESET_DURING && length > 1) {
            return in.readNBytes((int) (length / 2));
        }
        return request.body(in, false);
    }

    private boolean broken(Fault fault, RequestKind kind, HttpMessage request, byte[] body) throws IOException {
        return switch (fault) {
            case INTERNAL_ERROR -> refuse(500, "InternalError", kind);
            case SLOW_DOWN -> refuse(503, "SlowDown", kind);
            case TOO_MANY_REQUESTS -> refuse(429, "TooManyRequests", kind);
            case CONFLICT -> refuse(409, "ConditionalRequestConflict", kind);
            case PRECONDITION_FAILED -> refuse(412, "PreconditionFailed", kind);
            case ERROR_IN_OK -> refuse(OK, "InternalError", kind);
            case RESET_BEFORE, RESET_AFTER -> reset();
            case RESET_DURING -> kind.writes() ? halfARequest(request, body) : halfAnAnswer(request, body);
            case ANSWER_LOST -> {
                ask(request, body);
                yield reset();
            }
            case SLOW -> {
                hold(slow);
                yield pass(request, body);
            }
            case STALLED -> {
                hold(stall);
                yield pass(request, body);
            }
            case WRONG_CHECKSUM -> pass(request, flipped(body));
        };
    }

    private boolean pass(HttpMessage request, byte[] body) throws IOException {
        Answer answer = ask(request, body);
        write(answer.head().bytes());
        write(answer.body());
        return answer.head()
                .header("Connection")
                .filter("close"::equalsIgnoreCase)
                .isEmpty();
    }

    private Answer ask(HttpMessage request, byte[] body) throws IOException {
        try (Socket server = connect()) {
            OutputStream to = server.getOutputStream();
            to.write(request.without("Expect").bytes());
            to.write(body);
            to.flush();
            InputStream from = new BufferedInputStream(server.getInputStream());
            HttpMessage head = answerHead(from);
            boolean none = request.firstLine().startsWith("HEAD ") || head.status() == 204 || head.status() == 304;
            return new Answer(head, none ? new byte[0] : head.body(from, true));
        }
    }

    private static HttpMessage answerHead(InputStream from) throws IOException {
        HttpMessage head = HttpMessage.read(from).orElseThrow(() -> new IOException("the server said nothing"));
        return head.status() == 100 ? answerHead(from) : head;
    }

    /** The server gets half of what was announced, and then nothing. */
    private boolean halfARequest(HttpMessage request, byte[] half) throws IOException {
        try (Socket server = connect()) {
            server.getOutputStream().write(request.without("Expect").bytes());
            server.getOutputStream().write(half);
        }
        return reset();
    }

    private boolean halfAnAnswer(HttpMessage request, byte[] body) throws IOException {
        Answer answer = ask(request, body);
        byte[] head = answer.head().bytes();
        if (answer.body().length == 0) {
            write(Arrays.copyOf(head, head.length / 2));
        } else {
            write(head);
            write(Arrays.copyOf(answer.body(), answer.body().length / 2));
        }
        return reset();
    }

    private boolean refuse(int status, String code, RequestKind kind) throws IOException {
        byte[] xml = ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + code
                        + "</Code><Message>injected by the proxy</Message><RequestId>0</RequestId></Error>")
                .getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 " + status + " " + code + "\r\nContent-Type: application/xml\r\nx-amz-request-id: 0\r\n"
                + "Content-Length: " + xml.length + "\r\n\r\n";
        write(head.getBytes(StandardCharsets.ISO_8859_1));
        if (kind != RequestKind.HEAD) {
            write(xml);
        }
        return true;
    }

    /** Not a close in order: the client sees "connection reset". */
    private boolean reset() throws IOException {
        client.setSoLinger(true, 0);
        client.close();
        return false;
    }

    private Socket connect() throws IOException {
        Socket server = new Socket();
        try {
            server.setTcpNoDelay(true);
            server.connect(upstream, CONNECT_MILLIS);
            return server;
        } catch (IOException away) {
            server.close();
            throw away;
        }
    }

    private void write(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    private static byte[] flipped(byte[] body) {
        byte[] changed = body.clone();
        if (changed.length > 0) {
            changed[changed.length / 2] ^= 1;
        }
        return changed;
    }

    private static void hold(Duration duration) throws IOException {
        try {
            boolean never = new CountDownLatch(1).await(duration.toMillis(), TimeUnit.MILLISECONDS);
            assert !never;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}

package io.tributary.testing.msk;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The part of Kafka's protocol that comes before everything else on a connection with SASL: versions, mechanism, token.
 * Confined to the connection's thread.
 */
final class SaslExchange {
    private static final int HANDSHAKE = 17;
    private static final int VERSIONS = 18;
    private static final int AUTHENTICATE = 36;
    private static final int UNSUPPORTED_MECHANISM = 33;
    private static final int UNSUPPORTED_VERSION = 35;
    private static final int REFUSED = 58;
    private static final int LONGEST = 1024 * 1024;
    private static final String MECHANISM = "AWS_MSK_IAM";
    private static final String WELCOME = "{\"version\":\"2020_10_22\",\"request-id\":\"stand-in\"}";

    private final DataInputStream in;
    private final DataOutputStream out;

    SaslExchange(DataInputStream in, DataOutputStream out) {
        this.in = in;
        this.out = out;
    }

    /** Decides about a token. */
    interface Judge {
        /** Why the client is not let in; empty if it is. */
        String problem(byte[] token);
    }

    /** Speaks until the client is let in or not. */
    boolean admits(Judge judge) throws IOException {
        while (true) {
            int size = in.readInt();
            if (size < 0 || size > LONGEST) {
                throw new IOException("a request of " + size + " bytes");
            }
            ByteBuffer request = ByteBuffer.wrap(in.readNBytes(size));
            short kind = request.getShort();
            short version = request.getShort();
            int correlation = request.getInt();
            skipText(request);
            switch (kind) {
                case VERSIONS -> answer(correlation, versions(version == 0 ? 0 : UNSUPPORTED_VERSION));
                case HANDSHAKE -> answer(correlation, handshake(text(request)));
                case AUTHENTICATE -> {
                    byte[] token = new byte[request.getInt()];
                    request.get(token);
                    String problem = judge.problem(token);
                    answer(correlation, verdict(problem));
                    return problem.isEmpty();
                }
                default -> throw new IOException("request " + kind + " before authentication");
            }
        }
    }

    /** Only the oldest form of each: the client takes it. */
    private static byte[] versions(int error) throws IOException {
        return bytes(body -> {
            body.writeShort(error);
            short[][] known = {{HANDSHAKE, 1}, {VERSIONS, 0}, {AUTHENTICATE, 0}};
            body.writeInt(known.length);
            for (short[] one : known) {
                body.writeShort(one[0]);
                body.writeShort(one[1]);
                body.writeShort(one[1]);
            }
        });
    }

    private static byte[] handshake(String mechanism) throws IOException {
        return bytes(body -> {
            body.writeShort(mechanism.equals(MECHANISM) ? 0 : UNSUPPORTED_MECHANISM);
            body.writeInt(1);
            writeText(body, MECHANISM);
        });
    }

    private static byte[] verdict(String problem) throws IOException {
        return bytes(body -> {
            body.writeShort(problem.isEmpty() ? 0 : REFUSED);
            writeText(body, problem.isEmpty() ? "" : "[stand-in]: Access denied");
            byte[] welcome = problem.isEmpty() ? WELCOME.getBytes(StandardCharsets.UTF_8) : new byte[0];
            body.writeInt(welcome.length);
            body.write(welcome);
        });
    }

    private void answer(int correlation, byte[] body) throws IOException {
        out.writeInt(Integer.BYTES + body.length);
        out.writeInt(correlation);
        out.write(body);
        out.flush();
    }

    private interface Body {
        void write(DataOutputStream body) throws IOException;
    }

    private static byte[] bytes(Body content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        content.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static void writeText(DataOutputStream body, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        body.writeShort(bytes.length);
        body.write(bytes);
    }

    private static String text(ByteBuffer request) {
        byte[] bytes = new byte[Math.max(0, request.getShort())];
        request.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void skipText(ByteBuffer request) {
        short length = request.getShort();
        request.position(request.position() + Math.max(0, length));
    }
}

package io.tributary.producer.source.mastodon;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An HTTP proxy to which every host is this machine. Notes what each connection began with. A thread for each direction
 * of each connection.
 */
final class PassingProxy implements AutoCloseable {
    private final ServerSocket listening;
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

    PassingProxy() throws IOException {
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        thread(this::accept);
    }

    /** As a configuration names it. */
    String address() {
        return "127.0.0.1:" + listening.getLocalPort();
    }

    /** The first head of each connection, as it came. */
    List<String> heads() {
        return heads;
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                connections.add(client);
                thread(() -> pass(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void pass(Socket client) {
        try (client) {
            String head = head(client.getInputStream());
            heads.add(head);
            String[] words = head.split(" ", 3);
            boolean tunnel = words[0].equals("CONNECT");
            URI target = URI.create(tunnel ? "http://" + words[1] : words[1]);
            try (Socket server = new Socket(InetAddress.getLoopbackAddress(), target.getPort())) {
                OutputStream answer = tunnel ? client.getOutputStream() : server.getOutputStream();
                answer.write((tunnel ? "HTTP/1.1 200 Connected\r\n\r\n" : head).getBytes(StandardCharsets.ISO_8859_1));
                thread(() -> {
                    try (client) {
                        server.getInputStream().transferTo(client.getOutputStream());
                    } catch (IOException gone) {
                        // One of them went away.
                    }
                });
                client.getInputStream().transferTo(server.getOutputStream());
            }
        } catch (IOException gone) {
            // One of them went away.
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("ended within its head");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static void thread(Runnable work) {
        Thread thread = new Thread(work, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }
}

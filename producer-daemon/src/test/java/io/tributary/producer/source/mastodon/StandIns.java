package io.tributary.producer.source.mastodon;

import com.sun.net.httpserver.HttpServer;
import io.tributary.sandbox.mastodon.Instance;
import io.tributary.sandbox.mastodon.InstanceServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import javax.net.ServerSocketFactory;
import org.awaitility.Awaitility;

/** Servers that an address may lead to. Whoever starts one ends it. */
public final class StandIns {
    private StandIns() {}

    /** An instance on a port that another server had: it may stay taken for a moment. */
    public static InstanceServer at(
            int port, Instance instance, Duration heartbeat, ServerSocketFactory sockets, boolean secure) {
        return Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .ignoreException(BindException.class)
                .until(() -> InstanceServer.start(instance, port, heartbeat, sockets, secure), Objects::nonNull);
    }

    /** A website that knows no API. */
    public static HttpServer website() throws IOException {
        HttpServer website = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        website.createContext("/", exchange -> {
            byte[] page = "<html>hello</html>".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        website.start();
        return website;
    }
}

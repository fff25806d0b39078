package io.tributary.sandbox.cli.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Reads what a daemon counts, from its loopback port. Safe for many threads. */
public final class DaemonMetrics {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final HttpRequest request;

    /** The daemon at {@code host:port}; nothing is sent yet. */
    public DaemonMetrics(String address) {
        request = HttpRequest.newBuilder(URI.create("http://" + address + "/metrics"))
                .timeout(PATIENCE)
                .build();
    }

    /** Each metric's sum over its series; empty where the daemon does not answer at the moment. */
    public Map<String, Double> read() {
        try {
            return parse(
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException startingOrGone) {
            return Map.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Map.of();
        }
    }

    static Map<String, Double> parse(String text) {
        Map<String, Double> sums = new TreeMap<>();
        for (String line : text.lines().toList()) {
            int space = line.lastIndexOf(' ');
            if (line.startsWith("#") || space < 0) {
                continue;
            }
            int labels = line.indexOf('{');
            String name = line.substring(0, labels > 0 ? labels : space);
            try {
                sums.merge(name, Double.parseDouble(line.substring(space + 1)), Double::sum);
            } catch (NumberFormatException noNumber) {
                // A line that is no sample says nothing.
            }
        }
        return sums;
    }
}

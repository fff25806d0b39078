package io.tributary.producer.source.mastodon.http;

import io.tributary.daemon.config.Secret;
import io.tributary.producer.source.mastodon.MastodonConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Makes clients and requests. Stateless. */
final class Clients {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private Clients() {}

    static HttpClient create(MastodonConfig.Client settings) throws IOException {
        ExecutorService threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "instances");
            thread.setDaemon(true);
            return thread;
        });
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .executor(threads);
        settings.proxy().ifPresent(proxy -> {
            int colon = proxy.lastIndexOf(':');
            builder.proxy(ProxySelector.of(
                    new InetSocketAddress(proxy.substring(0, colon), Integer.parseInt(proxy.substring(colon + 1)))));
        });
        if (settings.caFile().isPresent()) {
            builder.sslContext(trusting(settings.caFile().get()));
        }
        return builder.build();
    }

    static HttpRequest.Builder request(URI address, Optional<Secret> token, MastodonConfig.Client settings) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).timeout(settings.timeout()).header("User-Agent", settings.userAgent());
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret.reveal()));
        return request;
    }

    /** Trusts a file's certificates and, as ever, the JVM's own. */
    private static SSLContext trusting(String file) throws IOException {
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            List<Certificate> certificates =
                    new ArrayList<>(CertificateFactory.getInstance("X.509").generateCertificates(in));
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (X509TrustManager known : managers(null)) {
                certificates.addAll(List.of(known.getAcceptedIssuers()));
            }
            for (Certificate certificate : certificates) {
                store.setCertificateEntry("trusted-" + store.size(), certificate);
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers(store).toArray(X509TrustManager[]::new), null);
            return context;
        } catch (GeneralSecurityException | IOException unreadable) {
            throw new IOException("client.ca-file " + file + " holds no certificates that can be read", unreadable);
        }
    }

    private static List<X509TrustManager> managers(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        List<X509TrustManager> managers = new ArrayList<>();
        for (javax.net.ssl.TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager known) {
                managers.add(known);
            }
        }
        return managers;
    }
}

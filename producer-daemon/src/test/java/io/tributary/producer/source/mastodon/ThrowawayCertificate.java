package io.tributary.producer.source.mastodon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate that signs itself, for 127.0.0.1 and {@code standin.invalid}.
 *
 * @param sockets makes sockets that show it
 * @param pem     the certificate
 */
public record ThrowawayCertificate(ServerSocketFactory sockets, Path pem) {
    /** What is said of it where it is not trusted. */
    public static final String UNTRUSTED = "unable to find valid certification path to requested target "
            + "(client.ca-file names further certificates to trust)";

    private static final String PASSWORD = "secret";

    /** Makes one. */
    public static ThrowawayCertificate make(Path folder, String name) throws Exception {
        String store = folder.resolve(name + ".p12").toString();
        Path pem = folder.resolve(name + ".pem");
        List<String> common = List.of("-alias", "k", "-keystore", store, "-storepass", PASSWORD);
        keytool(
                common,
                "-genkeypair",
                "-keyalg",
                "EC",
                "-storetype",
                "PKCS12",
                "-dname",
                "CN=" + name,
                "-ext",
                names());
        keytool(common, "-exportcert", "-rfc", "-file", pem.toString());
        return new ThrowawayCertificate(context(Path.of(store)).getServerSocketFactory(), pem);
    }

    private static String names() {
        return "SAN=IP:127.0.0.1,DNS:standin.invalid";
    }

    private static SSLContext context(Path store) throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static void keytool(List<String> common, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(common);
        Path output = Files.createTempFile("keytool", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new AssertionError(Files.readString(output));
        }
        Files.delete(output);
    }
}

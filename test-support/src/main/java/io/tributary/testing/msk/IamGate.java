package io.tributary.testing.msk;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/**
 * The door of a broker of MSK, on a free loopback port: TLS, then the mechanism {@code AWS_MSK_IAM}. Who signs with the
 * one pair of keys is handed on, byte by byte, to a real broker that asks nobody. IAM's policies are not played. Any
 * thread may use it; whoever opened it closes it.
 */
public final class IamGate implements AutoCloseable {
    /** Of the store of {@link #trustStore}. */
    public static final String STORE_PASSWORD = "loopback";

    public static final String ACCESS_KEY = "AKIASTANDIN";
    public static final String SECRET_KEY = "stand-in/secret+key";
    public static final String REGION = "eu-central-1";

    private final Path store;
    private final SSLServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "iam-gate");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicInteger admitted = new AtomicInteger();
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private volatile int behind;

    private IamGate(Path store, SSLServerSocket server) {
        this.store = store;
        this.server = server;
    }

    /**
     * Opens it.
     *
     * @param folder where its certificate goes
     */
    public static IamGate open(Path folder) {
        try {
            Path store = certificate(folder);
            SSLServerSocket server = (SSLServerSocket)
                    context(store).getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
            IamGate gate = new IamGate(store, server);
            gate.threads.execute(gate::accept);
            return gate;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Who is let in speaks with the broker on this port of loopback; without one, the connection ends. */
    public IamGate before(int port) {
        behind = port;
        return this;
    }

    public int port() {
        return server.getLocalPort();
    }

    /** A PKCS12 store with the certificate, for clients to trust. */
    public Path trustStore() {
        return store;
    }

    /** How many connections were let in. */
    public int admitted() {
        return admitted.get();
    }

    /** Why others were not. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            threads.shutdownNow();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                SSLSocket client = (SSLSocket) server.accept();
                threads.execute(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(SSLSocket client) {
        try (client) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            DataOutputStream out = new DataOutputStream(client.getOutputStream());
            if (new SaslExchange(in, out).admits(this::judge) && behind != 0) {
                try (Socket broker = new Socket(InetAddress.getLoopbackAddress(), behind)) {
                    threads.execute(() -> copy(broker, client));
                    in.transferTo(broker.getOutputStream());
                }
            }
        } catch (IOException gone) {
            // Of a client that trusts nobody, or has ended: what it was told stands in the list.
        }
    }

    /** From the broker to the client, until either ends. */
    private static void copy(Socket broker, SSLSocket client) {
        try (client;
                InputStream from = broker.getInputStream()) {
            from.transferTo(client.getOutputStream());
        } catch (IOException gone) {
            // The other direction ends with it.
        }
    }

    private String judge(byte[] token) {
        try {
            SignedClaim claim = new SignedClaim(token);
            String problem = claim.problem(ACCESS_KEY, SECRET_KEY, REGION);
            if (problem.isEmpty() && !InetAddress.getByName(claim.host()).isLoopbackAddress()) {
                problem = "the claim is for " + claim.host();
            }
            if (problem.isEmpty()) {
                admitted.incrementAndGet();
            } else {
                problems.add(problem);
            }
            return problem;
        } catch (GeneralSecurityException | UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SSLContext context(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(file.toFile(), STORE_PASSWORD.toCharArray());
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, STORE_PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    /** Made by the JDK's own tool: its library has no public way to. */
    private static Path certificate(Path folder) throws IOException {
        Path file = Files.createTempDirectory(folder, "gate").resolve("gate.p12");
        Process tool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "gate",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "san=ip:127.0.0.1,dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        STORE_PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (tool.waitFor() != 0) {
                throw new IllegalStateException("keytool made no certificate");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        return file;
    }
}

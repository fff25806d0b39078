package io.tributary.producer.source.mastodon.http;

import io.tributary.daemon.Failures;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says on one line why there was no answer. Pure. */
final class Unreachable {
    private Unreachable() {}

    static String because(@Nullable Throwable failure, Duration timeout) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause == null) {
            return "gave no answer";
        }
        if (has(cause, UnresolvedAddressException.class) || has(cause, UnknownHostException.class)) {
            return "is not known to DNS: check the URL";
        }
        if (cause instanceof SSLException || has(cause, CertificateException.class)) {
            return "has a certificate that does not verify: " + deepest(cause)
                    + " (client.ca-file names further certificates to trust)";
        }
        if (cause instanceof HttpConnectTimeoutException) {
            return "cannot be reached: no connection in time";
        }
        if (cause instanceof HttpTimeoutException) {
            return "gave no answer within " + timeout.toSeconds() + " s";
        }
        if (cause instanceof ConnectException) {
            return "cannot be reached: the connection was refused";
        }
        return "cannot be reached: " + Failures.oneLine(cause);
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> kind) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private static String deepest(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return Failures.oneLine(cause);
    }
}

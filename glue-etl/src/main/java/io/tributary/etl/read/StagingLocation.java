package io.tributary.etl.read;

import io.tributary.aws.S3Settings;
import io.tributary.daemon.config.Secret;
import io.tributary.staging.StagingPrefix;
import java.io.Serializable;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Where the chains are and how to get there: sent to the executors, each of which makes its own client of it.
 *
 * @param bucket    the bucket
 * @param prefix    the prefix of all staging, without a trailing slash; may be empty
 * @param region    the region, or null for the SDK's own search
 * @param endpoint  another server than AWS's, or null
 * @param pathStyle whether the bucket stands in the path
 * @param accessKey a static key, or null for the SDK's own search
 * @param secretKey its secret, or null
 */
public record StagingLocation(
        String bucket,
        String prefix,
        @Nullable String region,
        @Nullable String endpoint,
        boolean pathStyle,
        @Nullable String accessKey,
        @Nullable String secretKey)
        implements Serializable {
    private static final Pattern URI_FORM = Pattern.compile("s3://([^/\\s]+)(?:/([^\\s]*?))?/?");
    private static final int SDK_RETRIES = 5;

    /** Whether the text is {@code s3://bucket} or {@code s3://bucket/prefix}. */
    public static boolean isValid(String uri) {
        Matcher matcher = URI_FORM.matcher(uri);
        return matcher.matches() && (prefix(matcher).isEmpty() || StagingPrefix.isValid(prefix(matcher)));
    }

    /** The location of a URI; an empty one where it is not valid, which the configuration has then noted. */
    public static StagingLocation of(String uri, S3Settings s3) {
        Matcher matcher = URI_FORM.matcher(uri);
        boolean valid = matcher.matches();
        return new StagingLocation(
                valid ? matcher.group(1) : "",
                valid ? prefix(matcher) : "",
                s3.region().orElse(null),
                s3.endpoint().map(URI::toString).orElse(null),
                s3.pathStyle(),
                s3.keys().map(S3Settings.Keys::access).orElse(null),
                s3.keys().map(keys -> keys.secret().reveal()).orElse(null));
    }

    private static String prefix(Matcher matched) {
        String prefix = matched.group(2);
        return prefix == null ? "" : prefix;
    }

    /** A client; the caller closes it. */
    S3Client client(int connections) {
        Optional<S3Settings.Keys> keys = accessKey == null || secretKey == null
                ? Optional.empty()
                : Optional.of(new S3Settings.Keys(accessKey, new Secret(secretKey)));
        return new S3Settings(
                        Optional.ofNullable(region),
                        Optional.ofNullable(endpoint).map(URI::create),
                        pathStyle,
                        keys)
                .client(connections, SDK_RETRIES);
    }

    /** The URI of an object. */
    public String uri(String key) {
        return "s3://" + bucket + "/" + key;
    }

    @Override
    public String toString() {
        return uri(prefix);
    }
}

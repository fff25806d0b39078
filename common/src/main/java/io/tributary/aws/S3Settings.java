package io.tributary.aws;

import io.tributary.daemon.config.ConfigSection;
import io.tributary.daemon.config.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * How to reach S3.
 *
 * @param region    the region; absent takes the SDK's own search (environment, profile, instance)
 * @param endpoint  another server than AWS's
 * @param pathStyle whether the bucket stands in the path instead of the host name
 * @param keys      static keys; absent takes the SDK's own search, which on EC2 ends at the instance's role
 */
public record S3Settings(Optional<String> region, Optional<URI> endpoint, boolean pathStyle, Optional<Keys> keys) {

    /**
     * A static pair of keys.
     *
     * @param access the access key id
     * @param secret the secret access key
     */
    public record Keys(String access, Secret secret) {}

    /** Reads the section {@code s3}. */
    public static S3Settings read(ConfigSection s3) {
        Optional<String> access = s3.text("access-key")
                .doc("Access key id; absent takes the instance's role.")
                .optional();
        Optional<Secret> secret = s3.secret("secret-key")
                .doc("Secret access key; goes with access-key.")
                .optional();
        if (access.isPresent() != secret.isPresent()) {
            s3.reject(access.isPresent() ? "secret-key" : "access-key", "access-key and secret-key go together");
        }
        return new S3Settings(
                s3.text("region")
                        .doc("The bucket's region; absent takes the SDK's own search.")
                        .optional(),
                s3.text("endpoint")
                        .doc("URL of another S3 server than AWS's.")
                        .must("be an http or https URL", url -> url.matches("https?://[^\\s]+"))
                        .optional()
                        .map(URI::create),
                s3.flag("path-style")
                        .doc("Whether the bucket stands in the path; most other servers want it.")
                        .orDefault("false"),
                access.isPresent() && secret.isPresent()
                        ? Optional.of(new Keys(access.get(), secret.get()))
                        : Optional.empty());
    }

    /**
     * A client. The caller closes it.
     *
     * @param connections the most connections at once
     * @param sdkRetries  how often the SDK itself tries again; 0 where the caller must see every answer
     */
    public S3Client client(int connections, int sdkRetries) {
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(ApacheHttpClient.builder()
                        .maxConnections(connections)
                        .connectionTimeout(Duration.ofSeconds(5))
                        .socketTimeout(Duration.ofSeconds(30)))
                .forcePathStyle(pathStyle)
                .overrideConfiguration(override -> override.retryStrategy(retry -> retry.maxAttempts(sdkRetries + 1)));
        region.map(Region::of).ifPresent(builder::region);
        endpoint.ifPresent(builder::endpointOverride);
        keys.ifPresent(pair -> builder.credentialsProvider(StaticCredentialsProvider.create(
                AwsBasicCredentials.create(pair.access(), pair.secret().reveal()))));
        return builder.build();
    }
}

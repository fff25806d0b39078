package io.tributary.sandbox.sql;

import io.tributary.testing.S3Process;
import io.tributary.testing.SandboxProcesses;
import java.util.Map;
import org.apache.iceberg.aws.s3.S3FileIO;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Iceberg's files on the S3 server that the tests share. Made by the catalog, from its class name. */
public final class SharedS3Files extends S3FileIO {
    private static final long serialVersionUID = 1L;

    public SharedS3Files() {
        super(SharedS3Files::client);
    }

    static S3Client client() {
        S3Process s3 = SandboxProcesses.s3();
        return S3Client.builder()
                .endpointOverride(s3.endpoint())
                .region(Region.of(S3Process.REGION))
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(S3Process.ACCESS_KEY, S3Process.SECRET_KEY)))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    /** The client is known: nothing to configure. */
    @Override
    public void initialize(Map<String, String> settings) {}
}

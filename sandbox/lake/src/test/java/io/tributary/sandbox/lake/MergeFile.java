package io.tributary.sandbox.lake;

import io.tributary.testing.S3Process;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the merge's configuration for servers that a test started. */
final class MergeFile {
    static final String BUCKET = "tributary";

    private MergeFile() {}

    static Path write(Path directory, URI s3, int catalogPort, String tables) throws IOException {
        return Files.writeString(directory.resolve("merge.conf"), """
                staging { uri = "s3://%4$s/staging"
                  s3 { region = us-east-1, endpoint = "%1$s", path-style = true, access-key = %5$s, secret-key = %2$s } }
                catalog { properties {
                  type = jdbc
                  uri = "%3$s"
                  "jdbc.schema-version" = V1
                  warehouse = "s3://%4$s/lake"
                  io-impl = "org.apache.iceberg.aws.s3.S3FileIO"
                  s3.endpoint = "%1$s"
                  s3.path-style-access = true
                  s3.access-key-id = %5$s
                  s3.secret-access-key = %2$s
                  client.region = us-east-1
                } }
                tables = [%6$s]
                """.formatted(
                s3, S3Process.SECRET_KEY, CatalogServer.url(catalogPort), BUCKET, S3Process.ACCESS_KEY, tables));
    }
}

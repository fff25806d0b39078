package io.tributary.producer.source.dataset.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.producer.SandboxS3;
import io.tributary.testing.UniqueName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

class S3FilesIT extends FileStoreContract {
    private static final String BUCKET = UniqueName.of("files");
    private static final S3Client S3 = SandboxS3.client();

    @BeforeAll
    static void createBucket() {
        S3.createBucket(bucket -> bucket.bucket(BUCKET));
    }

    @AfterAll
    static void closeClient() {
        S3.close();
    }

    @Override
    FileStore store() {
        return new S3Files(S3);
    }

    @Override
    String path(String name) {
        return "s3://" + BUCKET + "/" + name;
    }

    @Override
    void write(String name, byte[] content) {
        S3.putObject(put -> put.bucket(BUCKET).key(name), RequestBody.fromBytes(content));
    }

    @Test
    void anObjectThatWasReplacedIsNotReadOn() throws Exception {
        write("replaced.csv", "1234".getBytes(UTF_8));
        DataFile before = store().list(path("replaced.csv")).get(0);
        write("replaced.csv", "abcd".getBytes(UTF_8));
        assertThatThrownBy(() -> store().open(before, 2))
                .isInstanceOf(ReplacedException.class)
                .hasMessage(path("replaced.csv") + ": it was replaced while it was read");
    }

    @Test
    void aBucketThatDoesNotExistIsNamed() {
        assertThatThrownBy(() -> store().list("s3://no-such-bucket-here/x.csv"))
                .isInstanceOf(NoSuchPathException.class)
                .hasMessageContaining("s3://no-such-bucket-here/x.csv");
    }
}

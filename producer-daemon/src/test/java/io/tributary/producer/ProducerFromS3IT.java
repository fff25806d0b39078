package io.tributary.producer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.testing.S3Process;
import io.tributary.testing.SandboxProcesses;
import io.tributary.testing.UniqueName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

class ProducerFromS3IT {
    private final String servers = SandboxProcesses.kafka().bootstrapServers();
    private final String name = UniqueName.of("from-s3");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void objectsArePublishedLikeFiles() throws Exception {
        KafkaTopics.create(servers, name, 2);
        try (S3Client s3 = SandboxS3.client()) {
            s3.createBucket(bucket -> bucket.bucket(name));
            put(s3, "in/a.csv", "id\n1\n2\n".getBytes(UTF_8));
            put(s3, "in/b.csv.gz", gzip("id\n3\n"));
            put(s3, "in/readme.md", "no data".getBytes(UTF_8));
            assertThat(run()).isEqualTo("published 3 records, 0 rejects of 2 files");
            assertThat(run()).isEqualTo("published 0 records, 0 rejects of 2 files");
            put(s3, "in/a.csv", "id\n1\n2\n4\n".getBytes(UTF_8));
            assertThat(run()).isEqualTo("published 1 records, 0 rejects of 2 files");
        }
        assertThat(KafkaTopics.readCommitted(servers, name))
                .extracting(found -> new String(found.value(), UTF_8) + " "
                        + new String(
                                found.headers().lastHeader("tributary-file").value(), UTF_8))
                .containsExactlyInAnyOrder(
                        "{\"id\":1} s3://" + name + "/in/a.csv",
                        "{\"id\":2} s3://" + name + "/in/a.csv",
                        "{\"id\":3} s3://" + name + "/in/b.csv.gz",
                        "{\"id\":4} s3://" + name + "/in/a.csv");
    }

    private String run() {
        String config = "source { name = " + name + ", paths = [\"s3://" + name + "/in/\"] }\ntopic = " + name
                + "\nkafka.bootstrap-servers = [\"" + servers + "\"]\ns3 { region = " + S3Process.REGION
                + ", endpoint = \"" + SandboxProcesses.s3().endpoint() + "\", path-style = true, access-key = "
                + S3Process.ACCESS_KEY + ", secret-key = " + S3Process.SECRET_KEY + " }\n";
        try (ProducerProcess producer = ProducerProcess.start(folder, config)) {
            assertThat(producer.exitCode())
                    .as(List.copyOf(producer.process().stderr()).toString())
                    .isZero();
            return String.join("\n", producer.process().stdout());
        }
    }

    private void put(S3Client s3, String key, byte[] content) {
        s3.putObject(put -> put.bucket(name).key(key), RequestBody.fromBytes(content));
    }

    private static byte[] gzip(String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }
}

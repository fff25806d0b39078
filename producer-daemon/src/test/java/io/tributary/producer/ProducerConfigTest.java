package io.tributary.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.daemon.config.ConfigException;
import io.tributary.daemon.config.ConfigReader;
import io.tributary.daemon.config.KeyDoc;
import io.tributary.producer.source.dataset.FileFormat;
import io.tributary.producer.source.dataset.csv.ColumnType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProducerConfigTest {
    private static final String LEAST = """
            source { name = s, paths = [data] }
            topic = t
            kafka.bootstrap-servers = ["localhost:9092"]
            """;

    @Test
    void theLeastConfigurationTakesDefaults() throws Exception {
        ProducerConfig config = read(LEAST);
        assertThat(config.maxRate()).isZero();
        assertThat(config.batch()).isEqualTo(new BatchBounds(100_000, 32 << 20, Duration.ofMillis(500)));
        assertThat(config.dataset().format()).isEqualTo(FileFormat.AUTO);
        assertThat(config.dataset().follow()).isFalse();
        assertThat(config.dataset().key()).isEmpty();
        assertThat(config.dataset().maxRecordBytes()).isEqualTo(1 << 20);
        assertThat(config.dataset().csv().charset()).isEqualTo(StandardCharsets.UTF_8);
        assertThat(config.dataset().csv().header()).isTrue();
        assertThat(config.healthPort()).isZero();
    }

    @Test
    void everyKeyIsTaken() throws Exception {
        ProducerConfig config = read("""
                source {
                  name = s, type = dataset, paths = [a.csv, "s3://b/c"], format = csv, follow = true, key = [k, l]
                  max-rate = 50, max-record-bytes = 64KiB
                  csv {
                    delimiter = ";", quote = "'", charset = ISO-8859-1, header = false, columns = [k, l, m]
                    types { k = text, "l.m" = bigint }
                  }
                }
                topic = t
                batch { max-records = 10, max-bytes = 1MiB, max-age = 2s }
                kafka { bootstrap-servers = ["h:1"], client { compression.type = zstd } }
                s3 { region = eu-west-1 }
                health.port = 8080
                """);
        assertThat(config.dataset().paths()).isEqualTo(List.of("a.csv", "s3://b/c"));
        assertThat(config.dataset().follow()).isTrue();
        assertThat(config.dataset().key()).isEqualTo(List.of("k", "l"));
        assertThat(config.dataset().maxRecordBytes()).isEqualTo(64 << 10);
        assertThat(config.dataset().chunkRecords()).isEqualTo(5);
        assertThat(config.dataset().csv().delimiter()).contains(';');
        assertThat(config.dataset().csv().quote()).isEqualTo('\'');
        assertThat(config.dataset().csv().columns()).isEqualTo(List.of("k", "l", "m"));
        assertThat(config.dataset().csv().types()).isEqualTo(Map.of("k", ColumnType.TEXT, "l.m", ColumnType.BIGINT));
        assertThat(config.maxRate()).isEqualTo(50);
        assertThat(config.batch()).isEqualTo(new BatchBounds(10, 1 << 20, Duration.ofSeconds(2)));
        assertThat(config.healthPort()).isEqualTo(8080);
    }

    @Test
    void allMistakesAreNamedAtOnce() {
        assertThatThrownBy(() -> read("""
                        source {
                          name = "a/b", paths = [], formt = csv
                          csv { charset = UTF-16, header = false, types { a = integer } }
                        }
                        topic = t
                        kafka.bootstrap-servers = ["h:1"]
                        """))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(
                        "6 problems",
                        "source.name: must be letters, digits, '.', '_' or '-', at most 200, but is 'a/b'",
                        "source.paths: must name at least one file, pattern or directory",
                        "source.formt: there is no such key; did you mean 'source.format'?",
                        "source.csv.charset: must be a charset that extends ASCII byte by byte, but is 'UTF-16'",
                        "source.csv.columns: header = false needs columns = [...]",
                        "source.csv.types: column 'a': expected one of boolean, bigint, double, text, found 'integer'");
    }

    @Test
    void charsetsThatHideDelimitersInsideCharactersAreRefused() {
        assertThatThrownBy(() -> read(LEAST + "source.csv { charset = Shift_JIS, delimiter = \"|\" }"))
                .hasMessageContaining("source.csv.delimiter: Shift_JIS uses the byte of '|' inside characters");
    }

    @Test
    void everyKeyIsDocumented() {
        assertThat(ConfigReader.document(ProducerConfig::read))
                .extracting(KeyDoc::doc)
                .allMatch(doc -> !doc.isBlank());
    }

    private static ProducerConfig read(String text) throws ConfigException {
        return ConfigReader.parse(text, "test", Map.of(), ProducerConfig::read);
    }
}

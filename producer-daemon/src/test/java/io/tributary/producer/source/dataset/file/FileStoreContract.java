package io.tributary.producer.source.dataset.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** What every place of files promises. */
abstract class FileStoreContract {
    abstract FileStore store();

    /** The path of a file, or of the folder for an empty name. */
    abstract String path(String name);

    abstract void write(String name, byte[] content) throws IOException;

    @Test
    void aFileIsListedWithItsSize() throws Exception {
        write("a.csv", "hello".getBytes(UTF_8));
        List<DataFile> files = store().list(path("a.csv"));
        assertThat(files).extracting(DataFile::name).isEqualTo(List.of(path("a.csv")));
        assertThat(files).extracting(DataFile::size).isEqualTo(List.of(5L));
    }

    @Test
    void aFolderGivesItsDataFilesByNameAndNothingBelow() throws Exception {
        for (String name : List.of("b.ndjson", "a.csv.gz", "c.md", ".hidden.csv", "below/d.csv", "e.TSV")) {
            write("folder/" + name, new byte[] {1});
        }
        assertThat(store().list(path("folder")))
                .extracting(DataFile::name)
                .isEqualTo(List.of(path("folder/a.csv.gz"), path("folder/b.ndjson"), path("folder/e.TSV")));
    }

    @Test
    void aPatternGivesWhatMatches() throws Exception {
        for (String name : List.of("x1.txt", "x2.txt", "y1.txt")) {
            write("patterns/" + name, new byte[] {1});
        }
        assertThat(store().list(path("patterns/x*.txt")))
                .extracting(DataFile::name)
                .isEqualTo(List.of(path("patterns/x1.txt"), path("patterns/x2.txt")));
        assertThat(store().list(path("patterns/{y,z}?.txt")))
                .extracting(DataFile::name)
                .isEqualTo(List.of(path("patterns/y1.txt")));
        assertThat(store().list(path("patterns/*.csv"))).isEmpty();
    }

    @Test
    void aPathThatLeadsNowhereIsNamed() {
        assertThatThrownBy(() -> store().list(path("nowhere.csv")))
                .isInstanceOf(NoSuchPathException.class)
                .hasMessage(path("nowhere.csv") + ": no such file or directory");
    }

    @Test
    void bytesAreReadFromAnyOffset() throws Exception {
        write("bytes.csv", "0123456789".getBytes(UTF_8));
        DataFile file = store().list(path("bytes.csv")).get(0);
        assertThat(text(store().open(file, 0))).isEqualTo("0123456789");
        assertThat(text(store().open(file, 7))).isEqualTo("789");
        assertThat(text(store().open(file, 10))).isEmpty();
    }

    @Test
    void aFileThatGrewIsSeenSo() throws Exception {
        write("grows.csv", "1".getBytes(UTF_8));
        DataFile before = store().list(path("grows.csv")).get(0);
        write("grows.csv", "12".getBytes(UTF_8));
        assertThat(store().refresh(before)).isNotEqualTo(before);
        assertThat(store().refresh(before).size()).isEqualTo(2);
    }

    @Test
    void packedContentIsUnpackedAlsoOfSeveralMembers() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        packed.writeBytes(gzip("a\n1\n"));
        packed.writeBytes(gzip("2\n".repeat(100_000)));
        packed.writeBytes(gzip("3\n"));
        write("packed.csv.gz", packed.toByteArray());
        DataFile file = store().list(path("packed.csv.gz")).get(0);
        Contents content = new Contents(store(), file, at -> {});
        assertThat(text(content.open(0))).isEqualTo("a\n1\n" + "2\n".repeat(100_000) + "3\n");
        assertThat(text(content.open(4 + 200_000))).isEqualTo("3\n");
    }

    private static String text(InputStream in) throws IOException {
        try (in) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private static byte[] gzip(String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }
}

package io.tributary.etl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/**
 * The jar beside Glue's own libraries: Spark, Hadoop, Iceberg, Scala and an SDK of AWS's, of versions that are not ours to
 * choose. deploy-tests/moto/glue runs it beside them.
 */
class ThinJarIT {
    @Test
    void nothingInItIsCalledAsAnythingOfGlues() throws IOException {
        assertThat(files())
                .hasSizeGreaterThan(100)
                .allMatch(name -> name.startsWith("io/tributary/")
                        || name.startsWith("tributary/")
                        || name.startsWith("META-INF/"));
    }

    @Test
    void nothingInItIsOfferedToOthersAsAService() throws IOException {
        assertThat(files()).noneMatch(name -> name.startsWith("META-INF/services/"));
    }

    private static List<String> files() throws IOException {
        try (JarFile jar = new JarFile("target/glue-etl.jar")) {
            return jar.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(ZipEntry::getName)
                    .toList();
        }
    }
}

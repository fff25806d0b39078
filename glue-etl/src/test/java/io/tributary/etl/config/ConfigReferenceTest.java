package io.tributary.etl.config;

import io.tributary.daemon.config.ConfigReference;
import io.tributary.testing.GeneratedFile;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ConfigReferenceTest {
    @Test
    void committedReferenceIsWhatTheCodeReads() throws IOException {
        GeneratedFile.assertCurrent("docs/config/glue-etl.md", ConfigReference.markdown("glue-etl", MergeConfig::read));
    }
}

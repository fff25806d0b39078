package io.tributary.sandbox.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnfinishedWritesTest {
    private static final String UUID = "0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0";

    @Test
    void aKeyThatEndsInAUuidIsTemporary() {
        assertThat(UnfinishedWrites.isTemporary("staging/t/00000000000000000000.jsonl.gz-" + UUID))
                .isTrue();
    }

    @Test
    void icebergsOwnNamesAreNot() {
        assertThat(UnfinishedWrites.isTemporary("lake/t/data/00000-0-" + UUID + "-00001.parquet"))
                .isFalse();
        assertThat(UnfinishedWrites.isTemporary("lake/t/metadata/00001-" + UUID + ".metadata.json"))
                .isFalse();
        assertThat(UnfinishedWrites.isTemporary("lake/t/metadata/snap-42-1-" + UUID + ".avro"))
                .isFalse();
    }

    @Test
    void theSweepLeavesObjectsAndUploads(@TempDir Path root) throws Exception {
        Path folder = Files.createDirectories(root.resolve("bucket/staging"));
        Path object = Files.writeString(folder.resolve("a.jsonl.gz"), "whole");
        Path half = Files.writeString(folder.resolve("a.jsonl.gz-" + UUID), "half");
        Path part = Files.writeString(root.resolve("bucket/.mpus-" + UUID), "part");

        UnfinishedWrites.sweep(root);

        assertThat(half).doesNotExist();
        assertThat(object).hasContent("whole");
        assertThat(part).hasContent("part");
    }
}

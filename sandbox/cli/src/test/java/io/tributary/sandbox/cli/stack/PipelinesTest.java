package io.tributary.sandbox.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.sandbox.cli.CommandFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelinesTest {
    private static final Pipeline FLIGHTS = new Pipeline("flights", "flights", Mode.APPEND, List.of());
    private static final Pipeline OUI = new Pipeline("oui", "oui", Mode.UPSERT, List.of("Registry", "Assignment"));

    @TempDir
    private Path directory;

    @Test
    void areRememberedByTheDataDirectory() throws Exception {
        Workspace workspace = Workspace.open(directory.resolve("data"));
        new Pipelines(List.of()).with(FLIGHTS).with(OUI).save(workspace);

        assertThat(Pipelines.of(workspace).all()).containsExactly(FLIGHTS, OUI);
    }

    @Test
    void theSameOneAgainChangesNothing() throws CommandFailure {
        Pipelines pipelines = new Pipelines(List.of(FLIGHTS));

        assertThat(pipelines.with(new Pipeline("flights", "flights", Mode.APPEND, List.of())))
                .isSameAs(pipelines);
    }

    @Test
    void aTableThatChangesItsMindIsRefused() {
        assertThatThrownBy(() -> new Pipelines(List.of(FLIGHTS))
                        .with(new Pipeline("flights", "flights", Mode.UPSERT, List.of("id"))))
                .hasMessage("table flights is there already, fed from topic flights in mode append without a key; this "
                        + "would be fed from topic flights in mode upsert with the key id: choose another --topic, or "
                        + "another --data directory");
    }

    @Test
    void aSecondTableOfATopicIsRefused() {
        assertThatThrownBy(() ->
                        new Pipelines(List.of(FLIGHTS)).with(new Pipeline("flights", "other", Mode.APPEND, List.of())))
                .hasMessage("topic flights feeds table flights already; choose another --topic, or another --data "
                        + "directory");
    }

    @Test
    void filesWithSecretsAreTheirOwnersOnly() throws Exception {
        Path file = directory.resolve("secret");
        PrivateFile.write(file, "one");
        PrivateFile.write(file, "two");

        assertThat(Files.readString(file)).isEqualTo("two");
        assertThat(Files.getPosixFilePermissions(file))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        assertThat(directory.toFile().list()).containsExactly("secret");
    }

    @Test
    void theSecretKeyIsMadeOnceForADataDirectory() throws Exception {
        Workspace workspace = Workspace.open(directory.resolve("data"));

        assertThat(SecretKey.of(workspace)).isEqualTo(SecretKey.of(workspace));
        assertThat(SecretKey.of(workspace).reveal()).matches("[0-9a-f]{40}");
    }
}

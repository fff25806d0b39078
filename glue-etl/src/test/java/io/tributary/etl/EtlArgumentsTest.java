package io.tributary.etl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.daemon.config.ConfigException;
import io.tributary.etl.EtlArguments.Action;
import io.tributary.etl.EtlArguments.Setting;
import io.tributary.etl.EtlArguments.UsageException;
import io.tributary.etl.config.MergeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line, as Glue and as a person give it. */
final class EtlArgumentsTest {
    @Test
    void settingsAreTakenInAllForms() throws UsageException {
        EtlArguments arguments = EtlArguments.parse(
                "--config",
                "s3://b/merge.conf",
                "--set",
                "database=x=y",
                "--staging.uri",
                "s3://b/s",
                "--batch.max-links=7",
                "--check");

        assertThat(arguments.config()).contains("s3://b/merge.conf");
        assertThat(arguments.overrides())
                .containsExactly(
                        new Setting("database", "x=y"),
                        new Setting("staging.uri", "s3://b/s"),
                        new Setting("batch.max-links", "7"));
        assertThat(arguments.action()).isEqualTo(Action.CHECK);
    }

    @Test
    void whatGlueAddsIsLeftAlone() throws UsageException {
        EtlArguments arguments = EtlArguments.parse(
                "--JOB_NAME", "merge", "--enable-metrics", "--config", "f", "--TempDir", "s3://tmp/");

        assertThat(arguments.config()).contains("f");
        assertThat(arguments.overrides()).isEmpty();
    }

    @Test
    void withoutGlueUnknownArgumentsAreMistakes() {
        assertThatThrownBy(() -> EtlArguments.parse("--confg", "f"))
                .hasMessage("unknown argument '--confg'; --help lists the options");
        assertThatThrownBy(() -> EtlArguments.parse("--config")).hasMessage("--config needs a value");
        assertThatThrownBy(() -> EtlArguments.parse()).hasMessage("--config FILE is missing; --help lists the options");
        assertThatThrownBy(() -> EtlArguments.parse("--config", "f", "--set", "x"))
                .hasMessage("--set needs path=value, found 'x'");
    }

    /** Terraform writes it so. */
    @Test
    void settingsWinOverAFileOfJsonToo(@TempDir Path directory) throws IOException, ConfigException {
        Path json = Files.writeString(
                directory.resolve("merge.conf"),
                "{\"staging\": {\"uri\": \"s3://b/s\"}, \"database\": \"lake\", \"tables\": [{\"topic\": \"t\"}],\n"
                        + "\"catalog\": {\"properties\": {\"type\": \"glue\", \"warehouse\": \"s3://b/lake\"}}}");

        MergeConfig config =
                ConfigSource.read(json.toString(), List.of(new Setting("staging.uri", "s3://other/s")), Map.of());
        assertThat(config.staging().bucket()).isEqualTo("other");
        assertThat(config.database()).isEqualTo("lake");
        assertThatThrownBy(() ->
                        ConfigSource.read(json.toString(), List.of(new Setting("staging.uri", "nowhere")), Map.of()))
                .hasMessage(
                        "1 problem in the configuration:\n"
                                + "  staging.uri: must be s3://bucket or s3://bucket/prefix, but is 'nowhere' (command line: 1)");
        assertThatThrownBy(() -> ConfigSource.read(json.toString(), List.of(new Setting("tables", "[{")), Map.of()))
                .hasMessageStartingWith("1 problem in the configuration:\n  command line: 1: ")
                .hasMessageEndingWith(" (command line)");
    }

    @Test
    void mistakesExitWithTwoAndGoodConfigurationsWithNone(@TempDir Path directory) throws IOException {
        Path good = Files.writeString(
                directory.resolve("good.conf"),
                "staging.uri = \"s3://b/s\"\ncatalog.properties { type = glue, warehouse = \"s3://b/lake\" }\n"
                        + "tables = [{ topic = t }]");
        Path bad = Files.writeString(directory.resolve("bad.conf"), "staging.uri = nowhere\ntables = [{ topik = t }]");

        assertThat(EtlMain.run(new String[] {"--config", good.toString(), "--check"}, Map.of()))
                .isZero();
        assertThat(EtlMain.run(new String[] {"--config", good.toString(), "--check", "--set", "tables=[]"}, Map.of()))
                .isEqualTo(2);
        assertThat(EtlMain.run(new String[] {"--config", bad.toString(), "--check"}, Map.of()))
                .isEqualTo(2);
        assertThat(EtlMain.run(
                        new String[] {"--config", directory.resolve("none").toString()}, Map.of()))
                .isEqualTo(2);
        assertThat(EtlMain.run(new String[] {"--help"}, Map.of())).isZero();
    }
}

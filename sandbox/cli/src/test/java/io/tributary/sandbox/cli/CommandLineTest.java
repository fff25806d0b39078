package io.tributary.sandbox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused before anything is started. */
class CommandLineTest {
    private final PrintStream realOut = System.out;
    private final PrintStream realErr = System.err;
    private final String realRoot = Objects.requireNonNull(System.getProperty("tributary.root"));
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    @BeforeEach
    void capture() throws Exception {
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setProperty("tributary.root", directory.toString());
        Files.writeString(directory.resolve("good.csv"), "id\n1\n");
        Files.writeString(directory.resolve("semicolons.csv"), "id;name\n1;Ann, B.\n");
        Files.writeString(directory.resolve("tabs.csv"), "id\tname\n1\tAnn\n");
        Files.createFile(directory.resolve("empty.csv"));
        Files.createDirectory(directory.resolve("nothing"));
    }

    @AfterEach
    void release() {
        System.setErr(realErr);
        System.setOut(realOut);
        System.setProperty("tributary.root", realRoot);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "run DIR/none.csv | DIR/none.csv: no such file",
                "run DIR/empty.csv | DIR/empty.csv: the file is empty, there is nothing to publish",
                "run DIR/nothing | DIR/nothing: a directory without data files (.csv, .tsv, .ndjson, .jsonl, .json, each also .gz)",
                "run --mode upsert DIR/good.csv | --mode upsert needs to know what a row is: add --key COL[,COL...]",
                "run --partitions 0 DIR/good.csv | --partitions must be from 1 to 1000, but is 0",
                "run --minutes 2 DIR/good.csv | --minutes goes with --mastodon URL",
                "run --mastodon-config DIR/x.conf DIR/good.csv | --tag, --token-env, --token-file and --mastodon-config go with --mastodon URL",
                "run --mastodon https://a:secret@b.example | --mastodon 'https://...@b.example' is no instance's address, such as https://mastodon.example, or demo",
                "run --mastodon demo --token-file DIR/token | --mastodon demo takes no token",
                "run --mastodon https://b.example --token-file DIR/token | --token-file DIR/token cannot be read",
                "run --mastodon demo --mastodon-config DIR | --mastodon-config DIR cannot be read",
                "run --mastodon demo --mastodon-config DIR/x.conf | --mastodon-config DIR/x.conf cannot be read",
                "run --delimiter ;; DIR/good.csv | --delimiter ';;' is not one ASCII character other than a quote or a line end, nor the word tab",
                "run --charset utf8mb4 DIR/good.csv | --charset 'utf8mb4' is not known; for example UTF-8, ISO-8859-1, windows-1252",
                "run DIR/semicolons.csv | DIR/semicolons.csv: the first line has no comma, but ';': add --delimiter ';', or --delimiter ',' if it is one column",
                "run DIR/tabs.csv | DIR/tabs.csv: the first line has no comma, but tab: add --delimiter tab, or --delimiter ',' if it is one column",
                "run --topic a/b DIR/good.csv | --topic 'a/b' is no topic name: letters, digits, '.', '_' and '-'",
                "run --topic x.rejected DIR/good.csv | --topic 'x.rejected' is taken by the pipeline itself; choose another",
                "run --table rejected DIR/good.csv | table 'rejected' is where refused records go; choose another with --table",
                "run --table a-b DIR/good.csv | --table 'a-b' is no table name: letters, digits and '_'",
                "redrive --export DIR/good.csv | DIR/good.csv exists already: it may hold corrections; name another file, or remove this one",
                "sql --data DIR/none SELECT | no data directory DIR/none: `./tributary run` makes one; --data DIR names another",
                "audit --data DIR/none | no data directory DIR/none: `./tributary run` makes one; --data DIR names another"
            })
    void badInputIsToldInOneLine(String command, String message) {
        assertThat(execute(command)).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("tributary: " + message.replace("DIR/", directory + "/") + "\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "run --tpic x | Unknown option: '--tpic' (`./tributary run --help` lists what there is)",
                "run --keys x | Unknown option: '--keys'; did you mean --key? (`./tributary run --help` lists what there is)",
                "up --merge-every soon | Invalid value for option '--merge-every': 'soon' is no time such as 30s or 5m (`./tributary up --help` lists what there is)",
                "run --mode replace | Invalid value for option '--mode': expected one of [append, upsert] (case-insensitive) but was 'replace' (`./tributary run --help` lists what there is)",
                "sql | Missing required parameter: 'QUERY' (`./tributary sql --help` lists what there is)",
                "fly | Unmatched argument at index 0: 'fly' (`./tributary --help` lists what there is)",
                "audit --output xml | Invalid value for option '--output': expected one of [text, json] (case-insensitive) but was 'xml' (`./tributary audit --help` lists what there is)"
            })
    void badUsageIsToldInOneLineThatNamesTheHelp(String command, String message) {
        assertThat(execute(command)).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("tributary: " + message + "\n");
    }

    @Test
    void statusOfNothingIsNoFailure() {
        assertThat(execute("status --data DIR/none")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("no data directory " + directory + "/none: `./tributary run` makes one\n");
    }

    private int execute(String command) {
        return TributaryMain.commandLine()
                .execute(command.replace("DIR/", directory + "/").split(" ", -1));
    }
}

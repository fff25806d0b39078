package io.tributary.sandbox.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A table in mode upsert, from its first file to a damaged chain: each step builds on the one before. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UpsertIT {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String[] PEOPLE = {
        "run", "people.csv", "--mode", "upsert", "--key", "id", "--delimiter", ";", "--charset", "ISO-8859-1"
    };

    private final Shell shell;

    UpsertIT(@TempDir Path directory) throws IOException {
        shell = new Shell(directory);
    }

    @AfterAll
    void close() throws IOException {
        shell.close();
    }

    @Test
    @Order(1)
    void anUpsertKeepsTheLatestRowOfEachKey() throws IOException {
        people("id;name\n1;Ann\n2;Ben\n1;Anna\n3;\"Cy; the\nthird\"\n");

        assertThat(shell.tributary(PEOPLE).succeeds().out())
                .contains("publish  4 records")
                .contains("table people: 3 rows")
                .contains("4 records = 3 live + 1 superseded");
    }

    @Test
    @Order(2)
    void aFileThatGrewPublishesOnlyWhatIsNew() throws IOException {
        people("id;name\n1;Ann\n2;Ben\n1;Anna\n3;\"Cy; the\nthird\"\n4;Ren\u00e9e\n2;Benjamin\n");

        assertThat(shell.tributary(PEOPLE).succeeds().out())
                .contains("publish  2 records")
                .contains("table people: 4 rows");
    }

    @Test
    @Order(3)
    void aFileThatWasReplacedIsRefusedByName() throws IOException {
        people("id;name\n9;Nobody\n");

        Shell.Outcome refused = shell.tributary(PEOPLE).failsWith(1);

        assertThat(refused.err().lines())
                .singleElement()
                .asString()
                .startsWith("tributary: ")
                .contains("people.csv");
    }

    @Test
    @Order(4)
    void anotherModeForATableIsRefusedAtOnce() throws IOException {
        assertThat(shell.tributary("run", "people.csv", "--delimiter", ";")
                        .failsWith(2)
                        .err())
                .startsWith("tributary: table people is there already, fed from topic people in mode upsert");
    }

    @Test
    @Order(5)
    void sqlAnswersWithoutAStack() throws IOException {
        assertThat(shell.tributary("sql", "--output", "csv", "SELECT id, name FROM people ORDER BY id")
                        .succeeds()
                        .out())
                .isEqualTo("id,name\n1,Anna\n2,Benjamin\n3,\"Cy; the\nthird\"\n4,Ren\u00e9e\n");
    }

    @Test
    @Order(6)
    void aChainThatWasSwitchedIsEqualInItsNewGeneration() throws IOException {
        String[] place = {"--into=staging.2", "--topic=people", "--partition=" + partitionOfTwoLinks()};
        shell.tributary("replay", "start", place[0], place[1], place[2], "--from=0", "--to=0")
                .succeeds();
        String told = shell.tributary("replay", "switch", place[0], place[1], place[2])
                .succeeds()
                .out();
        Matcher since = Pattern.compile("(people/[0-9]) goes on in staging\\.2 since offset ([0-9]+)\n")
                .matcher(told);
        assertThat(since.matches()).as(told).isTrue();
        shell.write("more.csv", "id,name\n1,Annette\n2,Benedict\n3,Cyril\n4,Deirdre\n5,Eve\n");
        assertThat(shell.tributary("run", "more.csv", "--topic=people", "--mode=upsert", "--key=id")
                        .succeeds()
                        .out())
                .contains("publish  5 records")
                .contains("table people: 5 rows")
                .contains(since.group(1) + ": generation staging.2, since offset " + since.group(2))
                .contains("equal: what was published is in the lake, every record once");
        JsonNode report = MAPPER.readTree(shell.tributary("audit", "--deep", "--output", "json")
                .succeeds()
                .out());
        assertThat(report.path("equal").asBoolean()).isTrue();
        assertThat(report.path("differences")).isEmpty();
        assertThat(report.path("partitions")).hasSize(4);
        assertThat(report.findValuesAsText("generation")).containsExactly("staging.2");
        assertThat(report.findValuesAsText("since")).containsExactly(since.group(2));
    }

    @Test
    @Order(7)
    void aLinkThatIsGoneIsNamed() throws IOException {
        Path gone = middleLink();
        Files.delete(gone);
        String from = String.valueOf(gone.getFileName()).replaceFirst("^0*([0-9]+).*$", "$1");

        Shell.Outcome audit = shell.tributary("audit").failsWith(1);

        assertThat(audit.out())
                .containsPattern("NOT EQUAL: people/[0-9], offsets \\[" + from
                        + ", [0-9]+\\), Kafka to staging: the chain has a hole: no link covers these offsets")
                .contains("not equal: ");
    }

    private String partitionOfTwoLinks() throws IOException {
        return String.valueOf(middleLink().getParent()).replaceFirst("^.*partition=", "");
    }

    /** As a spreadsheet of some countries writes it. */
    private void people(String text) throws IOException {
        Files.write(shell.directory().resolve("people.csv"), text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Key 2 was published by two runs, so its partition has a link of each. */
    private Path middleLink() throws IOException {
        try (Stream<Path> files = Files.walk(shell.data().resolve("s3"))) {
            List<Path> links = files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().contains("/people/incarnation=")
                            && file.getFileName().toString().matches("[0-9]{20}\\.jsonl\\.gz"))
                    .sorted(Comparator.comparing(Path::toString))
                    .toList();
            for (int at = 0; at + 1 < links.size(); at++) {
                if (Objects.equals(links.get(at).getParent(), links.get(at + 1).getParent())) {
                    return links.get(at);
                }
            }
            throw new AssertionError("no chain of two links: " + links);
        }
    }
}

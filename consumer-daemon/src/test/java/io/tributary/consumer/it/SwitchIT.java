package io.tributary.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.staging.Link;
import io.tributary.staging.LinkName;
import io.tributary.staging.StagedLine;
import io.tributary.staging.SwitchMark;
import io.tributary.testing.JavaProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.model.S3Object;

class SwitchIT {
    private static final Duration DEADLINE = Duration.ofSeconds(90);
    private static final String INTO = "staging.2";

    @TempDir
    Path directory;

    @Test
    void aConsumerUnderLoadGoesOnInTheNewGenerationAndIsFoundThereAfterAKill() {
        try (Lab lab = new Lab(directory, 1);
                Load load = new Load(lab, 2000)) {
            lab.set("roll.max-records", "400").set("roll.max-age", "500ms");
            JavaProcess daemon = lab.start("one");
            lab.awaitStagedBy(daemon, 3000);
            Link gone = lab.links(Lab.PREFIX, 0).get(2);
            lab.s3.deleteObject(
                    delete -> delete.bucket(lab.bucket).key(gone.name().key(Lab.PREFIX)));

            assertDone(replay(lab, "start", range(gone)), "replayed " + lab.topic + "/0 into " + INTO);
            JavaProcess switched = replay(lab, "switch");
            String goesOn = lab.topic + "/0 goes on in " + INTO + " since offset ";
            long since = Long.parseLong(
                    assertDone(switched, goesOn).substring(goesOn.length()).trim());
            daemon.awaitStderr(
                    line -> line.contains("the chain goes on in another generation; following it"), DEADLINE);
            await().atMost(DEADLINE).until(() -> end(lab) > since + 2000);
            assertThat(assertDone(replay(lab, "switch"), goesOn)).isEqualTo(goesOn + since + " already");

            // Nobody reads the old links any more: only where they end, and the marks.
            removeOldLinks(lab);
            daemon.kill9();
            JavaProcess second = lab.start("one");
            long killedAt = end(lab);
            await().atMost(DEADLINE).until(() -> end(lab) > killedAt + 2000);
            long produced = load.stop();
            await().atMost(DEADLINE).until(() -> records(lab) >= produced);
            assertThat(second.stop()).isZero();

            StagedChain chain = StagedChain.read(lab.s3, lab.bucket, INTO, lab.chain(0));
            assertThat(chain.lines().stream()
                            .map(StagedLine::value)
                            .map(value -> value.get("n").asLong())
                            .toList())
                    .isEqualTo(load.expected(0));
            assertThat(lab.links(Lab.PREFIX, 0)).singleElement().satisfies(end -> {
                assertThat(end.isSeal()).isTrue();
                assertThat(end.name().from()).isEqualTo(since);
            });
            refusals(lab, since);
        }
    }

    /** How many records the new generation holds. */
    private static long records(Lab lab) {
        return lab.links(INTO, 0).stream()
                .mapToLong(link -> link.metadata().records())
                .sum();
    }

    /** What is refused of a chain that was switched. */
    private static void refusals(Lab lab, long since) {
        String here = "consumer-daemon replay: " + lab.topic + "/0 is in " + INTO + " since offset " + since
                + ": choose another prefix";
        assertRefused(replay(lab, "start", "--from", "0", "--to", "0"), here);
        assertRefused(replay(lab, "diff", "--from", "0", "--to", "0"), here);
        assertRefused(
                replay(lab, "switch", "--from", "0", "--to", "0"),
                "consumer-daemon replay: switch takes neither --from nor --to: the generation tells what it was asked "
                        + "for");
        assertRefused(
                lab.tool("replay")
                        .arguments("switch", "--into", "staging.3", "--topic", lab.topic, "--partition", "0")
                        .start(),
                "consumer-daemon replay: staging.3 has nothing of chain " + lab.chain(0)
                        + ": write it first, by replay start");
        assertRefused(
                replay(lab, "start"),
                "consumer-daemon replay: --from and --to must say what is to be read again, or was");
    }

    private static void assertRefused(JavaProcess command, String line) {
        assertThat(command.exitCode(DEADLINE)).isEqualTo(2);
        assertThat(command.stderr()).contains(line);
    }

    private static String assertDone(JavaProcess command, String begin) {
        assertThat(command.exitCode(DEADLINE)).as(() -> "" + command.stderr()).isZero();
        assertThat(command.stdout()).singleElement().asString().startsWith(begin);
        return command.stdout().get(0);
    }

    private static void removeOldLinks(Lab lab) {
        String folder = lab.chain(0).keyPrefix(Lab.PREFIX);
        List<String> keys =
                lab.s3.listObjectsV2Paginator(list -> list.bucket(lab.bucket).prefix(folder)).contents().stream()
                        .map(S3Object::key)
                        .toList();
        assertThat(keys.stream().filter(key -> SwitchMark.parse(Lab.PREFIX, key).isPresent()))
                .isNotEmpty();
        lab.links(Lab.PREFIX, 0).stream()
                .filter(link -> !link.isSeal())
                .map(Link::name)
                .map(name -> name.key(Lab.PREFIX))
                .forEach(key ->
                        lab.s3.deleteObject(delete -> delete.bucket(lab.bucket).key(key)));
    }

    private static long end(Lab lab) {
        return lab
                .s3
                .listObjectsV2Paginator(
                        list -> list.bucket(lab.bucket).prefix(lab.chain(0).keyPrefix(INTO)))
                .contents()
                .stream()
                .flatMap(object -> LinkName.parse(INTO, object.key()).stream())
                .mapToLong(LinkName::from)
                .max()
                .orElse(0);
    }

    private static String[] range(Link link) {
        return new String[] {
            "--from",
            Long.toString(link.range().from()),
            "--to",
            Long.toString(link.range().next())
        };
    }

    private static JavaProcess replay(Lab lab, String action, String... more) {
        return lab.tool("replay")
                .arguments(action, "--into", INTO, "--topic", lab.topic, "--partition", "0")
                .arguments(more)
                .start();
    }
}

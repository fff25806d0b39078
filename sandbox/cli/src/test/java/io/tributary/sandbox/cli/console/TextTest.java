package io.tributary.sandbox.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TextTest {
    @Test
    void numbersAreGrouped() {
        assertThat(Text.count(1_234_567)).isEqualTo("1,234,567");
        assertThat(Text.count(1, "record")).isEqualTo("1 record");
        assertThat(Text.count(0, "record")).isEqualTo("0 records");
    }

    @Test
    void timesAreShort() {
        assertThat(Text.time(Duration.ofMillis(3_240))).isEqualTo("3.2 s");
        assertThat(Text.time(Duration.ofSeconds(125))).isEqualTo("2 min 05 s");
        assertThat(Text.roughly(Duration.ofMillis(10))).isEqualTo("1 s");
        assertThat(Text.roughly(Duration.ofSeconds(170))).isEqualTo("3 min");
    }

    @Test
    void longTextIsShortenedToOneLine() {
        assertThat(Text.shorten("one\ntwo", 20)).isEqualTo("one | two");
        assertThat(Text.shorten("0123456789", 5)).isEqualTo("0123…");
    }

    @Test
    void elsewhereThanOnATerminalProgressIsALineEveryFiveSeconds() {
        assertThat(shown(false, 100)).isEqualTo("  publish  5000\n  publish  10000\nend\n");
    }

    @Test
    void onATerminalProgressIsWrittenOver() {
        assertThat(shown(true, 2_000))
                .startsWith("\r\033[K  publish  0\r\033[K  publish  2000\r\033[K")
                .endsWith("\r\033[Kend\n");
    }

    private static String shown(boolean terminal, int stepMillis) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        AtomicLong now = new AtomicLong(-stepMillis);
        Console console = new Console(
                new PrintStream(bytes, true, StandardCharsets.UTF_8), terminal, 80, () -> now.get() * 1_000_000);
        for (int millis = 0; millis <= 10_000; millis += stepMillis) {
            now.set(millis);
            if (millis == 0 && !terminal) {
                console.begin();
            }
            console.progress("publish", Integer.toString(millis));
        }
        console.line("end");
        return bytes.toString(StandardCharsets.UTF_8);
    }
}

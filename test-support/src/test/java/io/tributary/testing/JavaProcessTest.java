package io.tributary.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class JavaProcessTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void keepsWhatAProgramSaysAndItsExitCode() {
        try (JavaProcess process = echo("one", "two").start()) {
            assertThat(process.awaitStdout("two"::equals, SOON)).isEqualTo("two");
            assertThat(process.exitCode(SOON)).isEqualTo(3);
            assertThat(process.stdout()).containsExactly("one", "two");
            assertThat(process.stderr()).containsExactly("bye");
        }
    }

    @Test
    void failsWithTheProgramsWordsWhenALineDoesNotCome() {
        try (JavaProcess process = echo("one").start()) {
            assertThatThrownBy(() -> process.awaitStdout("three"::equals, SOON))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("ended and did not write the line awaited on stdout")
                    .hasMessageContaining("\n-- stdout\none\n-- stderr\nbye");
        }
    }

    @Test
    void stopsAndContinuesAProgramBySignals() throws Exception {
        try (JavaProcess process = echo("wait").start()) {
            process.awaitStdout("wait"::equals, SOON);
            process.signal(Signal.STOP);
            process.signal(Signal.TERM);
            assertThat(process.isAlive()).isTrue();
            process.signal(Signal.CONT);
            assertThat(process.exitCode(SOON)).isEqualTo(143);
        }
    }

    @Test
    void killsAProgramThatWouldGoOn() {
        try (JavaProcess process = echo("wait").start()) {
            process.awaitStdout("wait"::equals, SOON);
            process.kill9();
            assertThat(process.isAlive()).isFalse();
            assertThat(process.exitCode(SOON)).isEqualTo(137);
        }
    }

    private static JavaCommand echo(String... words) {
        return JavaCommand.mainClass(System.getProperty("java.class.path"), Echo.class.getName())
                .arguments(words);
    }

    /** Repeats its arguments; waits for input where the last is "wait". */
    static final class Echo {
        private Echo() {}

        public static void main(String[] words) throws Exception {
            for (String word : words) {
                System.out.println(word);
            }
            if (words[words.length - 1].equals("wait")) {
                int end = System.in.read();
                System.out.println(end);
            }
            System.err.println("bye");
            System.exit(3);
        }
    }
}

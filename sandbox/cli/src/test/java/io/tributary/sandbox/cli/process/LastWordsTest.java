package io.tributary.sandbox.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LastWordsTest {
    @Test
    void whatAProgramSaysInItsOwnNameCounts() {
        assertThat(LastWords.in("INFO starting\nproducer-daemon: a.csv was replaced\n\tat some.Stack\nINFO bye\n"))
                .contains("a.csv was replaced");
    }

    @Test
    void whatItListsBelowBelongsToIt() {
        assertThat(LastWords.in("""
                        consumer-daemon: 2 problems in the configuration:
                          a.conf:1: topics is missing
                          a.conf:3: roll.max-age must be positive
                        INFO bye
                        """))
                .contains("2 problems in the configuration: a.conf:1: topics is missing; "
                        + "a.conf:3: roll.max-age must be positive");
        assertThat(LastWords.in("s3: not this:\n\tat some.Stack\n  nor that\n")).contains("not this:");
    }

    @Test
    void elseTheJvmsComplaint() {
        assertThat(LastWords.in("Error: Could not find or load main class x.Y\nCaused by: z\n"))
                .contains("Could not find or load main class x.Y");
    }

    @Test
    void elseTheLastLine() {
        assertThat(LastWords.in("one\ntwo\n\n")).contains("two");
    }

    @Test
    void silenceSaysNothing() {
        assertThat(LastWords.in("")).isEmpty();
    }

    @Test
    void aReadyLineIsOnlyReadWhole() {
        assertThat(ReadyLine.find("ready {\"name\":\"s3\",\"port\":12")).isEmpty();
        assertThat(ReadyLine.find("x\nready {\"name\":\"s3\",\"port\":12}\n")).hasValue(12);
        assertThat(ReadyLine.find("not ready {\"name\":\"s3\",\"port\":12}\n")).isEmpty();
    }
}

package io.tributary.staging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StagingPrefixTest {
    @ParameterizedTest
    @ValueSource(strings = {"staging", "staging.2", "a/b/c", "team=x/staging", "...", "a..b", ".a", "0"})
    void namesWithSlashesBetweenThemAreOne(String text) {
        assertThat(StagingPrefix.isValid(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/", "/a", "a/", "a//b", ".", "..", "a/..", "../a", "a/./b", "a b", "a\n", "\u00e4", "a\\b"})
    void allElseIsNone(String text) {
        assertThat(StagingPrefix.isValid(text)).isFalse();
    }
}

package io.tributary.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretFromEnvTest {
    @Test
    void readsTheNamedVariable() throws Exception {
        assertThat(SecretFromEnv.read(Map.of("KEY", "hush"), "KEY")).isEqualTo("hush");
    }

    @Test
    void namesTheVariableThatIsMissing() {
        assertThatThrownBy(() -> SecretFromEnv.read(Map.of(), "KEY"))
                .isInstanceOf(ServerStartException.class)
                .hasMessage("environment variable KEY must hold the secret key, but is not set");
    }
}

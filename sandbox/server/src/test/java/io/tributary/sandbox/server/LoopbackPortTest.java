package io.tributary.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class LoopbackPortTest {
    @Test
    void choosesBelowThePortsThatOutgoingConnectionsTake() throws Exception {
        assertThat(LoopbackPort.orFree(0)).isBetween(20_000, 32_000);
        assertThat(LoopbackPort.orFree(1234)).isEqualTo(1234);
    }

    @Test
    void refusesATakenPort() throws Exception {
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

            assertThatThrownBy(() -> LoopbackPort.requireFree(taken.getLocalPort()))
                    .isInstanceOf(ServerStartException.class)
                    .hasMessage("port " + taken.getLocalPort()
                            + " on 127.0.0.1 is in use; choose another port, or 0 for any free one");
        }
    }
}

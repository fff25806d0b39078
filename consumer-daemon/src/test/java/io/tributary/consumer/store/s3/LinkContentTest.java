package io.tributary.consumer.store.s3;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.consumer.store.DamagedLinkException;
import io.tributary.staging.ChainId;
import io.tributary.staging.Compression;
import io.tributary.staging.LinkName;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LinkContentTest {
    @ParameterizedTest
    @EnumSource(Compression.class)
    void bytesThatAreNotOfTheCodecAreDamaged(Compression compression) {
        LinkName name = new LinkName(new ChainId("t", "i", 0), 0, compression);
        assertThatThrownBy(() -> LinkContent.unpack(name, "neither of them".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(DamagedLinkException.class)
                .hasMessage("link " + name + " cannot be decompressed");
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void aTruncatedObjectIsDamaged(Compression compression) {
        LinkName name = new LinkName(new ChainId("t", "i", 0), 0, compression);
        // The magic numbers and a few bytes more.
        byte[] begun = compression == Compression.GZIP
                ? new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 3}
                : new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 4, 0x58};
        assertThatThrownBy(() -> LinkContent.unpack(name, Arrays.copyOf(begun, begun.length)))
                .isInstanceOf(DamagedLinkException.class)
                .hasMessage("link " + name + " cannot be decompressed");
    }
}

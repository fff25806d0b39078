package io.tributary.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LinkNameTest {
    private static final ChainId CHAIN = new ChainId("flights", "Zm9vYmFyYmF6cXV4cXV1eA", 3);

    @Test
    void keyIsThePathThatTheContractNames() {
        assertThat(new LinkName(CHAIN, 4711, Compression.GZIP).key("staging"))
                .isEqualTo("staging/flights/incarnation=Zm9vYmFyYmF6cXV4cXV1eA/partition=3/"
                        + "00000000000000004711.jsonl.gz");
    }

    @Test
    void firstLinkHasOneNameForEveryWriter() {
        assertThat(LinkName.first(CHAIN).key(""))
                .isEqualTo("flights/incarnation=Zm9vYmFyYmF6cXV4cXV1eA/partition=3/00000000000000000000.jsonl.gz");
    }

    @Test
    void keysThatAreNoLinksAreNotParsed() {
        String good = LinkName.first(CHAIN).key("staging");
        assertThat(LinkName.parse("staging", good)).contains(LinkName.first(CHAIN));
        assertThat(LinkName.parse("other", good)).isEmpty();
        assertThat(LinkName.parse("staging", good + ".tmp")).isEmpty();
        assertThat(LinkName.parse("staging", good.replace("00000000000000000000", "99999999999999999999")))
                .isEmpty();
        assertThat(LinkName.parse("staging", good.replace("partition=3", "partition=x")))
                .isEmpty();
    }

    @Test
    void chainNamesRoundTripAndRefuseOtherText() {
        assertThat(ChainId.parse(CHAIN.toString())).isEqualTo(CHAIN);
        assertThatThrownBy(() -> ChainId.parse("flights/3"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'flights/3' is no chain (topic/incarnation/partition)");
    }
}

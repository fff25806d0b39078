package io.tributary.testing.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FaultRulesTest {
    @Test
    void theShareIsKeptAlsoWhereSomeFaultsDoNotFit() {
        FaultRules rules = new FaultRules(7);
        rules.rate(RequestKind.HEAD, 0.2, EnumSet.allOf(Fault.class));
        for (int i = 0; i < 10_000; i++) {
            Optional<Fault> fault = rules.choose(RequestKind.HEAD, false);
            assertThat(fault).isNotEqualTo(Optional.of(Fault.PRECONDITION_FAILED));
        }
        assertThat(rules.injected()).isBetween(1_850L, 2_150L);
        assertThat(rules.injected(RequestKind.HEAD, Fault.SLOW_DOWN)).isBetween(150L, 260L);
    }

    @Test
    void theSameSeedMakesTheSameChoices() {
        assertThat(choices(3)).isEqualTo(choices(3)).isNotEqualTo(choices(4));
    }

    @Test
    void whatIsToHappenOnceHappensToTheNextRequestThatItFits() {
        FaultRules rules = new FaultRules(1);
        rules.once(RequestKind.PUT, Fault.PRECONDITION_FAILED);

        assertThat(rules.choose(RequestKind.GET, true)).isEmpty();
        assertThat(rules.choose(RequestKind.PUT, false)).isEmpty();
        assertThat(rules.choose(RequestKind.PUT, true)).contains(Fault.PRECONDITION_FAILED);
        assertThat(rules.choose(RequestKind.PUT, true)).isEmpty();
    }

    @Test
    void aRequestIsKnownByItsMethodAndTarget() {
        assertThat(RequestKind.of("PUT", "/bucket")).isEqualTo(RequestKind.OTHER);
        assertThat(RequestKind.of("PUT", "/bucket/a/b.gz")).isEqualTo(RequestKind.PUT);
        assertThat(RequestKind.of("POST", "/bucket/a?uploads")).isEqualTo(RequestKind.CREATE_UPLOAD);
        assertThat(RequestKind.of("PUT", "/bucket/a?partNumber=1&uploadId=x")).isEqualTo(RequestKind.UPLOAD_PART);
        assertThat(RequestKind.of("POST", "/bucket/a?uploadId=x")).isEqualTo(RequestKind.COMPLETE_UPLOAD);
        assertThat(RequestKind.of("GET", "/bucket?list-type=2&prefix=a%2F")).isEqualTo(RequestKind.LIST);
        assertThat(RequestKind.of("GET", "/bucket/?list-type=2")).isEqualTo(RequestKind.LIST);
        assertThat(RequestKind.of("GET", "/bucket/a")).isEqualTo(RequestKind.GET);
        assertThat(RequestKind.of("HEAD", "/bucket/a")).isEqualTo(RequestKind.HEAD);
    }

    private static List<Optional<Fault>> choices(long seed) {
        FaultRules rules = new FaultRules(seed);
        rules.rate(RequestKind.PUT, 0.5, FaultRules.quick());
        List<Optional<Fault>> choices = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            choices.add(rules.choose(RequestKind.PUT, true));
        }
        return choices;
    }
}

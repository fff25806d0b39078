package io.tributary.producer.source.dataset.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HeaderTest {
    @Test
    void columnsWithoutANameGetOne() {
        assertThat(header(null, "a", " ").names()).isEqualTo(List.of("column1", "a", "column3"));
    }

    @Test
    void columnsThatAreNamedTwiceAreAProblem() {
        assertThat(header("a", "b", "A", "c", "b").problem())
                .contains("the header names columns twice: 'a' (column 1) and 'A' (column 3); 'b' (column 2) and 'b' "
                        + "(column 5); SQL does not tell upper case from lower case; rename them");
        assertThat(header("a", "b").problem()).isEmpty();
    }

    private static Header header(@Nullable String... names) {
        CsvRow.Fields fields = new CsvRow.Fields();
        fields.set(names);
        return Header.of(fields);
    }
}

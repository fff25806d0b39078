package io.tributary.etl.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Which column a field goes to. */
class ColumnNamesPropertyTest {
    @Provide
    Arbitrary<List<String>> fields() {
        return Arbitraries.strings()
                .withChars("aAbB._2")
                .ofMaxLength(4)
                .list()
                .uniqueElements()
                .ofMaxSize(8);
    }

    @Property
    void everyFieldHasAColumnOfItsOwnWhateverTheOrder(@ForAll("fields") List<String> fields) {
        Map<String, String> columns = ColumnNames.assign(fields, true);
        List<String> reversed = new ArrayList<>(fields);
        Collections.reverse(reversed);

        assertThat(columns).containsOnlyKeys(fields);
        assertThat(new HashSet<>(columns.values())).hasSameSizeAs(fields);
        assertThat(ColumnNames.assign(reversed, true)).isEqualTo(columns);
        assertThat(columns.values()).allSatisfy(column -> {
            assertThat(column)
                    .isEqualTo(column.toLowerCase(Locale.ROOT))
                    .doesNotContain(".")
                    .isNotEmpty();
            assertThat(ColumnNames.isReserved(column)).isFalse();
        });
    }

    @Example
    void theFieldSpelledLikeTheColumnKeepsIt() {
        assertThat(ColumnNames.assign(List.of("Name", "NAME", "name", "name_2"), true))
                .containsEntry("name", "name")
                .containsEntry("name_2", "name_2")
                .containsEntry("NAME", "name_3")
                .containsEntry("Name", "name_4");
    }

    @Example
    void reservedNamesAreLeftToTheirOwners() {
        assertThat(ColumnNames.assign(List.of("_offset", "_partition"), true))
                .containsEntry("_offset", "_offset_2")
                .containsEntry("_partition", "_partition_2");
        assertThat(ColumnNames.assign(List.of("_offset"), false)).containsEntry("_offset", "_offset");
    }
}

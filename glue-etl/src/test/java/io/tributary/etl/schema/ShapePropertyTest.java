package io.tributary.etl.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.iceberg.types.Type;
import org.junit.jupiter.api.Test;

/** What records' values hold, and the columns that follow from it. */
class ShapePropertyTest {
    @Provide
    Arbitrary<List<String>> records() {
        return JsonValues.records().list().ofMaxSize(6);
    }

    @Property(tries = 300)
    void addingShapesDoesNotDependOnOrderOrRepetition(
            @ForAll("records") List<String> left, @ForAll("records") List<String> right) throws IOException {
        Shape forward = shapeOf(left);
        forward.add(shapeOf(right));
        Shape backward = shapeOf(right);
        backward.add(shapeOf(left));
        backward.add(shapeOf(left));

        assertThat(forward).isEqualTo(backward);
    }

    @Property(tries = 300)
    void aTableMadeForRecordsTakesThemAll(@ForAll("records") List<String> records)
            throws IOException, SchemaPlan.CannotWidenException {
        Shape shape = shapeOf(records);
        SchemaPlan plan = SchemaPlan.of(Columns.NONE, Map.of(), shape);

        SchemaPlan again = SchemaPlan.of(Columns.apply(Columns.NONE, plan.changes()), Map.of(), shape);

        assertThat(plan.certain()).isTrue();
        assertThat(again.changes()).isEmpty();
        assertThat(again.certain()).isTrue();
    }

    @Property(tries = 300)
    void columnsOnlyEverWiden(@ForAll("records") List<String> first, @ForAll("records") List<String> second)
            throws IOException, SchemaPlan.CannotWidenException {
        SchemaPlan before = SchemaPlan.of(Columns.NONE, Map.of(), shapeOf(first));
        org.apache.iceberg.types.Types.StructType columns = Columns.apply(Columns.NONE, before.changes());
        SchemaPlan after = SchemaPlan.of(columns, Map.of(), shapeOf(second));

        assertThat(Inference.fieldsFit(Columns.apply(columns, after.changes()), shapeOf(first)))
                .isTrue();
    }

    @Test
    void whatLiesTooDeepForColumnsIsTheTextOfOne() throws Exception {
        String deep = "{\"a\":".repeat(900) + "1" + "}".repeat(900);
        SchemaPlan plan = SchemaPlan.of(Columns.NONE, Map.of(), shapeOf(List.of(deep)));

        Type type = Columns.apply(Columns.NONE, plan.changes());
        int levels = 0;
        while (type.isStructType()) {
            type = type.asStructType().fields().get(0).type();
            levels++;
        }

        assertThat(type.typeId()).isEqualTo(Type.TypeID.STRING);
        assertThat(levels).isEqualTo(13);
        assertThat(plan.certain()).isTrue();
    }

    private static Shape shapeOf(List<String> records) throws IOException {
        ShapeReader reader = new ShapeReader();
        for (String record : records) {
            byte[] bytes = record.getBytes(StandardCharsets.UTF_8);
            ValueBytes source = new ValueBytes(bytes, 0, bytes.length);
            try (JsonParser parser = source.parser()) {
                parser.nextToken();
                reader.read(parser, source);
            } catch (RefusedValueException refused) {
                throw new AssertionError(record, refused);
            }
        }
        return reader.shape();
    }
}

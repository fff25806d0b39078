package io.tributary.etl.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import io.tributary.etl.schema.Columns;
import io.tributary.etl.schema.JsonValues;
import io.tributary.etl.schema.RefusedValueException;
import io.tributary.etl.schema.SchemaPlan;
import io.tributary.etl.schema.ShapeReader;
import io.tributary.etl.schema.ValueBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.iceberg.Schema;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.iceberg.types.Types;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Records and the columns that were inferred from them belong together. */
class RowReaderPropertyTest {
    @Provide
    Arbitrary<List<String>> records() {
        return JsonValues.records().list().ofMinSize(1).ofMaxSize(6);
    }

    @Property(tries = 300)
    void everyRecordFitsTheColumnsThatWereInferredFromAll(@ForAll("records") List<String> records)
            throws IOException, RefusedValueException, SchemaPlan.CannotWidenException {
        ShapeReader shapes = new ShapeReader();
        for (String record : records) {
            read(record, (parser, source) -> shapes.read(parser, source));
        }
        Types.StructType columns = Columns.apply(
                Columns.NONE,
                SchemaPlan.of(Columns.NONE, Map.of(), shapes.shape()).changes());
        StructType schema = SparkSchemaUtil.convert(new Schema(columns.fields()));
        RowReader reader = new RowReader(schema);
        @Nullable Object[] row = new @Nullable Object[schema.size()];

        for (String record : records) {
            // A refusal would be thrown.
            read("{\"value\":" + record + "}", (outer, source) -> {
                outer.nextToken();
                outer.nextToken();
                reader.read(outer, source, row);
                assertThat(source.text(0, ValueBytes.tokenEnd(outer))).isEqualTo("{\"value\":" + record);
            });
        }
    }

    private interface Reading {
        void read(JsonParser parser, ValueBytes source) throws IOException, RefusedValueException;
    }

    /** Gives a parser that stands at the record's beginning, in the middle of an array of bytes. */
    private static void read(String record, Reading reading) throws IOException, RefusedValueException {
        byte[] bytes = ("##" + record + "##").getBytes(StandardCharsets.UTF_8);
        ValueBytes source = new ValueBytes(bytes, 2, bytes.length - 4);
        try (JsonParser parser = source.parser()) {
            parser.nextToken();
            reading.read(parser, source);
        }
    }
}

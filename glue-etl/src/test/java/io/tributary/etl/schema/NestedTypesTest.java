package io.tributary.etl.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;

class NestedTypesTest {
    private static final Type TAGS =
            DeclaredType.parse("array<struct<name:string,url:string>>").orElseThrow();

    @Test
    void arraysAndStructsAreDeclaredAsInSparkSql() {
        assertThat(TAGS.isListType()).isTrue();
        assertThat(TAGS.asListType().elementType().asStructType().fields())
                .extracting(Types.NestedField::name)
                .containsExactly("name", "url");
        assertThat(DeclaredType.parse("struct<a:decimal(9,2),b:array<int>>")).isPresent();
        assertThat(DeclaredType.parse("struct<a:nothing>")).isEmpty();
        assertThat(DeclaredType.parse("struct<a:int,a:int>")).isEmpty();
        assertThat(DeclaredType.parse("array<>")).isEmpty();
    }

    @Test
    void aDeclaredStructIsOpenAndTheRestIsText() throws Exception {
        Shape seen = new Shape();
        seen.see(Shape.OBJECT);
        Shape tag = seen.field("tags").element();
        seen.field("tags").see(Shape.ARRAY);
        tag.see(Shape.OBJECT);
        tag.field("name").see(Shape.STRING);
        tag.field("history").see(Shape.ARRAY);
        seen.field("unheard").see(Shape.OBJECT);
        seen.field("unheard").field("of").see(Shape.INT);
        Map<String, Type> declared = Map.of("tags", TAGS, SchemaPlan.REST, Types.StringType.get());
        SchemaPlan plan = SchemaPlan.of(Columns.NONE, declared, seen);
        Types.StructType columns = Columns.apply(Columns.NONE, plan.changes());
        assertThat(plan.certain()).isTrue();
        assertThat(columns.field("unheard").type()).isEqualTo(Types.StringType.get());
        assertThat(columns.field("tags")
                        .type()
                        .asListType()
                        .elementType()
                        .asStructType()
                        .fields())
                .extracting(Types.NestedField::name)
                .containsExactly("name", "url", "history");
        assertThat(SchemaPlan.of(columns, declared, seen).changes()).isEmpty();
    }
}

package io.tributary.etl.schema;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads an object's field names ahead of its values, for the rare object in which some of them share a column. */
public final class FieldNames {
    private FieldNames() {}

    /**
     * The columns of the fields of the object at which the parser stands.
     *
     * @param top whether the object is the record's value itself
     * @throws RefusedValueException if a field occurs twice
     */
    public static Map<String, String> columns(JsonParser parser, ValueBytes source, boolean top)
            throws IOException, RefusedValueException {
        List<String> names = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        try (JsonParser ahead = source.again(ValueBytes.tokenStart(parser))) {
            while (ahead.nextToken() == JsonToken.FIELD_NAME) {
                String name = ahead.currentName();
                if (!seen.add(name)) {
                    throw new RefusedValueException("field '" + name + "' occurs twice in one object");
                }
                names.add(name);
                ahead.nextToken();
                ahead.skipChildren();
            }
        }
        return ColumnNames.assign(names, top);
    }
}

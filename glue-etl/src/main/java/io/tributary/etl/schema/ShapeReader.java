package io.tributary.etl.schema;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Adds records' values to a shape. A value is added whole or, where it is refused, not at all. Confined to one thread.
 */
public final class ShapeReader {
    /** Columns within columns; whatever lies deeper is the JSON text of a column. Engines plan nested types recursively. */
    private static final int MOST_LEVELS = 12;

    private static final int MOST_FIELDS = 4096;

    private final Node root = new Node(new Shape());
    private Shape[] seenAt = new Shape[64];
    private int[] seenKind = new int[64];
    private int seen;
    private int objects;

    /** What was seen so far. Its fields are columns. */
    public Shape shape() {
        return root.shape;
    }

    /**
     * Adds the value at which the parser stands; leaves the parser at the value's end.
     *
     * @throws RefusedValueException if an object has a field twice
     */
    public void read(JsonParser parser, ValueBytes source) throws IOException, RefusedValueException {
        JsonStreamContext around = ValueBytes.around(parser);
        int start = ValueBytes.tokenStart(parser);
        seen = 0;
        try {
            readTop(parser, source, false);
        } catch (SharedColumnException clash) {
            ValueBytes.leave(parser, around);
            readAgain(source, start);
        } catch (RefusedValueException refused) {
            ValueBytes.leave(parser, around);
            throw refused;
        }
        source.requireText(start, parser);
        for (int at = 0; at < seen; at++) {
            seenAt[at].see(seenKind[at]);
        }
    }

    private void readAgain(ValueBytes source, int start) throws IOException, RefusedValueException {
        seen = 0;
        // A parser of its own counts from its own beginning.
        ValueBytes value = new ValueBytes(source.bytes(), source.start() + start, source.length() - start);
        try (JsonParser again = value.again(0)) {
            readTop(again, value, true);
        } catch (SharedColumnException cannotHappenTwice) {
            throw new IllegalStateException(cannotHappenTwice);
        }
    }

    private void readTop(JsonParser parser, ValueBytes source, boolean careful)
            throws IOException, RefusedValueException, SharedColumnException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            readObject(parser, source, root, careful, 0);
        } else {
            readValue(parser, source, root.child(ColumnNames.VALUE), careful, 1);
        }
    }

    private void readObject(JsonParser parser, ValueBytes source, Node node, boolean careful, int level)
            throws IOException, RefusedValueException, SharedColumnException {
        int me = ++objects;
        boolean top = level == 0;
        Map<String, String> columns = careful ? FieldNames.columns(parser, source, top) : Map.of();
        note(node.shape, Shape.OBJECT);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            String column = columns.get(field);
            Node child = column == null ? node.byField(field, top) : node.child(column);
            if (child.lastObject == me) {
                throw new SharedColumnException();
            }
            child.lastObject = me;
            parser.nextToken();
            readValue(parser, source, child, careful, level + 1);
        }
    }

    private void readValue(JsonParser parser, ValueBytes source, Node node, boolean careful, int level)
            throws IOException, RefusedValueException, SharedColumnException {
        if (level > MOST_LEVELS && parser.currentToken().isStructStart()) {
            note(node.shape, Shape.DEEP);
            parser.skipChildren();
            return;
        }
        switch (parser.currentToken()) {
            case VALUE_NULL -> {}
            case VALUE_TRUE, VALUE_FALSE -> note(node.shape, Shape.BOOLEAN);
            case VALUE_STRING -> note(node.shape, Shape.STRING);
            case VALUE_NUMBER_INT -> note(node.shape, wholeNumber(parser));
            case VALUE_NUMBER_FLOAT -> note(node.shape, Numbers.kindOf(parser.getText()));
            case START_OBJECT -> readObject(parser, source, node, careful, level);
            case START_ARRAY -> {
                note(node.shape, Shape.ARRAY);
                Node element = node.element();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    readValue(parser, source, element, careful, level + 1);
                }
            }
            default -> throw new IllegalStateException("unexpected " + parser.currentToken());
        }
    }

    private static int wholeNumber(JsonParser parser) throws IOException {
        return switch (parser.getNumberType()) {
            case INT -> Shape.INT;
            case LONG -> Numbers.kindOf(parser.getLongValue());
            default -> Numbers.kindOf(parser.getText());
        };
    }

    private void note(Shape shape, int kind) {
        if (seen == seenAt.length) {
            seenAt = Arrays.copyOf(seenAt, seen * 2);
            seenKind = Arrays.copyOf(seenKind, seen * 2);
        }
        seenAt[seen] = shape;
        seenKind[seen++] = kind;
    }

    /** A shape with what is needed to find its parts quickly. */
    private static final class Node {
        final Shape shape;
        final Map<String, Node> byField = new HashMap<>();
        final Map<String, Node> byColumn = new HashMap<>();

        @Nullable Node element;

        int lastObject;

        Node(Shape shape) {
            this.shape = shape;
        }

        Node byField(String field, boolean top) throws SharedColumnException {
            Node known = byField.get(field);
            if (known != null) {
                return known;
            }
            String column = ColumnNames.of(field);
            if (top && ColumnNames.isReserved(column)) {
                throw new SharedColumnException();
            }
            Node made = child(column);
            if (byField.size() < MOST_FIELDS) {
                byField.put(field, made);
            }
            return made;
        }

        Node child(String column) {
            Node known = byColumn.get(column);
            if (known != null) {
                return known;
            }
            if (byColumn.size() >= MOST_FIELDS) {
                // Names that are data: no table has that many columns, and counting them all would need memory.
                return new Node(new Shape());
            }
            Node made = new Node(shape.field(column));
            byColumn.put(column, made);
            return made;
        }

        Node element() {
            if (element == null) {
                element = new Node(shape.element());
            }
            return element;
        }
    }
}

package io.tributary.etl.schema;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What kinds of JSON values were seen at one place: a set that only grows. {@link #add} of two shapes is commutative,
 * associative and idempotent but for the order of fields, which is that of first appearance. Confined to one thread.
 */
public final class Shape implements Serializable {
    private static final long serialVersionUID = 1L;

    /** true or false. */
    public static final int BOOLEAN = 1;
    /** A text. */
    public static final int STRING = 1 << 1;
    /** An object. */
    public static final int OBJECT = 1 << 2;
    /** An array. */
    public static final int ARRAY = 1 << 3;
    /** A whole number of 32 bits. */
    public static final int INT = 1 << 4;
    /** A larger whole number that a double holds exactly. */
    public static final int LONG = 1 << 5;
    /** A whole number of 64 bits that a double does not hold exactly. */
    public static final int WIDE = 1 << 6;
    /** A whole number written with a fraction or an exponent, such as 1.0 or 1e3. */
    public static final int WHOLE = 1 << 7;
    /** A fraction all of whose digits a float keeps. */
    public static final int FLOAT = 1 << 8;
    /** A fraction all of whose digits a double keeps. */
    public static final int DOUBLE = 1 << 9;
    /** A number with more digits than a long or a double keeps. */
    public static final int BIG = 1 << 10;
    /** An object or array nested too deep to become columns: its JSON text is what a column can hold. */
    public static final int DEEP = 1 << 11;

    private int kinds;
    private @Nullable LinkedHashMap<String, Shape> fields;
    private @Nullable Shape element;

    /** The kinds seen, as a set of bits; 0 if only null was. */
    public int kinds() {
        return kinds;
    }

    /** Whether no other kinds than these were seen. */
    boolean within(int allowed) {
        return (kinds & ~allowed) == 0;
    }

    /** The fields of the objects seen, by column name. */
    public Map<String, Shape> fields() {
        return fields == null ? Map.of() : fields;
    }

    /** What the arrays seen held. */
    public Shape element() {
        if (element == null) {
            element = new Shape();
        }
        return element;
    }

    /** The shape of a field, made where it is new. */
    public Shape field(String column) {
        if (fields == null) {
            fields = new LinkedHashMap<>();
        }
        return fields.computeIfAbsent(column, name -> new Shape());
    }

    /** Adds a kind. */
    public void see(int kind) {
        kinds |= kind;
    }

    /** Adds all that another shape has seen. */
    public void add(Shape other) {
        kinds |= other.kinds;
        other.fields().forEach((name, shape) -> field(name).add(shape));
        if (other.element != null) {
            element().add(other.element);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape that
                && kinds == that.kinds
                && fields().equals(that.fields())
                && sameElement(that);
    }

    private boolean sameElement(Shape that) {
        if (element != null && that.element != null) {
            return element.equals(that.element);
        }
        return isBlank(element) && isBlank(that.element);
    }

    private static boolean isBlank(@Nullable Shape shape) {
        return shape == null || (shape.kinds == 0 && shape.fields().isEmpty() && isBlank(shape.element));
    }

    @Override
    public int hashCode() {
        return kinds * 31 + fields().hashCode();
    }

    @Override
    public String toString() {
        return "Shape[" + Integer.toBinaryString(kinds) + (fields().isEmpty() ? "" : " " + fields())
                + (element == null ? "" : " of " + element) + "]";
    }
}

package io.tributary.etl.schema;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.tributary.staging.JsonCheck;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The bytes that a parser reads, so that a part of them can be read again or taken as it stands.
 *
 * @param bytes  an array
 * @param start  where in it the parser began
 * @param length how many bytes it reads
 */
public record ValueBytes(byte[] bytes, int start, int length) {
    /** Reads whatever may be staged: limits of the parser's own would make a good line look corrupt. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(JsonCheck.MAX_DEPTH + 1)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /** A parser of all of it, before its first token. */
    public JsonParser parser() throws IOException {
        return FACTORY.createParser(bytes, start, length);
    }

    /** Where the parser's present token begins, counted from {@link #start}. */
    public static int tokenStart(JsonParser parser) {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    /** Where the parser's present token ends. */
    public static int tokenEnd(JsonParser parser) throws IOException {
        parser.finishToken();
        return (int) parser.currentLocation().getByteOffset();
    }

    /** A new parser, which the caller closes, that stands at the value which begins at a place. */
    public JsonParser again(int at) throws IOException {
        JsonParser parser = FACTORY.createParser(bytes, start + at, length - at);
        parser.nextToken();
        return parser;
    }

    /**
     * Refuses a value that no text can hold. The parser stands at the value's end.
     *
     * @param from where the value begins
     */
    public void requireText(int from, JsonParser parser) throws IOException, RefusedValueException {
        if (Surrogates.isHalved(bytes, start + from, start + tokenEnd(parser))) {
            throw new RefusedValueException("the value escapes one half of a surrogate pair, which no text can hold");
        }
    }

    /** Text as it stands, between two places. */
    public String text(int from, int to) {
        return new String(bytes, start + from, to - from, StandardCharsets.UTF_8);
    }

    /** The JSON text of the value at which the parser stands; leaves it at the value's end. */
    public String textOfValue(JsonParser parser) throws IOException {
        int from = tokenStart(parser);
        parser.skipChildren();
        return text(from, tokenEnd(parser));
    }

    /** The context that the parser returns to once the value at which it stands is read. */
    public static JsonStreamContext around(JsonParser parser) {
        JsonStreamContext context = parser.getParsingContext();
        return parser.currentToken().isStructStart() ? context.getParent() : context;
    }

    /** Leaves a value from anywhere within it. */
    public static void leave(JsonParser parser, JsonStreamContext around) throws IOException {
        while (parser.getParsingContext() != around) {
            JsonToken token = parser.nextToken();
            if (token == null) {
                return;
            }
        }
    }
}

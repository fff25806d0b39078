package io.tributary.staging;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Tells whether bytes are exactly one JSON value (RFC 8259, UTF-8), without building it. Safe for many threads. */
final class JsonCheck {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonCheck() {}

    /** What is wrong with the bytes, in one line without a part of the content; empty if they are one JSON value. */
    static Optional<String> problem(byte[] json) {
        Optional<String> problem = encodingProblem(json);
        return problem.isPresent() ? problem : syntaxProblem(json);
    }

    /** Jackson guesses UTF-16 and UTF-32, skips a byte order mark and passes over surrogates: a line must not. */
    private static Optional<String> encodingProblem(byte[] json) {
        boolean ascii = true;
        for (byte value : json) {
            if (value == 0) {
                return Optional.of("the value contains a NUL byte: it is not JSON in UTF-8");
            }
            ascii &= value > 0;
        }
        if (ascii) {
            return Optional.empty();
        }
        if (json.length >= 3 && json[0] == (byte) 0xef && json[1] == (byte) 0xbb && json[2] == (byte) 0xbf) {
            return Optional.of("the value begins with a byte order mark");
        }
        return Utf8.isValid(json) ? Optional.empty() : Optional.of("the value is not UTF-8 text");
    }

    private static Optional<String> syntaxProblem(byte[] json) {
        try (JsonParser parser = FACTORY.createParser(json)) {
            if (parser.nextToken() == null) {
                return Optional.of("the value is empty");
            }
            int depth = 0;
            JsonToken token = parser.currentToken();
            while (true) {
                if (token.isStructStart()) {
                    depth++;
                } else if (token.isStructEnd()) {
                    depth--;
                }
                if (depth == 0) {
                    break;
                }
                token = parser.nextToken();
                if (token == null) {
                    return Optional.of("the JSON ends early, at byte " + json.length);
                }
            }
            // A scalar is only tokenised when it is read to its end.
            parser.finishToken();
            if (parser.nextToken() != null) {
                return Optional.of("more follows the JSON value, at byte "
                        + parser.currentTokenLocation().getByteOffset());
            }
            return Optional.empty();
        } catch (JsonProcessingException malformed) {
            return Optional.of(
                    "the value is not JSON, at byte " + malformed.getLocation().getByteOffset());
        } catch (IOException cannotHappenOnArrays) {
            throw new UncheckedIOException(cannotHappenOnArrays);
        }
    }
}

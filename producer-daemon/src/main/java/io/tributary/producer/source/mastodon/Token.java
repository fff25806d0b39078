package io.tributary.producer.source.mastodon;

import io.tributary.daemon.config.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where an instance's token is kept. A file is read anew at each verification, so that another token needs no restart.
 * Immutable.
 *
 * @param env         the environment variable, if that
 * @param file        the file, if that
 * @param environment gives a variable's value or null
 */
record Token(Optional<String> env, Optional<String> file, UnaryOperator<@Nullable String> environment) {
    /**
     * The token, if there is to be one.
     *
     * @throws IOException with what is wrong, if it is not where it should be
     */
    Optional<Secret> read() throws IOException {
        if (file.isPresent()) {
            try {
                return Optional.of(checked(Files.readString(Path.of(file.get())), "file " + file.get()));
            } catch (IOException unreadable) {
                throw new IOException("the token file " + file.get() + " cannot be read", unreadable);
            }
        }
        if (env.isPresent()) {
            String value = environment.apply(env.get());
            return Optional.of(checked(value == null ? "" : value, "environment variable " + env.get()));
        }
        return Optional.empty();
    }

    /** Where to put another one. */
    String place() {
        return file.map(path -> "file " + path).orElseGet(() -> "environment variable " + env.orElse(""));
    }

    private static Secret checked(String text, String where) throws IOException {
        String token = text.strip();
        if (!token.matches("[!-~]+")) {
            throw new IOException("the " + where + " holds no token");
        }
        return new Secret(token);
    }
}

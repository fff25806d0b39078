package io.tributary.sandbox.server;

import java.util.Map;

/** Reads a secret from an environment variable, so that it never shows in a process list. Stateless. */
public final class SecretFromEnv {
    private SecretFromEnv() {}

    /**
     * The secret in the variable {@code name}.
     *
     * @throws ServerStartException where the variable is missing or empty
     */
    public static String read(Map<String, String> environment, String name) throws ServerStartException {
        String secret = environment.get(name);
        if (secret == null || secret.isEmpty()) {
            throw new ServerStartException(
                    "environment variable " + name + " must hold the secret key, but is not set");
        }
        return secret;
    }
}

package io.tributary.daemon.config;

/**
 * One thing that is wrong with a configuration.
 *
 * @param path    the key, with dots; empty for the file as a whole
 * @param origin  where the value comes from: file and line, or an environment variable
 * @param message what is wrong and what would be right
 */
public record ConfigProblem(String path, String origin, String message) {
    @Override
    public String toString() {
        return (path.isEmpty() ? "" : path + ": ") + message + " (" + origin + ")";
    }
}

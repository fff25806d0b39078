package io.tributary.sandbox.cli.stack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An instance of Mastodon or its kin to follow. Immutable.
 *
 * @param url       its address; empty for the stand-in, which is yet to be started
 * @param tags      hashtags; none for the public timeline
 * @param tokenEnv  the environment variable with the token
 * @param tokenFile the file with the token
 * @param settings  a file with further keys of the source
 */
public record Following(
        String url, List<String> tags, Optional<String> tokenEnv, Optional<String> tokenFile, Optional<Path> settings) {
    private static final String DEMO_TOKEN = "STANDIN_TOKEN";

    public Following {
        tags = List.copyOf(tags);
    }

    /** The stand-in. */
    public static Following demo(List<String> tags, Optional<Path> settings) {
        return new Following("", tags, Optional.of(DEMO_TOKEN), Optional.empty(), settings);
    }

    /** Whether it is the stand-in. */
    public boolean isDemo() {
        return tokenEnv.equals(Optional.of(DEMO_TOKEN));
    }

    /** The stand-in where it answers. */
    Following at(int port) {
        return new Following("http://127.0.0.1:" + port, tags, tokenEnv, tokenFile, settings);
    }

    /** What the daemon finds in its environment beside the launcher's own. */
    Map<String, String> environment() {
        return isDemo() ? Map.of(DEMO_TOKEN, "demo") : Map.of();
    }

    void write(ObjectNode source) {
        ObjectNode instance = source.putArray("instances").addObject();
        instance.put("url", url).put("timeline", tags.isEmpty() ? "public" : "none");
        ArrayNode all = instance.putArray("tags");
        tags.forEach(all::add);
        tokenEnv.ifPresent(name -> instance.put("token-env", name));
        tokenFile.ifPresent(file -> instance.put("token-file", file));
    }
}

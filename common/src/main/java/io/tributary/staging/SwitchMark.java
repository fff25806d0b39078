package io.tributary.staging;

import java.util.Optional;

/**
 * An object beside a chain's links that says: at this name, look whether the chain ends here. It is written before
 * the link that ends a chain, so that whoever lists links from far behind finds that one without listing all between; and
 * it sorts after all links, so that a listing to the end shows it. By itself it means nothing. Pure.
 */
public final class SwitchMark {
    /** What a mark holds, for people: nobody reads it. Some servers break a connection over an object without content. */
    public static final String TEXT = "look whether the chain ends at the link of this name\n";

    /** Underscores sort after digits, and objects that begin with one are hidden from crawlers and queries. */
    private static final String SIGN = "_switch-";

    private SwitchMark() {}

    /** What the keys of all of a chain's marks begin with. */
    public static String keyPrefix(String stagingPrefix, ChainId chain) {
        return chain.keyPrefix(stagingPrefix) + SIGN;
    }

    /** The key of the mark for a name. */
    public static String key(String stagingPrefix, LinkName name) {
        String folder = name.chain().keyPrefix(stagingPrefix);
        return folder + SIGN + name.key(stagingPrefix).substring(folder.length());
    }

    /**
     * The name that a mark is for.
     *
     * @return empty if the key is not that of a mark under this prefix
     */
    public static Optional<LinkName> parse(String stagingPrefix, String key) {
        int file = key.lastIndexOf('/') + 1;
        return key.startsWith(SIGN, file)
                ? LinkName.parse(stagingPrefix, key.substring(0, file) + key.substring(file + SIGN.length()))
                : Optional.empty();
    }
}

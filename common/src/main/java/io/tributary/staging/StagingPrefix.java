package io.tributary.staging;

import java.util.regex.Pattern;

/** What a staging prefix, the name of a generation, may be. Stateless. */
public final class StagingPrefix {
    /** Says it, behind "must be" or "is not". */
    public static final String RULE = "names of letters, digits and -_.= with '/' between them, none '.' or '..'";

    private static final Pattern FORM =
            Pattern.compile("(?!\\.\\.?(?:/|$))[A-Za-z0-9_.=-]+(?:/(?!\\.\\.?(?:/|$))[A-Za-z0-9_.=-]+)*");

    private StagingPrefix() {}

    /** Whether a text is one. */
    public static boolean isValid(String text) {
        return FORM.matcher(text).matches();
    }
}

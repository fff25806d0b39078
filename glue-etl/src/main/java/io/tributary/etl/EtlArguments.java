package io.tributary.etl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The job's command line. Glue adds arguments of its own ({@code --JOB_NAME x}, {@code --TempDir s3://...}); where it
 * does, unknown ones are left alone, and elsewhere they are an error.
 *
 * @param config    the configuration's file or s3 URI
 * @param overrides keys and values that win over the file's
 * @param action    what to do
 */
record EtlArguments(Optional<String> config, List<Setting> overrides, Action action) {
    private static final String GLUE_MARK = "--JOB_NAME";

    /**
     * A key given on the command line.
     *
     * @param path  the key, with dots
     * @param value its value
     */
    record Setting(String path, String value) {
        /** As a line of HOCON. */
        String toHocon() {
            boolean structured = value.startsWith("[") || value.startsWith("{");
            return path + " = " + (structured ? value : quoted(value));
        }

        private static String quoted(String text) {
            return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
        }
    }

    /** What the command line asks for. */
    enum Action {
        MERGE,
        CHECK,
        AUDIT,
        HELP,
        REFERENCE
    }

    /** A command line that cannot be understood. */
    static final class UsageException extends Exception {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }
    }

    static EtlArguments parse(String... args) throws UsageException {
        boolean underGlue = List.of(args).contains(GLUE_MARK);
        Optional<String> config = Optional.empty();
        List<Setting> overrides = new ArrayList<>();
        Action action = Action.MERGE;
        for (int at = 0; at < args.length; at++) {
            String name = args[at];
            switch (name) {
                case "--help" -> action = Action.HELP;
                case "--check" -> action = Action.CHECK;
                case "--audit" -> action = Action.AUDIT;
                case "--print-config-reference" -> action = Action.REFERENCE;
                case "--config" -> config = Optional.of(valueOf(args, at++));
                case "--set" -> overrides.add(assignment(valueOf(args, at++)));
                default -> {
                    String key = name.split("=", 2)[0];
                    boolean isKey = key.startsWith("--") && key.indexOf('.') > 0;
                    if (isKey && name.contains("=")) {
                        overrides.add(assignment(name.substring(2)));
                    } else if (isKey) {
                        overrides.add(new Setting(name.substring(2), valueOf(args, at++)));
                    } else if (!underGlue) {
                        throw new UsageException("unknown argument '" + name + "'; --help lists the options");
                    }
                }
            }
        }
        if (config.isEmpty() && (action == Action.MERGE || action == Action.CHECK || action == Action.AUDIT)) {
            throw new UsageException("--config FILE is missing; --help lists the options");
        }
        return new EtlArguments(config, List.copyOf(overrides), action);
    }

    private static String valueOf(String[] args, int at) throws UsageException {
        if (at + 1 >= args.length) {
            throw new UsageException(args[at] + " needs a value");
        }
        return args[at + 1];
    }

    private static Setting assignment(String text) throws UsageException {
        int equals = text.indexOf('=');
        if (equals <= 0) {
            throw new UsageException("--set needs path=value, found '" + text + "'");
        }
        return new Setting(text.substring(0, equals), text.substring(equals + 1));
    }
}

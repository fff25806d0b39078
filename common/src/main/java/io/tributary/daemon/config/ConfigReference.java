package io.tributary.daemon.config;

import java.util.function.Function;

/** Writes the reference of a program's configuration from the code that reads it. */
public final class ConfigReference {
    private ConfigReference() {}

    /**
     * A Markdown page.
     *
     * @param program the program's name
     * @param shape   what reads its configuration
     */
    public static String markdown(String program, Function<ConfigSection, ?> shape) {
        StringBuilder page = new StringBuilder("# Configuration of ")
                .append(program)
                .append("\n\nGenerated from the code; do not edit. The file is HOCON. Every key can be given by the ")
                .append("environment variable beside it.\n\n")
                .append("| key | type | default | meaning | variable |\n|---|---|---|---|---|\n");
        for (KeyDoc key : ConfigReader.document(shape)) {
            String variable = key.path().contains("[]") ? "" : "`" + ConfigReader.variable(key.path()) + "`";
            page.append("| `")
                    .append(key.path())
                    .append("` | ")
                    .append(key.type().replace("|", "\\|"))
                    .append(" | ")
                    .append(key.defaultValue().replace("|", "\\|"))
                    .append(" | ")
                    .append(key.doc().replace("|", "\\|"))
                    .append(" | ")
                    .append(variable)
                    .append(" |\n");
        }
        return page.toString();
    }
}

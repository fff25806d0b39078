package io.tributary.aws;

import io.tributary.daemon.config.ConfigSection;
import io.tributary.daemon.metrics.catalog.Program;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether and how metrics go to CloudWatch.
 *
 * @param enabled     whether at all
 * @param namespace   CloudWatch's namespace
 * @param region      absent takes the SDK's own search
 * @param endpoint    another server than AWS's
 * @param environment the dimension {@code Env}
 * @param service     the dimension {@code Service}
 * @param topic       the dimension {@code Topic}; absent takes the program's topics
 * @param period      how often
 * @param backlog     how long a period waits while CloudWatch does not answer
 */
public record CloudWatchSettings(
        boolean enabled,
        String namespace,
        Optional<String> region,
        Optional<URI> endpoint,
        String environment,
        String service,
        Optional<String> topic,
        Duration period,
        Duration backlog) {
    private static final String DIMENSION = "[!-9;-~][ -~]{0,254}";
    private static final String DIMENSION_RULE = "be 1 to 255 ASCII characters, the first neither ':' nor a space";

    /** Reads the section {@code cloudwatch}. */
    public static CloudWatchSettings read(ConfigSection section, Program program) {
        boolean enabled = section.flag("enabled")
                .doc("Whether metrics go to CloudWatch too. docs/metrics.md lists them.")
                .orDefault("false");
        Optional<String> environment = section.text("environment")
                .doc("The dimension Env, such as production; needed where this is enabled.")
                .must(DIMENSION_RULE, text -> text.matches(DIMENSION))
                .optional();
        if (enabled && environment.isEmpty()) {
            section.reject("environment", "must be set where metrics go to CloudWatch: it keeps two apart");
        }
        return new CloudWatchSettings(
                enabled,
                section.text("namespace")
                        .doc("The namespace.")
                        .must(
                                "be 1 to 255 letters, digits and .-_/#, and not begin with AWS/",
                                text -> text.matches("(?!AWS/)[A-Za-z0-9._/#-]{1,255}"))
                        .orDefault("Tributary"),
                section.text("region")
                        .doc("The region; absent takes the SDK's own search.")
                        .optional(),
                section.text("endpoint")
                        .doc("URL of another server than AWS's.")
                        .must("be an http or https URL", url -> url.matches("https?://[^\\s]+"))
                        .optional()
                        .map(URI::create),
                environment.orElse(""),
                section.text("service")
                        .doc("The dimension Service.")
                        .must(DIMENSION_RULE, text -> text.matches(DIMENSION))
                        .orDefault(program.label()),
                section.text("topic")
                        .doc("The dimension Topic; absent takes " + program.topic() + ".")
                        .must(DIMENSION_RULE, text -> text.matches(DIMENSION))
                        .optional(),
                positive(section.duration("period")
                        .doc(
                                "Counters are summed and gauges looked at twelve times in each period, which ends when the "
                                        + "clock shows a multiple of it.")
                        .between(Duration.ofSeconds(1), Duration.ofMinutes(5))
                        .orDefault("60s")),
                section.duration("backlog")
                        .doc(
                                "How long periods wait in memory while CloudWatch does not answer; older ones are dropped, "
                                        + "counted and logged.")
                        .between(Duration.ZERO, Duration.ofHours(24))
                        .orDefault("3h"));
    }

    // A value that is out of bounds is stood in for by zero, so that all problems are found.
    private static Duration positive(Duration value) {
        return value.isZero() ? Duration.ofSeconds(1) : value;
    }
}

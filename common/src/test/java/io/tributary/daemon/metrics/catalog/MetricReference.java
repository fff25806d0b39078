package io.tributary.daemon.metrics.catalog;

import io.tributary.daemon.metrics.MetricKind;
import io.tributary.daemon.metrics.MetricSpec;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the reference of all metrics from their declarations: a page for people, and a list for machines. */
final class MetricReference {
    private MetricReference() {}

    static String markdown() {
        StringBuilder page = new StringBuilder("""
                # Metrics

                Generated from the code; do not edit. `metrics.json` has the same for machines: dashboards and alarms may name
                nothing that is not there.

                Every daemon serves all of its metrics to Prometheus, at `/metrics` on its loopback port. With
                `cloudwatch.enabled = true` those that have a name for CloudWatch go there too, each minute, in the namespace
                `Tributary` unless `cloudwatch.namespace` says otherwise, with the three dimensions `Service`, `Env` and `Topic`.
                Daemons that share all three share their metrics: a group that grows costs no more, and an alarm outlives a host.
                A process has at most 25, since each costs money.

                - A **counter** is sent as what was added in the minute: ask for its `Sum`, over all processes.
                - A **gauge** is looked at every five seconds; the minute's least, greatest and sum are sent: ask for `Maximum`,
                  `Minimum` or `Average`. What is not known is not sent, and neither is a gauge that is negative.
                - A **latency** is sent one by one, in milliseconds and at most 15 % too long: ask for `p99` or any other
                  percentile. Prometheus has it as a histogram, in seconds.

                A minute has the time at which it began. While CloudWatch does not answer, minutes wait
                (`cloudwatch.backlog`, 3 hours) and nothing else does; what is dropped after that is counted in `MetricsDropped`
                and logged. An answer that was lost makes a minute be sent again, and so count twice.
                """);
        for (Program program : Program.values()) {
            page.append("\n## ").append(program.label()).append("\n\n");
            page.append("`Service` is `")
                    .append(program.label())
                    .append("`, `Topic` is ")
                    .append(program.topic())
                    .append(", unless `cloudwatch.service` and `cloudwatch.topic` say otherwise.\n\n");
            page.append("| CloudWatch | unit | kind | Prometheus | meaning |\n|---|---|---|---|---|\n");
            Stream.concat(
                            program.published().stream(),
                            program.metrics().stream()
                                    .filter(spec -> spec.published().isEmpty()))
                    .map(MetricReference::row)
                    .forEach(page::append);
        }
        return page.toString();
    }

    static String json() {
        return """
                {
                  "namespace": "Tributary",
                  "dimensions": ["Service", "Env", "Topic"],
                  "programs": {
                %s
                  }
                }
                """.formatted(
                Stream.of(Program.values()).map(MetricReference::program).collect(Collectors.joining(",\n")));
    }

    private static String row(MetricSpec spec) {
        String labels = spec.labels().isEmpty() ? "" : "{" + String.join(",", spec.labels()) + "}";
        String fold = spec.published().isEmpty() || spec.labels().isEmpty()
                ? ""
                : " For CloudWatch the " + spec.fold().label() + " over " + String.join(" and ", spec.labels()) + ".";
        return "| " + spec.published().map(name -> "`" + name + "`").orElse("") + " | "
                + (spec.published().isPresent() ? spec.unit().label() : "") + " | " + kind(spec) + " | `" + spec.name()
                + labels + "` | " + spec.meaning() + fold + " |\n";
    }

    private static String kind(MetricSpec spec) {
        return spec.kind() == MetricKind.LATENCY ? "latency" : spec.kind().prometheus();
    }

    private static String program(Program program) {
        return program.published().stream()
                .map(spec -> "      " + object(spec))
                .collect(Collectors.joining(",\n", "    \"" + program.label() + "\": [\n", "\n    ]"));
    }

    private static String object(MetricSpec spec) {
        List<String> fields = List.of(
                field("name", spec.published().orElseThrow()),
                field("unit", spec.unit().label()),
                field("kind", kind(spec)),
                field("prometheus", spec.name()),
                field("meaning", spec.meaning()));
        return fields.stream().collect(Collectors.joining(", ", "{", "}"));
    }

    private static String field(String name, String value) {
        return "\"" + name + "\": \"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}

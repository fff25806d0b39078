package io.tributary.etl;

import io.tributary.daemon.MonotonicClock;
import io.tributary.daemon.config.ConfigException;
import io.tributary.daemon.config.ConfigReference;
import io.tributary.etl.EtlArguments.UsageException;
import io.tributary.etl.audit.LakeAudit;
import io.tributary.etl.config.MergeConfig;
import io.tributary.etl.merge.StageListener;
import java.time.InstantSource;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The job's command line, for Glue ({@code --class}) and for one machine. Prints the report as JSON. Exit codes: 0 done,
 * 1 failure, 2 bad usage or configuration.
 */
public final class EtlMain {
    private static final Logger LOG = LoggerFactory.getLogger(EtlMain.class);
    private static final int FAILED = 1;
    private static final int BAD_USAGE = 2;
    private static final String HELP = """
            Usage: glue-etl --config FILE [--check | --audit] [--set PATH=VALUE]... [--PATH.TO.KEY VALUE]...
            Merges what is staged into the lake and prints what it did as JSON.

              --config FILE        the configuration: a HOCON file, or s3://bucket/key
              --check              check the configuration and exit: 0 if it is good, 2 if not
              --audit              print what the lake holds as JSON, and change nothing
              --set PATH=VALUE     override a key of the configuration
              --PATH.TO.KEY VALUE  the same
              --help               show this help

            Arguments that Glue adds are ignored.
            """;

    private EtlMain() {}

    public static void main(String[] args) {
        int code = run(args, System.getenv());
        // Glue takes a job for succeeded only if its main returns.
        if (code != 0) {
            System.exit(code);
        }
    }

    static int run(String[] args, Map<String, String> environment) {
        EtlArguments arguments;
        try {
            arguments = EtlArguments.parse(args);
        } catch (UsageException wrong) {
            System.err.println("glue-etl: " + wrong.getMessage());
            return BAD_USAGE;
        }
        switch (arguments.action()) {
            case HELP -> {
                System.out.print(HELP);
                return 0;
            }
            case REFERENCE -> {
                System.out.print(ConfigReference.markdown("glue-etl", MergeConfig::read));
                return 0;
            }
            case CHECK, AUDIT, MERGE -> {
                return runConfigured(arguments, environment);
            }
        }
        throw new AssertionError(arguments.action());
    }

    private static int runConfigured(EtlArguments arguments, Map<String, String> environment) {
        String place = arguments.config().orElseThrow();
        MergeConfig config;
        try {
            config = ConfigSource.read(place, arguments.overrides(), environment);
        } catch (ConfigException bad) {
            System.err.println("glue-etl: " + bad.getMessage());
            return BAD_USAGE;
        }
        if (arguments.action() == EtlArguments.Action.CHECK) {
            System.out.println("glue-etl: " + place + " is good");
            return 0;
        }
        try {
            System.out.println(
                    arguments.action() == EtlArguments.Action.AUDIT
                            ? LakeAudit.of(config).toJson()
                            : merge(config));
            return 0;
        } catch (MergesFailedException some) {
            // Each failure was logged when it happened.
            System.out.println(some.report().toJson());
            System.err.println("glue-etl: " + some.getMessage());
            return FAILED;
        } catch (Exception failure) {
            // Not only unchecked ones: Spark, written in Scala, throws checked exceptions that it does not declare.
            LOG.atError().setCause(failure).log("failed");
            System.err.println("glue-etl: " + Reasons.of(failure));
            return FAILED;
        }
    }

    private static String merge(MergeConfig config) {
        RunMetrics metrics = new RunMetrics(config, InstantSource.system());
        boolean told = false;
        try {
            MergeReport report = mergeIn(Sessions.open(config, Map.of()), config);
            told = true;
            metrics.ended(report);
            return report.toJson();
        } catch (MergesFailedException some) {
            told = true;
            metrics.ended(some.report());
            throw some;
        } finally {
            if (!told) {
                metrics.failed();
            }
        }
    }

    private static MergeReport mergeIn(SparkSession spark, MergeConfig config) {
        try (MergeJob job = new MergeJob(spark, config, StageListener.NONE, MonotonicClock.system())) {
            return job.run();
        } finally {
            spark.stop();
        }
    }
}

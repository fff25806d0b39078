package io.tributary.sandbox.cli;

import io.tributary.daemon.Failures;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What the launcher script {@code ./tributary} starts. */
@Command(
        name = "tributary",
        description = "The whole pipeline on this machine: files to Kafka to S3 to an Iceberg lake, and SQL over it.",
        subcommands = {
            RunCommand.class,
            UpCommand.class,
            SqlCommand.class,
            AuditCommand.class,
            StatusCommand.class,
            SkipCommand.class,
            ReplayCommand.class,
            RedriveCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = TributaryMain.Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class TributaryMain {
    private static final int FAILED = 1;
    private static final Pattern CHOICES = Pattern.compile("\\[[A-Z]+(?:, [A-Z]+)*\\]");

    private TributaryMain() {}

    public static void main(String[] args) {
        System.setOut(new PrintStream(System.out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(System.err, true, StandardCharsets.UTF_8));
        int code = commandLine().execute(args);
        System.out.flush();
        System.exit(code);
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new TributaryMain());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(false);
        line.setParameterExceptionHandler(TributaryMain::misused);
        line.setExecutionExceptionHandler(TributaryMain::failed);
        return line;
    }

    /** The version that the build wrote into the jar's manifest. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = TributaryMain.class.getPackage().getImplementationVersion();
            return new String[] {"tributary " + (version == null ? "development build" : version)};
        }
    }

    private static int misused(ParameterException misuse, String[] args) {
        CommandLine command = misuse.getCommandLine();
        String wrong = CHOICES.matcher(String.valueOf(misuse.getMessage()))
                .replaceAll(choices -> choices.group().toLowerCase(Locale.ROOT));
        List<String> meant = misuse instanceof UnmatchedArgumentException unmatched
                ? unmatched.getSuggestions().stream().limit(1).toList()
                : List.of();
        System.err.println("tributary: " + wrong
                + (meant.isEmpty() ? "" : "; did you mean " + meant.get(0) + "?")
                + " (`./" + command.getCommandSpec().qualifiedName() + " --help` lists what there is)");
        return CommandLine.ExitCode.USAGE;
    }

    private static int failed(Exception failure, CommandLine command, @Nullable ParseResult parsed) {
        Interruption.holdIfStopping();
        Terminal.clear();
        if (failure instanceof CommandFailure known) {
            System.err.println("tributary: " + known.getMessage());
            return known.exitCode();
        }
        System.err.println("tributary: " + Failures.oneLine(failure));
        if (System.getenv("TRIBUTARY_DEBUG") != null) {
            failure.printStackTrace();
        }
        return FAILED;
    }
}

package io.tributary.sandbox.cli;

import io.tributary.sandbox.cli.sql.Output;
import io.tributary.sandbox.cli.sql.Query;
import io.tributary.sandbox.cli.sql.QueryFailure;
import io.tributary.sandbox.cli.sql.Trino;
import io.tributary.sandbox.cli.stack.Installation;
import io.tributary.sandbox.cli.stack.Pipelines;
import io.tributary.sandbox.cli.stack.Server;
import io.tributary.sandbox.cli.stack.Workspace;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sql}: one query over the lake, in Athena's dialect. */
@Command(
        name = "sql",
        description =
                "Asks the lake in SQL, in Athena's dialect (Trino). Takes a running stack's Trino, or starts one.",
        mixinStandardHelpOptions = true)
final class SqlCommand implements Callable<Integer> {
    private static final String CATALOG = "awsdatacatalog";
    private static final String SCHEMA = "lake";

    @Parameters(paramLabel = "QUERY", description = "The query, in quotes.")
    private String query = "";

    @Option(
            names = "--output",
            paramLabel = "FORM",
            description =
                    "table, csv, json (an array of objects) or ndjson (an object a line). Default: ${DEFAULT-VALUE}.")
    private Output output = Output.TABLE;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Directory that keeps everything. Default: ${DEFAULT-VALUE}.")
    private Path data = Path.of("data");

    @Override
    public Integer call() throws Exception {
        if (query.isBlank()) {
            throw CommandFailure.usage("the query is empty");
        }
        Installation installation = Installation.current();
        Workspace workspace = Reading.workspace(data);
        Pipelines pipelines = Reading.pipelines(workspace);
        try {
            String answer = new Access(installation, workspace, pipelines, Terminal.err())
                    .with(
                            "tributary sql",
                            EnumSet.of(Server.S3, Server.CATALOG, Server.SQL),
                            (endpoints, patience) -> Query.answer(
                                    new Trino(endpoints.sql().orElseThrow(), CATALOG, SCHEMA), query, output));
            System.out.print(answer);
            return 0;
        } catch (QueryFailure refused) {
            refused.lines(query).forEach(System.err::println);
            return 1;
        }
    }
}

package io.tributary.etl.merge;

import io.tributary.etl.EtlException;
import io.tributary.etl.config.TableConfig;
import io.tributary.etl.schema.ColumnNames;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** The user's query over the records of a batch. */
final class Transform {
    private static final String VIEW = "records";

    private final SparkSession spark;
    private final TableConfig config;

    Transform(SparkSession spark, TableConfig config) {
        this.spark = spark;
        this.config = config;
    }

    /** The columns that the query gives. */
    StructType outputSchema(StructType records) {
        return apply(spark.createDataFrame(List.<Row>of(), records)).schema();
    }

    /**
     * The query's rows.
     *
     * @throws EtlException if the query is wrong; the message names the configuration's key
     */
    Dataset<Row> apply(Dataset<Row> records) {
        Dataset<Row> result = query(records);
        List<String> columns = Arrays.stream(result.columns())
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
        for (String column : ColumnNames.METADATA) {
            if (!columns.contains(column)) {
                throw new EtlException(config.path() + ".transform: the query must keep column " + column + ", of "
                        + ColumnNames.METADATA + "; SELECT *, ... keeps them all");
            }
        }
        for (String column : columns) {
            if (columns.indexOf(column) != columns.lastIndexOf(column)) {
                throw new EtlException(config.path() + ".transform: the query gives two columns '" + column + "'");
            }
        }
        return result;
    }

    private Dataset<Row> query(Dataset<Row> records) {
        String sql = config.transform().orElseThrow();
        // The view's name belongs to the session; a query is bound to the view it was made over.
        synchronized (VIEW) {
            records.createOrReplaceTempView(VIEW);
            try {
                return spark.sql(sql);
            } catch (Exception wrong) {
                if (wrong instanceof AnalysisException || wrong instanceof RuntimeException) {
                    throw new EtlException(config.path() + ".transform: " + firstLine(wrong) + " in: " + sql, wrong);
                }
                throw wrong;
            } finally {
                spark.catalog().dropTempView(VIEW);
            }
        }
    }

    /** What Spark says, without the plan that it prints below. */
    static String firstLine(Throwable wrong) {
        String message = String.valueOf(wrong.getMessage()).strip();
        int end = message.indexOf(";\n");
        String text = end < 0 ? message : message.substring(0, end);
        return text.lines().findFirst().orElse(text);
    }
}
